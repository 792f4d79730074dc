"""Moves along the lifecycle: who, when, by when, and what follows."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from quality.audits.lifecycle import BY_NAME, MOVES, MoveName, State
from quality.audits.models import Audit
from quality.audits.operations import lock_for_recording, move
from quality.audits.policies import can_move, why_not
from quality.audits.queries import available_moves, pinned_ratings
from quality.core.errors import Invalid, Moved, NotAllowed, Refused
from quality.core.jobs import Job
from quality.history.kinds import Kind
from quality.history.queries import timeline, verify
from quality.messages.operations import mark_read
from quality.messages.queries import find_notice, unread
from quality.people.permissions import Role
from tests.builders.audits import WAYS, a_manager, an_audit, an_officer, go
from tests.builders.people import a_council, a_person
from tests.builders.services import a_service, rated
from tests.databases import Database


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("the_move", MOVES, ids=lambda one: one.name)
def test_a_move_is_open_from_its_states_and_from_no_other(
    session: Database, state: State, the_move: object
) -> None:
    audit = an_audit(session, state)
    one = BY_NAME[the_move.name]  # type: ignore[attr-defined]
    independent = a_manager(session, audit.local_authority)
    mover = audit.lead if one.participants_only else independent
    assert can_move(audit, one, mover) is (state in one.from_states)
    if state not in one.from_states:
        with pytest.raises(Refused, match=f"This audit is {state.words.lower()}"):
            go(audit, one.name, mover, reason="Because.")


@pytest.mark.parametrize("the_move", MOVES, ids=lambda one: one.name)
@pytest.mark.parametrize("role", Role)
def test_a_move_is_open_to_the_roles_that_hold_its_permission(
    session: Database, role: Role, the_move: object
) -> None:
    one = BY_NAME[the_move.name]  # type: ignore[attr-defined]
    audit = an_audit(session, one.from_states[0])
    person = a_person(session, role, council=audit.local_authority)
    allowed = one.permission in role.permissions and not one.participants_only
    assert can_move(audit, one, person) is allowed
    if not allowed:
        with pytest.raises(NotAllowed):
            go(audit, one.name, person, reason="Because.")


def test_another_council_s_people_can_move_nothing(session: Database) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    stranger = a_manager(session, a_council(session, name="Eastholt", code="EHT"))
    assert available_moves(audit, stranger) == ()
    with pytest.raises(NotAllowed):
        go(audit, MoveName.APPROVE, stranger)


def test_what_a_page_offers_is_what_the_guard_lets_through(session: Database) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    manager = a_manager(session, audit.local_authority)
    assert [one.name for one in available_moves(audit, manager)] == [MoveName.RETURN, MoveName.APPROVE]
    assert [one.name for one in available_moves(audit, audit.lead)] == [MoveName.TAKE_BACK]


@time_machine.travel("2026-04-02 10:00", tick=False)
def test_deadlines_are_working_days_from_the_move(session: Database) -> None:
    audit = an_audit(session, State.VISITING)
    planned_to = audit.planned_to
    assert audit.due_on == planned_to
    go(audit, MoveName.START_WRITE_UP, audit.lead)
    assert audit.due_on == date(2026, 4, 20)
    go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
    assert audit.due_on == date(2026, 4, 13)


@pytest.mark.parametrize("closed", [State.PUBLISHED, State.ABANDONED])
def test_nothing_is_due_once_an_audit_is_closed(session: Database, closed: State) -> None:
    assert an_audit(session, closed).due_on is None


def test_every_move_leaves_its_event_with_before_and_after(session: Database) -> None:
    audit = an_audit(session, State.PUBLISHED)
    kinds = [entry.kind for entry in reversed(timeline("audit", audit.id))]
    moved = [BY_NAME[name].event for name in WAYS[State.PUBLISHED]]
    assert [kind for kind in kinds if kind in moved] == moved
    last = timeline("audit", audit.id)[0]
    assert (last.details["before"], last.details["after"]) == ("in_review", "published")
    assert verify(audit.local_authority_id).fault is None


def test_the_ratings_that_stand_when_the_visit_begins_are_pinned(session: Database) -> None:
    council = a_council(session)
    service = a_service(session, council)
    rated(session, service, "Good", on=date(2025, 5, 6))
    audit = an_audit(session, State.VISITING, council=council, service=service)
    pinned = pinned_ratings(audit)
    assert [(one.domain, one.word.words, one.published_on) for one in pinned if one.domain == "Overall"] == [
        ("Overall", "Good", date(2025, 5, 6))
    ]
    entry = next(one for one in timeline("audit", audit.id) if one.kind is Kind.RATINGS_PINNED)
    assert entry.details["count"] == len(pinned)


def test_pinned_ratings_stay_when_cqc_publishes_others(session: Database) -> None:
    council = a_council(session)
    service = a_service(session, council)
    rated(session, service, "Good", on=date(2025, 5, 6))
    audit = an_audit(session, State.VISITING, council=council, service=service)
    rated(session, service, "Inadequate", on=date(2026, 1, 9))
    assert {one.word.words for one in pinned_ratings(audit)} == {"Good"}


def test_a_service_without_ratings_is_visited_all_the_same(session: Database) -> None:
    audit = an_audit(session, State.VISITING)
    assert pinned_ratings(audit) == []
    assert audit.ratings_as_at is not None


def test_returning_needs_a_reason_and_the_lead_reads_it(session: Database) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    manager = a_manager(session, audit.local_authority)
    with pytest.raises(Invalid, match="Enter the reason"):
        go(audit, MoveName.RETURN, manager, reason="   ")
    go(audit, MoveName.RETURN, manager, reason="Standard 2.1 rests on one care plan.")
    assert (audit.state, audit.reason) == (State.WRITING_UP, "Standard 2.1 rests on one care plan.")
    notice = unread(audit.lead_id)[0]
    assert "Standard 2.1 rests on one care plan." in notice.text
    assert notice.path == f"/audits/{audit.reference}"


def test_a_reason_too_long_to_be_one_is_said_to_be_so(session: Database) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    with pytest.raises(Invalid, match="5,000 characters"):
        go(audit, MoveName.RETURN, a_manager(session, audit.local_authority), reason="x" * 5001)


def test_the_reason_is_gone_once_the_audit_is_sent_again(session: Database) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    go(audit, MoveName.RETURN, a_manager(session, audit.local_authority), reason="Too thin.")
    go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
    assert audit.reason == ""


def test_managers_who_took_no_part_are_told_what_waits_for_them(session: Database) -> None:
    council = a_council(session)
    free, busy = a_manager(session, council), a_manager(session, council)
    audit = an_audit(session, State.IN_REVIEW, council=council, visiting=[busy])
    assert [notice.subject for notice in unread(free.id)] == [
        f"Audit {audit.reference} is waiting for review"
    ]
    assert unread(busy.id) == []


def test_a_notice_is_withdrawn_once_the_audit_has_moved_on(session: Database) -> None:
    council = a_council(session)
    first, second = a_manager(session, council), a_manager(session, council)
    audit = an_audit(session, State.IN_REVIEW, council=council)
    go(audit, MoveName.RETURN, first, reason="Too thin.")
    assert unread(second.id) == []
    go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
    assert len(unread(second.id)) == 1
    assert unread(audit.lead_id) == []


def test_a_withdrawn_notice_can_still_be_marked_as_read_on_a_page_that_shows_it(session: Database) -> None:
    council = a_council(session)
    manager = a_manager(session, council)
    audit = an_audit(session, State.IN_REVIEW, council=council)
    notice = unread(manager.id)[0]
    go(audit, MoveName.TAKE_BACK, audit.lead)
    found = find_notice(notice.id, manager)
    assert found is notice
    mark_read(found, by=manager)
    assert unread(manager.id) == []


def test_approving_asks_for_the_report_in_the_same_transaction(session: Database) -> None:
    audit = an_audit(session, State.PUBLISHED)
    jobs = session.scalars(select(Job).order_by(Job.id)).all()
    assert [(job.task, job.about["audit_id"]) for job in jobs] == [
        ("reports.draft", audit.id),
        ("reports.issue", audit.id),
    ]
    assert audit.approved_by is not None
    assert audit.approved_at is not None
    assert unread(audit.lead_id)[0].subject == f"Audit {audit.reference} was approved"


def test_a_page_made_before_somebody_else_s_move_is_told_what_they_did(session: Database) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    manager, version = a_manager(session, audit.local_authority), audit.version
    go(audit, MoveName.TAKE_BACK, audit.lead)
    with pytest.raises(Moved, match=f"{audit.lead.name} took the audit back from review"):
        move(audit.id, MoveName.APPROVE, by=manager, version=version)


def test_taking_back_is_for_those_who_took_part(session: Database) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    manager = a_manager(session, audit.local_authority)
    assert "can take it back" in why_not(audit, BY_NAME[MoveName.TAKE_BACK], manager)


def test_whoever_moves_an_audit_on_for_the_officers_takes_part(session: Database) -> None:
    audit = an_audit(session, State.PLANNED)
    manager = a_manager(session, audit.local_authority)
    go(audit, MoveName.START_VISIT, manager)
    assert manager.id in {one.person_id for one in audit.participants}


@pytest.mark.parametrize("state", [state for state in State if not state.is_being_recorded])
def test_nothing_is_recorded_in_an_audit_that_is_not_being_recorded(session: Database, state: State) -> None:
    audit = an_audit(session, state)
    with pytest.raises(Moved, match="nothing can be changed in it"):
        lock_for_recording(audit.id, by=audit.lead)


def test_whoever_records_takes_part_and_the_history_says_so(session: Database) -> None:
    audit = an_audit(session, State.VISITING)
    helper = an_officer(session, audit.local_authority)
    lock_for_recording(audit.id, by=helper)
    lock_for_recording(audit.id, by=helper)
    joined = [entry for entry in timeline("audit", audit.id) if entry.kind is Kind.AUDIT_JOINED]
    assert [entry.details["by"] for entry in joined] == [helper.name]
    assert helper.id in {one.person_id for one in session.get_one(Audit, audit.id).participants}


def test_somebody_of_another_council_cannot_record(session: Database) -> None:
    audit = an_audit(session, State.VISITING)
    stranger = an_officer(session, a_council(session, name="Eastholt", code="EHT"))
    with pytest.raises(NotAllowed):
        lock_for_recording(audit.id, by=stranger)
