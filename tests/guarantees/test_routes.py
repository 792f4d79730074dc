"""Every route states its permission, and is tried as every role, as a stranger, and from another council."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, url_for

from quality.audits.lifecycle import State
from quality.core.clock import today
from quality.core.gate import UnguardedView, check_every_view_is_guarded, permission_of
from quality.people.models import Person
from quality.people.permissions import Role
from quality.reports.operations import finish_report
from quality.reports.snapshot import Snapshot
from tests.builders.audits import a_visit, an_audit
from tests.builders.findings import a_finding
from tests.builders.lists import a_list
from tests.builders.people import a_council, a_person
from tests.builders.photographs import an_added_photograph
from tests.builders.publications import a_draft
from tests.builders.register import an_edition, contracted
from tests.builders.reports import a_photographed_report
from tests.builders.services import a_service
from tests.databases import Database
from tests.guarantees.routes import GUARDED, OWN, ROUTES, SHARED
from tests.pages import CheckedClient


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
    report = a_photographed_report(session, council=council, service=service)
    finish_report(report.id, b"%PDF-1.7 issued")
    audit = an_audit(
        session, at=State.VISITING, council=council, service=service, lead=people[Role.QUALITY_OFFICER]
    )
    drafted = a_draft(people[Role.MANAGER], as_at=today())
    listed = a_list(people[Role.MANAGER])
    session.commit()
    visit, finding, view = a_visit(audit), a_finding(audit), an_added_photograph(audit)
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
            "photographs": {**reference, "number": view.number, "size": "small"},
            "reports": {
                **reference,
                "number": report.number,
                "form": "json",
                "variant": "large",
                "sha256": Snapshot.from_json(report.snapshot).photographs[0].sha256,
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
