"""Every route states its permission, and is tried as every role, as a stranger, and from another council."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, url_for

from quality.audits.lifecycle import State
from quality.core.clock import today
from quality.core.gate import PUBLIC, UnguardedView, check_every_view_is_guarded, permission_of
from quality.people.models import Person
from quality.people.permissions import Permission, Role
from quality.reports.operations import finish_report, storage
from tests.builders.audits import a_visit, an_audit
from tests.builders.findings import a_finding
from tests.builders.lists import a_list
from tests.builders.people import a_council, a_person
from tests.builders.publications import a_draft
from tests.builders.register import an_edition, contracted
from tests.builders.reports import a_photograph, a_photographed_report, a_picture
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient

# Whoever adds a route says here, once more and on purpose, who may use it.
ROUTES: dict[str, str] = {
    "account.change_password": Permission.USE_SERVICE,
    "audits.change_plan": Permission.RECORD_AUDITS,
    "audits.change_visit": Permission.RECORD_AUDITS,
    "audits.mine": Permission.RECORD_AUDITS,
    "audits.move": Permission.RECORD_AUDITS,
    "audits.plan": Permission.RECORD_AUDITS,
    "audits.queue": Permission.REVIEW_AUDITS,
    "audits.queue_csv": Permission.REVIEW_AUDITS,
    "audits.record_visit": Permission.RECORD_AUDITS,
    "audits.remove_visit": Permission.RECORD_AUDITS,
    "audits.show": Permission.READ_AUDITS,
    "audits.visits": Permission.READ_AUDITS,
    "editions.start_sync": Permission.LOAD_EDITIONS,
    "editions.sync": Permission.LOAD_EDITIONS,
    "findings.add": Permission.RECORD_AUDITS,
    "findings.approve": Permission.REVIEW_AUDITS,
    "findings.change": Permission.RECORD_AUDITS,
    "findings.check": Permission.READ_AUDITS,
    "findings.index": Permission.READ_AUDITS,
    "findings.judgement": Permission.READ_AUDITS,
    "findings.remove": Permission.RECORD_AUDITS,
    "findings.return_to_officer": Permission.REVIEW_AUDITS,
    "findings.review": Permission.REVIEW_AUDITS,
    "findings.save_standard": Permission.RECORD_AUDITS,
    "findings.send": Permission.RECORD_AUDITS,
    "findings.standard": Permission.READ_AUDITS,
    "frameworks.show": Permission.USE_SERVICE,
    "frameworks.version": Permission.USE_SERVICE,
    "letters.file": Permission.RECORD_AUDITS,
    "letters.index": Permission.RECORD_AUDITS,
    "letters.show": Permission.RECORD_AUDITS,
    "market.agreement_chart": Permission.READ_AUDITS,
    "market.area": Permission.READ_MARKET,
    "market.benchmarks_csv": Permission.READ_MARKET,
    "market.chart": Permission.READ_MARKET,
    "market.committee": Permission.READ_AUDITS,
    "market.council_beside_cqc": Permission.READ_AUDITS,
    "market.council_beside_cqc_csv": Permission.READ_AUDITS,
    "market.improvement_csv": Permission.READ_AUDITS,
    "market.improvement_list": Permission.READ_AUDITS,
    "market.improvement_needs": Permission.READ_AUDITS,
    "market.committee_file": Permission.READ_AUDITS,
    "market.change_publication": Permission.PUBLISH_MARKET,
    "market.data_dictionary": PUBLIC,
    "market.delete_draft": Permission.PUBLISH_MARKET,
    "market.draft": Permission.READ_MARKET,
    "market.index": Permission.READ_MARKET,
    "market.new_list": Permission.PUBLISH_MARKET,
    "market.new_publication": Permission.PUBLISH_MARKET,
    "market.open_data": PUBLIC,
    "market.open_data_json": PUBLIC,
    "market.publications": Permission.READ_MARKET,
    "market.publish": Permission.PUBLISH_MARKET,
    "market.published": PUBLIC,
    "market.published_beside": PUBLIC,
    "market.published_chart": PUBLIC,
    "market.published_file": PUBLIC,
    "market.change_list": Permission.PUBLISH_MARKET,
    "market.list_csv": Permission.READ_MARKET,
    "market.lists": Permission.READ_MARKET,
    "market.load_lists": Permission.PUBLISH_MARKET,
    "market.movement": Permission.READ_MARKET,
    "market.movement_csv": Permission.READ_MARKET,
    "market.neighbourhoods": Permission.READ_MARKET,
    "market.neighbourhoods_csv": Permission.READ_MARKET,
    "market.pack": Permission.READ_AUDITS,
    "market.pack_file": Permission.READ_AUDITS,
    "market.pack_csv": Permission.READ_AUDITS,
    "market.pack_list": Permission.READ_AUDITS,
    "market.recurring_csv": Permission.READ_AUDITS,
    "market.remove_list": Permission.PUBLISH_MARKET,
    "market.restore_list": Permission.PUBLISH_MARKET,
    "market.share_json": Permission.READ_MARKET,
    "market.show_list": Permission.READ_MARKET,
    "market.stays": Permission.READ_AUDITS,
    "market.stays_chart": Permission.READ_AUDITS,
    "market.stays_csv": Permission.READ_AUDITS,
    "market.trend": Permission.READ_MARKET,
    "market.trend_csv": Permission.READ_MARKET,
    "market.trend_json": Permission.READ_MARKET,
    "messages.read": Permission.USE_SERVICE,
    "packs.ask": Permission.READ_REPORTS,
    "packs.ask_chosen": Permission.READ_REPORTS,
    "packs.delete": Permission.READ_REPORTS,
    "packs.download": Permission.READ_REPORTS,
    "packs.index": Permission.READ_REPORTS,
    "packs.show": Permission.READ_REPORTS,
    "pages.about": PUBLIC,
    "pages.accessibility": PUBLIC,
    "pages.council_css": PUBLIC,
    "pages.healthy": PUBLIC,
    "pages.icon": PUBLIC,
    "people.add": Permission.MANAGE_PEOPLE,
    "people.add_contact": Permission.MANAGE_PEOPLE,
    "people.change_roles": Permission.MANAGE_PEOPLE,
    "people.choose_password": PUBLIC,
    "people.choose_provider": Permission.MANAGE_PEOPLE,
    "people.disable": Permission.MANAGE_PEOPLE,
    "people.enable": Permission.MANAGE_PEOPLE,
    "people.home": PUBLIC,
    "people.index": Permission.MANAGE_PEOPLE,
    "people.invite_again": Permission.MANAGE_PEOPLE,
    "people.join": PUBLIC,
    "people.show": Permission.MANAGE_PEOPLE,
    "people.sign_in": PUBLIC,
    "people.sign_out": PUBLIC,
    "reports.download": Permission.READ_REPORTS,
    "reports.draft": Permission.READ_AUDITS,
    "reports.draft_pdf": Permission.READ_AUDITS,
    "reports.file": Permission.READ_REPORTS,
    "reports.index": Permission.READ_REPORTS,
    "reports.photograph": Permission.READ_REPORTS,
    "reports.print_draft": Permission.READ_AUDITS,
    "reports.make_variants": Permission.READ_REPORTS,
    "reports.schema": PUBLIC,
    "reports.variant_file": Permission.READ_REPORTS,
    "reports.variants": Permission.READ_REPORTS,
    "reports.verify": PUBLIC,
    "reports.show": Permission.READ_REPORTS,
    "services.add_contracts": Permission.NOTE_CONTRACTS,
    "services.contract": Permission.NOTE_CONTRACTS,
    "services.contracted": Permission.READ_SERVICES,
    "services.edition": Permission.READ_SERVICES,
    "services.edition_changes": Permission.READ_SERVICES,
    "services.edition_changes_csv": Permission.READ_SERVICES,
    "services.editions": Permission.READ_SERVICES,
    "services.editions_csv": Permission.READ_SERVICES,
    "services.end_contract": Permission.NOTE_CONTRACTS,
    "services.note_contract_again": Permission.NOTE_CONTRACTS,
    "services.note_contracts": Permission.NOTE_CONTRACTS,
    "services.provider": Permission.READ_SERVICES,
    "services.search": Permission.READ_SERVICES,
    "services.search_csv": Permission.READ_SERVICES,
    "services.show": Permission.READ_SERVICES,
    "static": PUBLIC,
}
GUARDED = sorted(endpoint for endpoint, permission in ROUTES.items() if permission != PUBLIC)
# What another council's people may see too: the register is public knowledge, a framework is published.
SHARED = {"audits.plan", "audits.mine", "audits.queue", "people.index", "people.add", "people.add_contact"}
SHARED |= {"people.choose_provider", "reports.index", "services.search", "services.show", "services.editions"}
SHARED |= {"frameworks.show", "frameworks.version", "services.search_csv", "services.editions_csv"}
# CQC's data is everybody's, and so is the one sync that fetches it.
SHARED |= {"editions.sync", "editions.start_sync"}
SHARED |= {
    "services.provider",
    "services.edition",
    "services.edition_changes",
    "services.edition_changes_csv",
    "audits.queue_csv",
}
# What a council contracts is asked and changed for whoever is signed in, about a register that is everybody's.
SHARED |= {"services.contracted", "services.add_contracts", "services.note_contracts"}
SHARED |= {"services.end_contract", "services.note_contract_again"}
# The figures about audits are asked of whoever is signed in, about their own council's.
SHARED |= {"market.committee", "market.council_beside_cqc", "market.council_beside_cqc_csv"}
SHARED |= {"market.improvement_needs", "market.improvement_list", "market.improvement_csv", "market.pack"}
SHARED |= {
    "market.agreement_chart",
    "market.stays_chart",
    "market.recurring_csv",
    "market.committee_file",
    "market.pack_file",
}
SHARED |= {"market.pack_list", "market.pack_csv", "market.stays", "market.stays_csv"}
# The market is everybody's.
SHARED |= {"market.index", "market.area", "market.share_json", "market.benchmarks_csv", "market.trend"}
SHARED |= {"market.trend_csv", "market.movement", "market.neighbourhoods", "market.chart"}
SHARED |= {"market.movement_csv", "market.neighbourhoods_csv", "market.trend_json"}
SHARED |= {"market.publications", "market.new_publication"}
SHARED |= {"market.lists", "market.new_list", "market.load_lists"}
# Everybody has an account of their own.
SHARED |= {"account.change_password"}
# Packs are asked for by whoever is signed in, of what they may read.
SHARED |= {"packs.index", "packs.ask", "packs.ask_chosen"}

# What is its asker's alone, whatever anybody's role; tests/letters asks for it as the asker and as others.
OWN = {"packs.delete", "packs.download", "packs.show"}


@dataclass
class World:
    """One council's records, and how to name them in an address."""

    people: dict[Role, Person]
    provider: str
    values: dict[str, dict[str, Any]]

    def path(self, app: Flask, endpoint: str) -> str:
        """The address of an endpoint about this council's records."""
        wanted = {argument for rule in app.url_map.iter_rules(endpoint) for argument in rule.arguments}
        room = endpoint.split(".", maxsplit=1)[0]
        values = {name: self.values[room][name] for name in wanted}
        if endpoint == "people.add_contact":
            values["provider"] = self.provider
        if endpoint == "services.provider":
            values["cqc_id"] = self.provider
        with app.test_request_context():
            return url_for(endpoint, **values)


@pytest.fixture
def world(session: Database) -> World:
    """A council with one of everything."""
    council = a_council(session)
    service = a_service(session, council, edition=an_edition(session, today()))
    contracted(session, service, council.id)
    people = {role: a_person(session, role, council=council) for role in Role if role.is_staff}
    people[Role.PROVIDER_CONTACT] = a_person(
        session, Role.PROVIDER_CONTACT, council=council, provider=service.provider
    )
    photograph = a_photograph(a_picture())
    report = a_photographed_report(session, photograph, council=council, service=service)
    finish_report(report.id, b"%PDF-1.7 issued")
    storage().put(a_picture())
    audit = an_audit(
        session, at=State.VISITING, council=council, service=service, lead=people[Role.QUALITY_OFFICER]
    )
    drafted = a_draft(people[Role.MANAGER], as_at=today())
    listed = a_list(people[Role.MANAGER])
    session.commit()
    visit, finding = a_visit(audit), a_finding(audit)
    reference = {"reference": audit.reference, "cqc_id": service.cqc_id}
    return World(
        people,
        service.provider.cqc_id,
        {
            "audits": {**reference, "name": "start-write-up", "visit_id": visit.id},
            "findings": {**reference, "code": "1.1", "number": finding.id},
            "frameworks": {"number": 1},
            "letters": {**reference, "kind": "document-request", "form": "odt"},
            "market": {
                "by": "element",
                "draft_id": drafted.id,
                "list_key": listed.key,
                "kind": "ladder",
                "form": "pdf",
                "line": "leadership",
                "key": "covered-12-months",
                "name": council.name,
            },
            "messages": {"notice_id": 999_999},
            "packs": {"pack_id": 999_999},
            "people": {"person_id": people[Role.QUALITY_OFFICER].id},
            "reports": {
                **reference,
                "number": report.number,
                "form": "json",
                "variant": "large",
                "sha256": photograph.sha256,
            },
            "services": {
                "cqc_id": service.cqc_id,
                "number": service.from_edition_id,
                "change": "new",
            },
        },
    )


SignIn = Callable[[Person], CheckedClient]


def _methods(app: Flask, endpoint: str) -> list[str]:
    return sorted(
        {m for rule in app.url_map.iter_rules(endpoint) for m in rule.methods or ()} & {"GET", "POST"}
    )


def test_every_route_is_listed_with_its_permission(app: Flask) -> None:
    found = {rule.endpoint: permission_of(app, rule.endpoint) for rule in app.url_map.iter_rules()}
    assert found == ROUTES


def test_an_app_with_a_view_that_states_no_permission_does_not_start() -> None:
    app = Flask("bare")
    app.add_url_rule("/bare", "bare", lambda: "bare")
    with pytest.raises(UnguardedView, match="bare"):
        check_every_view_is_guarded(app)


def test_a_stranger_is_asked_to_sign_in_everywhere(app: Flask, client: CheckedClient, world: World) -> None:
    for endpoint in GUARDED:
        for method in _methods(app, endpoint):
            answer = client.open(world.path(app, endpoint), method=method)
            asked = answer.status_code == 401 or answer.headers.get("Location", "").startswith("/sign-in")
            assert asked, f"{method} {endpoint} answered a stranger with {answer.status_code}."


@pytest.mark.parametrize("role", list(Role))
def test_a_role_enters_exactly_where_its_permissions_lead(
    app: Flask, world: World, sign_in: SignIn, role: Role
) -> None:
    browser = sign_in(world.people[role])
    for endpoint in GUARDED:
        if "GET" not in _methods(app, endpoint):
            continue
        if endpoint in OWN and ROUTES[endpoint] in role.permissions:
            continue
        with browser.get(
            world.path(app, endpoint)
        ) as answer:  # A file that is sent is closed with its answer.
            status = answer.status_code
        if ROUTES[endpoint] in role.permissions:
            # A sentence about what is missing is an answer, too: only 404 says that there is nothing for them.
            assert status in {200, 302, 303, 409, 422}, f"{role} should see {endpoint} and got {status}."
        else:
            assert status == 404, f"{role} should find nothing at {endpoint} and got {status}."


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_permission_changes_nothing_by_posting(
    app: Flask, world: World, sign_in: SignIn, role: Role
) -> None:
    browser = sign_in(world.people[role])
    for endpoint in GUARDED:
        if "POST" in _methods(app, endpoint) and ROUTES[endpoint] not in role.permissions:
            status = browser.post(world.path(app, endpoint), data={}).status_code
            assert status == 404, f"{role} posted to {endpoint} and got {status}."


@pytest.mark.parametrize("role", list(Role))
def test_another_councils_people_find_nothing_that_is_ours(
    app: Flask, session: Database, world: World, sign_in: SignIn, role: Role
) -> None:
    browser = sign_in(a_person(session, role, council=a_council(session, "Southmere", "SMR")))
    for endpoint in GUARDED:
        if endpoint in SHARED or ROUTES[endpoint] not in role.permissions:
            continue
        for method in _methods(app, endpoint):
            status = browser.open(world.path(app, endpoint), method=method).status_code
            assert status == 404, f"{role} of another council: {method} {endpoint} gave {status}."


def test_an_unknown_address_says_no_more_than_a_forbidden_one(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.people[Role.PROVIDER_CONTACT])
    unknown = browser.get("/no-such-page").text
    forbidden = browser.get("/queue").text
    assert unknown == forbidden
