"""A move that arrives twice from the same page is made once, and whoever made it is told so and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from quality.audits.lifecycle import MOVES, Move, MoveName, State
from quality.audits.models import Audit
from quality.audits.operations import move
from quality.core.database import db
from quality.core.errors import AlreadyDone, Moved
from quality.findings.operations import send_for_review
from quality.history.kinds import Kind
from quality.history.queries import timeline
from quality.people.models import Person
from quality.people.permissions import Permission
from tests.builders.audits import a_manager, an_audit, an_officer, go
from tests.builders.findings import a_ready_audit, an_audit_in_review
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def _kinds(audit: Audit) -> list[Kind]:
    return [entry.kind for entry in timeline("audit", audit.id)]


@pytest.mark.parametrize("the_move", MOVES, ids=lambda one: one.name)
def test_each_move_made_twice_from_one_page_is_made_once(session: Database, the_move: Move) -> None:
    audit = an_audit(session, the_move.from_states[0])
    reviews = the_move.permission is Permission.REVIEW_AUDITS
    by = a_manager(session, audit.local_authority) if reviews else audit.lead
    version, reason = audit.version, "Too thin." if the_move.needs_reason else ""
    move(audit.id, the_move.name, by=by, version=version, reason=reason)
    made = _kinds(audit)
    with pytest.raises(AlreadyDone, match=r"^You already ") as told:
        move(audit.id, the_move.name, by=by, version=version, reason=reason)
    assert told.value.path == f"/audits/{audit.reference}"
    assert _kinds(audit) == made


def test_an_audit_sent_twice_for_review_is_sent_once(session: Database, sign_in: SignIn) -> None:
    audit = a_ready_audit(session)
    browser, page, form = sign_in(audit.lead), f"/audits/{audit.reference}/check", {"version": audit.version}
    for _ in range(2):
        answer = browser.post(page, data=form)
        assert (answer.status_code, answer.location) == (303, f"/audits/{audit.reference}")
    browser.get(f"/audits/{audit.reference}")
    assert "You already sent the audit for review." in browser.words
    assert _kinds(audit).count(Kind.SENT_FOR_REVIEW) == 1


def test_an_audit_approved_twice_is_approved_once(session: Database, sign_in: SignIn) -> None:
    audit = an_audit_in_review(session)
    browser, form = sign_in(a_manager(session, audit.local_authority)), {"version": audit.version}
    for _ in range(2):
        answer = browser.post(f"/audits/{audit.reference}/review/approve", data=form)
        assert (answer.status_code, answer.location) == (303, f"/audits/{audit.reference}")
    browser.get(f"/audits/{audit.reference}")
    assert "You already approved the audit." in browser.words
    assert _kinds(audit).count(Kind.AUDIT_APPROVED) == 1


def test_two_submits_at_the_same_moment_are_one(
    fresh_database: Flask, in_threads: Callable[..., list[object]]
) -> None:
    with fresh_database.app_context():
        audit = a_ready_audit(db.session)
        db.session.commit()
        number, lead, version = audit.id, audit.lead_id, audit.version

    def send(_: int) -> None:
        with fresh_database.app_context():
            send_for_review(number, by=db.session.get_one(Person, lead), version=version)
            db.session.commit()

    met = in_threads(send, range(2))
    assert sorted(type(one).__name__ for one in met) == ["AlreadyDone", "NoneType"], met
    with fresh_database.app_context():
        assert _kinds(db.session.get_one(Audit, number)).count(Kind.SENT_FOR_REVIEW) == 1


def test_a_move_that_somebody_else_made_is_no_second_submit(session: Database) -> None:
    audit = an_audit(session, State.WRITING_UP)
    colleague, version = an_officer(session, audit.local_authority), audit.version
    go(audit, MoveName.SEND_FOR_REVIEW, colleague)
    with pytest.raises(Moved, match=f"{colleague.name} sent the audit for review"):
        move(audit.id, MoveName.SEND_FOR_REVIEW, by=audit.lead, version=version)


def test_a_move_made_from_a_newer_page_is_no_second_submit_of_an_older_one(session: Database) -> None:
    audit = an_audit(session, State.WRITING_UP)
    version = audit.version
    for name in (MoveName.SEND_FOR_REVIEW, MoveName.TAKE_BACK, MoveName.SEND_FOR_REVIEW):
        go(audit, name, audit.lead)
    with pytest.raises(Moved):
        move(audit.id, MoveName.SEND_FOR_REVIEW, by=audit.lead, version=version)


def test_another_move_from_the_same_page_is_no_second_submit(session: Database) -> None:
    audit = an_audit(session, State.VISITING)
    version = audit.version
    go(audit, MoveName.START_WRITE_UP, audit.lead)
    with pytest.raises(Moved):
        move(audit.id, MoveName.SEND_FOR_REVIEW, by=audit.lead, version=version)


def test_a_second_reason_is_no_second_submit_and_is_shown_again(session: Database, sign_in: SignIn) -> None:
    audit = an_audit_in_review(session)
    browser = sign_in(a_manager(session, audit.local_authority))
    page, version = f"/audits/{audit.reference}/review/return", audit.version
    browser.post(page, data={"version": version, "reason": "Too thin."})
    assert browser.post(page, data={"version": version, "reason": "Too thin."}).status_code == 303
    answer = browser.post(page, data={"version": version, "reason": "Say which records were read."})
    assert answer.status_code == 409
    assert "Say which records were read." in browser.words
    assert audit.reason == "Too thin."
