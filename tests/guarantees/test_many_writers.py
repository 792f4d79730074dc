"""Many people at once, each on a connection of their own with commits that are real: nothing is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from flask import Flask

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import Audit
from quality.audits.operations import lock_for_recording, move
from quality.audits.queries import visits_of
from quality.core.database import db
from quality.core.errors import Refused
from quality.history.kinds import Kind
from quality.history.queries import timeline, verify
from quality.people.models import Person
from quality.people.operations import disable_person
from quality.people.permissions import Role
from quality.services.models import Service
from tests.builders.audits import a_manager, a_visit, an_audit, an_officer
from tests.builders.people import a_council, a_person
from tests.builders.services import a_service

InThreads = Callable[..., list[object]]
WRITERS = 32
MANAGERS = 8


def _failures(results: list[object]) -> list[object]:
    return [result for result in results if isinstance(result, Exception)]


def test_32_people_who_write_to_one_audit_at_once_lose_nothing(
    fresh_database: Flask, in_threads: InThreads
) -> None:
    with fresh_database.app_context():
        council = a_council(db.session)
        audit = an_audit(db.session, State.VISITING, council=council)
        people = [an_officer(db.session, council).id for _ in range(WRITERS)]
        audit_id, council_id, lead_id = audit.id, council.id, audit.lead_id
        db.session.commit()

    def write(person_id: int) -> None:
        with fresh_database.app_context():
            person = db.session.get_one(Person, person_id)
            locked = lock_for_recording(audit_id, by=person)
            a_visit(locked, by=person, form_key=f"of-person-{person_id}", notes=f"Seen by {person_id}.")
            db.session.commit()

    results = in_threads(write, people)
    assert _failures(results) == []
    with fresh_database.app_context():
        audit = db.session.get_one(Audit, audit_id)
        assert {one.person_id for one in audit.participants} == {lead_id, *people}
        assert sorted(visit.notes for visit in visits_of(audit)) == sorted(
            f"Seen by {one}." for one in people
        )
        kinds = [entry.kind for entry in timeline("audit", audit_id)]
        assert kinds.count(Kind.VISIT_RECORDED) == WRITERS
        assert kinds.count(Kind.AUDIT_JOINED) == WRITERS
        assert verify(council_id).fault is None


def test_of_8_managers_who_approve_at_once_exactly_one_does(
    fresh_database: Flask, in_threads: InThreads
) -> None:
    with fresh_database.app_context():
        council = a_council(db.session)
        audit = an_audit(db.session, State.IN_REVIEW, council=council)
        managers = [a_manager(db.session, council).id for _ in range(MANAGERS)]
        audit_id, council_id, version = audit.id, council.id, audit.version
        db.session.commit()

    def approve(manager_id: int) -> int:
        with fresh_database.app_context():
            manager = db.session.get_one(Person, manager_id)
            move(audit_id, MoveName.APPROVE, by=manager, version=version)
            db.session.commit()
            return manager_id

    results = in_threads(approve, managers)
    winners = [result for result in results if isinstance(result, int)]
    assert len(winners) == 1
    assert all(
        isinstance(one, Refused) and "approved the audit" in one.sentence for one in _failures(results)
    )
    with fresh_database.app_context():
        audit = db.session.get_one(Audit, audit_id)
        assert (audit.state, audit.approved_by_id) == (State.PUBLISHED, winners[0])
        assert [entry.kind for entry in timeline("audit", audit_id)].count(Kind.AUDIT_APPROVED) == 1
        assert verify(council_id).fault is None


def test_of_8_officers_who_plan_an_audit_of_one_service_at_once_exactly_one_does(
    fresh_database: Flask, in_threads: InThreads
) -> None:
    with fresh_database.app_context():
        council = a_council(db.session)
        an_audit(db.session, State.PLANNED, council=council)
        service_id = a_service(db.session, council).id
        officers = [an_officer(db.session, council).id for _ in range(MANAGERS)]
        db.session.commit()

    def plan(officer_id: int) -> str:
        with fresh_database.app_context():
            officer = db.session.get_one(Person, officer_id)
            service = db.session.get_one(Service, service_id)
            reference = an_audit(db.session, State.PLANNED, lead=officer, service=service).reference
            db.session.commit()
            return reference

    results = in_threads(plan, officers)
    planned = [result for result in results if isinstance(result, str)]
    assert len(planned) == 1
    assert planned[0].endswith("-0002")
    assert all(isinstance(one, Refused) and planned[0] in one.sentence for one in _failures(results))


def test_a_visitor_can_be_disabled_while_their_visit_is_being_recorded(
    fresh_database: Flask, in_threads: InThreads
) -> None:
    with fresh_database.app_context():
        council = a_council(db.session)
        audit_id = an_audit(db.session, State.VISITING, council=council).id
        recorder, visitor = (an_officer(db.session, council).id for _ in range(2))
        admin = a_person(db.session, Role.ADMINISTRATOR, council=council).id
        db.session.commit()
    recording = threading.Event()

    def record() -> None:
        by, who = db.session.get_one(Person, recorder), db.session.get_one(Person, visitor)
        audit = lock_for_recording(audit_id, by=by)
        recording.set()
        # Long enough for the other to hold what it can and wait for the rest; the outcome is the same without.
        time.sleep(0.3)
        a_visit(audit, by=by, visitors=[who])

    def disable() -> None:
        recording.wait()
        disable_person(person_id=visitor, by=db.session.get_one(Person, admin))

    def in_a_transaction(work: Callable[[], None]) -> None:
        with fresh_database.app_context():
            work()
            db.session.commit()

    assert _failures(in_threads(in_a_transaction, (record, disable))) == []
    with fresh_database.app_context():
        assert len(visits_of(db.session.get_one(Audit, audit_id))) == 1
        assert not db.session.get_one(Person, visitor).is_active
