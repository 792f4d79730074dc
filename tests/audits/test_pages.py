"""The pages of an audit, as a browser without JavaScript has them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import Audit
from quality.audits.queries import audits_of_service, find_audit, visits_of
from quality.core.clock import today
from quality.people.models import Person
from quality.people.permissions import Role
from quality.services.models import Service
from tests.builders.audits import a_framework, a_manager, a_visit, an_audit, an_officer, go
from tests.builders.people import a_council, a_person
from tests.builders.services import a_service, rated
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def _day(name: str, value: date) -> dict[str, str]:
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def _plan(lead: Person, **changes: Any) -> dict[str, Any]:
    return {
        "service_type": "care_home",
        "audit_type": "routine",
        "announced": "no",
        "lead": lead.id,
        **_day("planned_from", today()),
        **_day("planned_to", today() + timedelta(days=3)),
        **changes,
    }


@pytest.fixture
def service(session: Database) -> Service:
    """A care home that can be audited."""
    a_framework()
    return a_service(session, a_council(session))


def test_an_officer_plans_an_audit(session: Database, sign_in: SignIn, service: Service) -> None:
    council = a_council(session)
    officer, colleague = an_officer(session, council), an_officer(session, council)
    browser = sign_in(officer)
    browser.get(f"/services/{service.cqc_id}/plan-audit")
    assert browser.page.select_one(f'option[value="{officer.id}"][selected]') is not None
    answer = browser.post(
        f"/services/{service.cqc_id}/plan-audit", data=_plan(officer, visiting=[colleague.id])
    )
    assert answer.status_code == 303
    browser.get(answer.location)
    assert f"Audit of {service.name}" in browser.words
    assert "The audit is planned" in browser.words
    assert colleague.name in browser.words


def test_the_kind_of_service_is_guessed_from_what_cqc_says(session: Database, sign_in: SignIn) -> None:
    council = a_council(session)
    a_framework()
    browser = sign_in(an_officer(session, council))
    for is_care_home, kind in ((True, "care_home"), (False, "homecare")):
        service = a_service(session, council, is_care_home=is_care_home)
        browser.get(f"/services/{service.cqc_id}/plan-audit")
        assert browser.page.select_one(f'input[name="service_type"][value="{kind}"][checked]') is not None


def test_what_is_missing_is_named_and_what_was_typed_stays(
    session: Database, sign_in: SignIn, service: Service
) -> None:
    officer = an_officer(session, a_council(session))
    typed = _plan(officer, audit_type="", **{"planned_from-day": "31", "planned_from-month": "2"})
    browser = sign_in(officer)
    assert browser.post(f"/services/{service.cqc_id}/plan-audit", data=typed).status_code == 422
    assert "Choose why it is audited" in browser.words
    assert "First planned day must be a real date" in browser.words
    day = browser.page.select_one("#planned_from-day")
    assert day is not None
    assert day["value"] == "31"
    assert session.query(Audit).count() == 0


def test_a_refused_plan_is_explained_beside_its_field(
    session: Database, sign_in: SignIn, service: Service
) -> None:
    officer = an_officer(session, a_council(session))
    typed = _plan(officer, **_day("planned_to", today() - timedelta(days=2)))
    browser = sign_in(officer)
    assert browser.post(f"/services/{service.cqc_id}/plan-audit", data=typed).status_code == 422
    fault = browser.page.select_one("#planned_to-error")
    assert fault is not None
    assert "The last day must be the same as or after the first day" in fault.get_text()


def test_a_service_with_an_open_audit_leads_to_it(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.VISITING)
    browser = sign_in(an_officer(session, audit.local_authority))
    browser.get(f"/services/{audit.service.cqc_id}/plan-audit")
    assert browser.page.select_one(f'main a[href="/audits/{audit.reference}"]') is not None
    assert browser.page.select_one("main form") is None


def test_a_plan_for_a_service_that_was_planned_meanwhile_shows_what_was_typed(
    session: Database, sign_in: SignIn
) -> None:
    audit = an_audit(session, State.PLANNED)
    officer = an_officer(session, audit.local_authority)
    browser = sign_in(officer)
    answer = browser.post(f"/services/{audit.service.cqc_id}/plan-audit", data=_plan(officer))
    assert answer.status_code == 422
    assert f"already has an open audit, {audit.reference}" in browser.words
    assert "care_home" in browser.words


@pytest.mark.parametrize("state", State)
def test_the_page_of_an_audit_shows_where_it_stands(session: Database, sign_in: SignIn, state: State) -> None:
    audit = an_audit(session, state)
    browser = sign_in(audit.lead)
    assert browser.get(f"/audits/{audit.reference}").status_code == 200
    assert state.words in browser.words
    assert "planned this audit" in browser.words
    buttons = {link.get_text(strip=True) for link in browser.page.select("main .govuk-button-group a")}
    offered = {
        State.PLANNED: {"Start the visit", "Abandon the audit"},
        State.VISITING: {"Finish the visit", "Abandon the audit"},
        State.WRITING_UP: {"Abandon the audit"},
        State.IN_REVIEW: {"Take back from review"},
    }
    assert buttons == offered.get(state, set())


def test_a_manager_reviews_from_the_page_of_the_audit_and_is_told_when_they_cannot(
    session: Database, sign_in: SignIn
) -> None:
    council = a_council(session)
    free, busy = a_manager(session, council), a_manager(session, council)
    audit = an_audit(session, State.IN_REVIEW, council=council, visiting=[busy])
    for manager, words in ((free, "waiting for a manager"), (busy, "another manager has to approve it")):
        browser = sign_in(manager)
        browser.get(f"/audits/{audit.reference}")
        assert words in browser.words
        assert browser.page.select_one(f'main a[href="/audits/{audit.reference}/review"]') is not None


def test_before_the_visit_nothing_can_be_recorded_yet(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.PLANNED)
    browser = sign_in(audit.lead)
    browser.get(f"/audits/{audit.reference}")
    tasks = [task.get_text(strip=True) for task in browser.page.select(".govuk-task-list__status")]
    assert tasks[0] == "Completed"
    assert set(tasks[1:]) == {"Cannot start yet"}


def test_the_task_list_counts_answers_and_visits(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.VISITING)
    a_visit(audit)
    browser = sign_in(audit.lead)
    browser.get(f"/audits/{audit.reference}")
    assert "1 visit recorded" in browser.words
    first = audit.framework_version.standards[0]
    link = browser.page.select_one(f'main a[href="/audits/{audit.reference}/standards/{first.code}"]')
    assert link is not None
    assert "0 of" in browser.words


def test_the_reason_of_a_return_stands_at_the_top(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    manager = a_manager(session, audit.local_authority)
    go(audit, MoveName.RETURN, manager, reason="Standard 2.1 rests on one care plan.")
    browser = sign_in(audit.lead)
    browser.get(f"/audits/{audit.reference}")
    banner = browser.page.select_one(".govuk-notification-banner")
    assert banner is not None
    assert manager.name in banner.get_text()
    assert "Standard 2.1 rests on one care plan." in banner.get_text()


def test_pinned_ratings_are_shown_with_their_dates(session: Database, sign_in: SignIn) -> None:
    council = a_council(session)
    service = a_service(session, council)
    rated(session, service, "Requires improvement", on=date(2025, 5, 6))
    audit = an_audit(session, State.VISITING, council=council, service=service)
    browser = sign_in(audit.lead)
    browser.get(f"/audits/{audit.reference}")
    assert "Requires improvement" in browser.words
    assert "6 May 2025" in browser.words


@pytest.mark.parametrize("who", ["another council", "a provider", "an administrator"])
@pytest.mark.parametrize("path", ["", "/visits", "/visits/new", "/plan", "/move/abandon"])
def test_nobody_else_learns_that_an_audit_exists(
    session: Database, sign_in: SignIn, who: str, path: str
) -> None:
    audit = an_audit(session, State.VISITING)
    person = {
        "another council": lambda: an_officer(session, a_council(session, name="Eastholt", code="EHT")),
        "a provider": lambda: a_person(session, Role.PROVIDER_CONTACT, council=audit.local_authority),
        "an administrator": lambda: a_person(session, Role.ADMINISTRATOR, council=audit.local_authority),
    }[who]()
    browser = sign_in(person)
    there = browser.get(f"/audits/{audit.reference}{path}")
    nowhere = browser.get(f"/audits/XXX-2026-0001{path}")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert find_audit(audit.reference, person) is None
    assert audits_of_service(audit.service_id, person) == []


def test_the_plan_is_changed_on_its_page(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.PLANNED)
    browser = sign_in(audit.lead)
    browser.get(f"/audits/{audit.reference}/plan")
    version = browser.page.select_one('input[name="version"]')
    assert version is not None
    typed = _plan(audit.lead, announced="yes", version=version["value"])
    assert browser.post(f"/audits/{audit.reference}/plan", data=typed).status_code == 303
    session.refresh(audit)
    assert audit.announced


def test_a_stale_plan_is_told_who_was_first_and_shows_what_was_typed(
    session: Database, sign_in: SignIn
) -> None:
    audit = an_audit(session, State.PLANNED)
    typed = _plan(audit.lead, version=audit.version, planned_to_year="2026")
    go(audit, MoveName.START_VISIT, audit.lead)
    browser = sign_in(audit.lead)
    assert browser.post(f"/audits/{audit.reference}/plan", data=typed).status_code == 409
    assert f"{audit.lead.name} began the visit" in browser.words
    assert "What you typed" in browser.words


def test_a_visit_is_recorded_changed_and_removed(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.VISITING)
    pages, browser = f"/audits/{audit.reference}/visits", sign_in(audit.lead)
    typed = {
        **_day("visited_on", today()),
        "visitors": [audit.lead_id],
        "spoken_people": "4",
        "seen_care_plans": "3",
        "out_of_care_plans": "24",
        "notes": "Welcomed by the deputy.",
        "form_key": "key-of-this-form",
    }
    for _ in range(2):
        assert browser.post(f"{pages}/new", data=typed).status_code == 303
    (visit,) = visits_of(audit)
    browser.get(pages)
    assert "Care plans: 3 of 24" in browser.words
    browser.get(f"{pages}/{visit.id}")
    version = browser.page.select_one('input[name="version"]')
    assert version is not None
    changed = {**typed, "spoken_people": "6", "version": version["value"]}
    assert browser.post(f"{pages}/{visit.id}", data=changed).status_code == 303
    assert browser.post(f"{pages}/{visit.id}", data=changed).status_code == 409
    browser.get(f"{pages}/{visit.id}/remove")
    version = browser.page.select_one('input[name="version"]')
    assert version is not None
    assert browser.post(f"{pages}/{visit.id}/remove", data={"version": version["value"]}).status_code == 303
    assert visits_of(audit) == []


def test_a_visit_that_cannot_be_is_refused_beside_its_field(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.VISITING)
    browser = sign_in(audit.lead)
    typed = {
        **_day("visited_on", today() + timedelta(days=2)),
        "visitors": [audit.lead_id],
        "seen_rotas": "some",
        "form_key": "key-of-this-form",
    }
    assert browser.post(f"/audits/{audit.reference}/visits/new", data=typed).status_code == 422
    assert "Rotas or call logs read must be a whole number" in browser.words
    typed["seen_rotas"] = "2"
    assert browser.post(f"/audits/{audit.reference}/visits/new", data=typed).status_code == 422
    assert "The date of the visit must be today or in the past" in browser.words


def test_a_visit_typed_while_the_audit_was_sent_is_shown_again(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    browser = sign_in(audit.lead)
    typed = {
        **_day("visited_on", today()),
        "visitors": [audit.lead_id],
        "notes": "The lift was out of order.",
    }
    assert browser.post(f"/audits/{audit.reference}/visits/new", data=typed).status_code == 409
    assert "sent the audit for review" in browser.words
    assert "The lift was out of order." in browser.words


def test_a_manager_is_warned_before_they_take_part(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.VISITING)
    browser = sign_in(a_manager(session, audit.local_authority))
    for page in ("visits/new", "move/start-write-up"):
        browser.get(f"/audits/{audit.reference}/{page}")
        assert "another manager has to approve it" in browser.words


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (MoveName.START_VISIT, State.PLANNED, State.VISITING),
        (MoveName.START_WRITE_UP, State.VISITING, State.WRITING_UP),
        (MoveName.TAKE_BACK, State.IN_REVIEW, State.WRITING_UP),
        (MoveName.ABANDON, State.WRITING_UP, State.ABANDONED),
    ],
)
def test_a_move_asks_once_more_and_then_does_it(
    session: Database, sign_in: SignIn, name: MoveName, before: State, after: State
) -> None:
    audit = an_audit(session, before)
    browser = sign_in(audit.lead)
    browser.get(f"/audits/{audit.reference}/move/{name}")
    typed = {str(one["name"]): str(one["value"]) for one in browser.page.select('main input[type="hidden"]')}
    typed["reason"] = "The service closed."
    assert browser.post(f"/audits/{audit.reference}/move/{name}", data=typed).status_code == 303
    session.refresh(audit)
    assert audit.state is after
    browser.get(f"/audits/{audit.reference}")
    assert after.words in browser.words


def test_abandoning_without_a_reason_is_asked_for_one(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.PLANNED)
    browser = sign_in(audit.lead)
    answer = browser.post(
        f"/audits/{audit.reference}/move/abandon", data={"version": audit.version, "reason": " "}
    )
    assert answer.status_code == 422
    assert "Enter the reason" in browser.words


def test_a_move_from_a_page_without_its_version_is_not_made(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.PLANNED)
    browser = sign_in(audit.lead)
    assert (
        browser.post(f"/audits/{audit.reference}/move/start-visit", data={"version": "x"}).status_code == 409
    )


@pytest.mark.parametrize(
    ("name", "page"), [("send-for-review", "check"), ("approve", "review"), ("return", "review")]
)
def test_moves_that_need_the_whole_picture_are_made_on_their_own_pages(
    session: Database, sign_in: SignIn, name: str, page: str
) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    browser = sign_in(a_manager(session, audit.local_authority))
    answer = browser.post(f"/audits/{audit.reference}/move/{name}", data={"version": audit.version})
    assert (answer.status_code, answer.location) == (303, f"/audits/{audit.reference}/{page}")
    session.refresh(audit)
    assert audit.state is State.IN_REVIEW


def test_there_is_no_page_for_a_move_that_does_not_exist(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.PLANNED)
    assert sign_in(audit.lead).get(f"/audits/{audit.reference}/move/delete").status_code == 404
