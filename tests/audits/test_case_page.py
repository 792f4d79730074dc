"""The page of one audit, and who learns that there is one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from quality.audits.lifecycle import MoveName, State
from quality.audits.queries import audits_of_service, find_audit
from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.audits import a_manager, a_visit, an_audit, an_officer, go
from tests.builders.people import a_council, a_person
from tests.builders.services import a_service, rated
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


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
