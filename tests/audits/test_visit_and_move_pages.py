"""Recording visits and moving an audit on, as a browser without JavaScript does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from quality.audits.lifecycle import MoveName, State
from quality.audits.queries import visits_of
from quality.core.clock import today
from quality.people.models import Person
from tests.audits.typed import typed_day
from tests.builders.audits import a_manager, an_audit
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def test_a_visit_is_recorded_changed_and_removed(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.VISITING)
    pages, browser = f"/audits/{audit.reference}/visits", sign_in(audit.lead)
    typed = {
        **typed_day("visited_on", today()),
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
        **typed_day("visited_on", today() + timedelta(days=2)),
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
        **typed_day("visited_on", today()),
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
