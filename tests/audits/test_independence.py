"""Nobody approves an audit they took part in: by person, in the operation and in the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from quality.audits.lifecycle import BY_NAME, MoveName, State
from quality.audits.models import Audit
from quality.audits.operations import lock_for_recording
from quality.audits.policies import why_not
from quality.core.clock import now
from quality.core.errors import NotAllowed
from quality.people.models import Person
from tests.builders.audits import a_manager, a_visit, an_audit, go
from tests.builders.people import a_council
from tests.databases import Database

APPROVE = BY_NAME[MoveName.APPROVE]


def _led(session: Database, manager: Person) -> Audit:
    return an_audit(session, State.IN_REVIEW, lead=manager)


def _planned(session: Database, manager: Person) -> Audit:
    return an_audit(session, State.IN_REVIEW, council=a_council(session), by=manager)


def _was_to_visit(session: Database, manager: Person) -> Audit:
    return an_audit(session, State.IN_REVIEW, council=a_council(session), visiting=[manager])


def _visited(session: Database, manager: Person) -> Audit:
    audit = an_audit(session, State.WRITING_UP, council=a_council(session))
    a_visit(audit, visitors=[audit.lead, manager])
    return go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)


def _recorded(session: Database, manager: Person) -> Audit:
    audit = an_audit(session, State.WRITING_UP, council=a_council(session))
    lock_for_recording(audit.id, by=manager)
    return go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)


def _sent(session: Database, manager: Person) -> Audit:
    audit = an_audit(session, State.WRITING_UP, council=a_council(session))
    return go(audit, MoveName.SEND_FOR_REVIEW, manager)


@pytest.mark.parametrize(
    ("brought_about", "words"),
    [
        (_led, "You led this audit"),
        (_planned, "You took part in this audit"),
        (_was_to_visit, "You took part in this audit"),
        (_visited, "You took part in this audit"),
        (_recorded, "You took part in this audit"),
        (_sent, "You sent this audit for review"),
    ],
)
def test_a_manager_who_took_part_cannot_approve_and_is_told_why(
    session: Database, brought_about: Callable[[Database, Person], Audit], words: str
) -> None:
    manager = a_manager(session, a_council(session))
    audit = brought_about(session, manager)
    assert why_not(audit, APPROVE, manager) == f"{words}, so another manager has to approve it."
    with pytest.raises(NotAllowed, match=words):
        go(audit, MoveName.APPROVE, manager)
    assert audit.state is State.IN_REVIEW


def test_a_manager_who_only_returned_it_can_approve_it_later(session: Database) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    manager = a_manager(session, audit.local_authority)
    go(audit, MoveName.RETURN, manager, reason="Too thin.")
    go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
    assert go(audit, MoveName.APPROVE, manager).state is State.PUBLISHED


def _refused(session: Database, statement: str, **values: object) -> None:
    session.flush()
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(text(statement), values)


_APPROVE_RAW = (
    "UPDATE audit SET state = 'published', approved_by_id = :person, approved_at = :now WHERE id = :audit"
)


@pytest.mark.parametrize("brought_about", [_led, _planned, _was_to_visit, _visited, _recorded, _sent])
def test_the_database_refuses_an_approver_who_took_part_whatever_the_program_does(
    session: Database, brought_about: Callable[[Database, Person], Audit]
) -> None:
    manager = a_manager(session, a_council(session))
    audit = brought_about(session, manager)
    _refused(session, _APPROVE_RAW, person=manager.id, audit=audit.id, now=now())


def test_the_database_refuses_to_let_the_approver_take_part_afterwards(session: Database) -> None:
    audit = an_audit(session, State.PUBLISHED)
    values = {"person": audit.approved_by_id, "audit": audit.id, "now": now()}
    _refused(
        session,
        "INSERT INTO audit_participant (audit_id, person_id, since) VALUES (:audit, :person, :now)",
        **values,
    )
    _refused(session, "UPDATE audit_participant SET person_id = :person WHERE audit_id = :audit", **values)


def test_the_database_keeps_who_took_part_once_the_visit_began(session: Database) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    _refused(session, "DELETE FROM audit_participant WHERE audit_id = :audit", audit=audit.id)


def test_the_database_takes_an_approver_who_took_no_part(session: Database) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    manager = a_manager(session, audit.local_authority)
    session.flush()
    session.execute(text(_APPROVE_RAW), {"person": manager.id, "audit": audit.id, "now": now()})
    session.refresh(audit)
    assert audit.approved_by_id == manager.id
