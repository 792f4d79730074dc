"""Changing the plan of an audit: what is told of it, and until when it can be done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import Audit, ChosenBecause
from quality.audits.operations import change_plan, plan_audit
from quality.core.clock import today
from quality.core.errors import Invalid, Moved, Refused
from quality.history.kinds import Kind
from quality.history.queries import timeline
from quality.people.operations import disable_person
from quality.people.permissions import Role
from tests.builders.audits import (
    a_framework,
    a_manager,
    a_plan,
    an_audit,
    an_officer,
    go,
    planned_before_reasons,
)
from tests.builders.people import a_council, a_person
from tests.builders.services import a_service
from tests.databases import Database


def test_a_changed_plan_says_what_was_before_and_after(session: Database) -> None:
    audit = an_audit(session, State.PLANNED)
    later = today() + timedelta(days=20)
    plan = a_plan(audit.lead, planned_to=later, announced=True)
    change_plan(audit, version=audit.version, by=audit.lead, **plan)
    assert (audit.planned_to, audit.announced, audit.due_on) == (later, True, later)
    entry = timeline("audit", audit.id)[0]
    assert entry.kind is Kind.AUDIT_PLAN_CHANGED
    assert (entry.details["before"]["announced"], entry.details["after"]["announced"]) == (False, True)


def test_a_change_of_the_reason_alone_is_told_in_the_history(session: Database) -> None:
    audit = an_audit(session, State.PLANNED)
    plan = a_plan(audit.lead, chosen_because=ChosenBecause.CONCERN, chosen_note="Two alerts in May.")
    change_plan(audit, version=audit.version, by=audit.lead, **plan)
    told, changed = timeline("audit", audit.id)[:2]
    assert told.sentence == (
        f"{audit.lead.name} recorded why this service was chosen: Concern or safeguarding: Two alerts in May."
    )
    assert changed.details["before"]["chosen_because"] == "programme"
    assert changed.details["after"]["chosen_note"] == "Two alerts in May."


@pytest.mark.parametrize(
    ("reason", "note", "field"),
    [
        (ChosenBecause.NOT_RECORDED, "", "chosen_because"),
        (ChosenBecause.OTHER, "  ", "chosen_note"),
    ],
)
def test_a_reason_is_needed_and_another_one_is_said(
    session: Database, reason: ChosenBecause, note: str, field: str
) -> None:
    council = a_council(session)
    officer, service = an_officer(session, council), a_service(session, council)
    a_framework()
    with pytest.raises(Invalid) as refusal:
        plan_audit(service=service, by=officer, **a_plan(officer, chosen_because=reason, chosen_note=note))
    assert refusal.value.field == field


def test_an_audit_that_has_a_reason_keeps_one_and_one_of_before_says_nothing_of_none(
    session: Database,
) -> None:
    audit, lead = an_audit(session, State.PLANNED), an_officer(session, a_council(session))
    none: dict[str, Any] = {"chosen_because": ChosenBecause.NOT_RECORDED}
    with pytest.raises(Invalid, match="Choose why this service was chosen"):
        change_plan(audit, version=audit.version, by=audit.lead, **a_plan(audit.lead, **none))
    before = planned_before_reasons(session, lead)
    plan = a_plan(lead, **none, chosen_note="It was due.")
    with pytest.raises(Invalid, match="or empty the sentence about it"):
        change_plan(before, version=before.version, by=lead, **plan)
    change_plan(before, version=before.version, by=lead, **a_plan(lead, **none))
    assert before.chosen_because is ChosenBecause.NOT_RECORDED


@pytest.mark.parametrize(
    ("reason", "note", "rule"),
    [("other", " ", "other_reason_said"), ("not_recorded", "Due.", "nothing_said_of_no_reason")],
)
def test_the_database_itself_holds_what_is_said_of_a_reason(
    session: Database, reason: str, note: str, rule: str
) -> None:
    audit = an_audit(session, State.PLANNED)
    with pytest.raises(IntegrityError, match=rule):
        session.execute(
            update(Audit).where(Audit.id == audit.id).values(chosen_because=reason, chosen_note=note)
        )


def test_a_plan_that_stays_as_it_was_leaves_no_event_and_no_new_version(session: Database) -> None:
    audit = an_audit(session, State.PLANNED)
    version = audit.version
    change_plan(audit, version=version, by=audit.lead, **a_plan(audit.lead))
    assert audit.version == version
    assert [entry.kind for entry in timeline("audit", audit.id)] == [Kind.AUDIT_CHOSEN, Kind.AUDIT_PLANNED]


def test_a_change_of_who_visits_alone_makes_older_pages_stale(session: Database) -> None:
    audit = an_audit(session, State.PLANNED)
    colleague, version = an_officer(session, audit.local_authority), audit.version
    change_plan(audit, version=version, by=audit.lead, **a_plan(audit.lead, visiting=[colleague]))
    with pytest.raises(Moved, match=f"{audit.lead.name} changed the plan"):
        change_plan(audit, version=version, by=audit.lead, **a_plan(audit.lead))


def test_whoever_is_taken_off_the_plan_before_the_visit_no_longer_takes_part(session: Database) -> None:
    council = a_council(session)
    lead, manager = an_officer(session, council), a_manager(session, council)
    audit = an_audit(session, State.PLANNED, lead=lead, visiting=[manager])
    change_plan(audit, version=audit.version, by=lead, **a_plan(lead))
    assert [one.person_id for one in audit.participants] == [lead.id]


def test_whoever_took_part_once_the_visit_began_stays(session: Database) -> None:
    council = a_council(session)
    lead, manager = an_officer(session, council), a_manager(session, council)
    audit = an_audit(session, State.VISITING, lead=lead, visiting=[manager])
    change_plan(audit, version=audit.version, by=lead, **a_plan(lead))
    assert {one.person_id for one in audit.participants} == {lead.id, manager.id}


def test_somebody_who_has_left_since_does_not_stop_the_plan_from_being_changed(session: Database) -> None:
    council = a_council(session)
    lead, colleague = an_officer(session, council), an_officer(session, council)
    audit = an_audit(session, State.VISITING, lead=lead, visiting=[colleague])
    disable_person(person_id=colleague.id, by=a_person(session, Role.ADMINISTRATOR, council=council))
    change_plan(audit, version=audit.version, by=lead, **a_plan(lead, announced=True, visiting=[colleague]))
    assert audit.announced


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.PUBLISHED, State.ABANDONED])
def test_the_plan_of_an_audit_that_left_the_officers_stands(session: Database, state: State) -> None:
    audit = an_audit(session, state)
    with pytest.raises(Refused, match=audit.state.words.lower()):
        change_plan(audit, version=audit.version, by=audit.lead, **a_plan(audit.lead))


def test_a_page_made_before_a_move_cannot_change_the_plan(session: Database) -> None:
    audit = an_audit(session, State.PLANNED)
    version = audit.version
    go(audit, MoveName.START_VISIT, audit.lead)
    with pytest.raises(Moved, match="began the visit"):
        change_plan(audit, version=version, by=audit.lead, **a_plan(audit.lead))
