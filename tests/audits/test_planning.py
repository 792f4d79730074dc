"""Planning an audit."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.audits.operations import OpenAuditExists, plan_audit
from quality.core.clock import today
from quality.core.errors import Invalid, NotAllowed, Refused
from quality.history.kinds import Kind
from quality.history.queries import timeline
from quality.messages.queries import unread
from quality.people.operations import disable_person
from quality.people.permissions import Role
from tests.builders.audits import (
    a_framework,
    a_plan,
    an_audit,
    an_officer,
)
from tests.builders.people import a_council, a_person
from tests.builders.services import a_service
from tests.databases import Database


@time_machine.travel("2026-03-03 10:00", tick=False)
def test_audits_are_numbered_by_council_and_year_without_gaps(session: Database) -> None:
    council, other = a_council(session), a_council(session, name="Eastholt", code="EHT")
    references = [
        an_audit(session, State.PLANNED, council=one).reference for one in (council, council, other)
    ]
    assert references == ["NMR-2026-0001", "NMR-2026-0002", "EHT-2026-0001"]


def test_numbering_begins_again_in_the_new_year(session: Database) -> None:
    council = a_council(session)
    with time_machine.travel("2026-12-31 23:30", tick=False):
        assert an_audit(session, State.PLANNED, council=council).reference == "NMR-2026-0001"
    with time_machine.travel("2027-01-01 00:10", tick=False):
        assert an_audit(session, State.PLANNED, council=council).reference == "NMR-2027-0001"


def test_a_refused_plan_uses_up_no_number(session: Database) -> None:
    first = an_audit(session, State.PLANNED)
    another = an_officer(session, session.get_one(type(first.local_authority), first.local_authority_id))
    with pytest.raises(OpenAuditExists):
        plan_audit(service=first.service, by=another, **a_plan(another))
    assert an_audit(session, State.PLANNED).reference.endswith("-0002")


def test_an_audit_keeps_the_framework_published_last(session: Database) -> None:
    version = a_framework()
    assert an_audit(session, State.PLANNED).framework_version is version


def test_nothing_can_be_planned_before_a_framework_is_published(session: Database) -> None:
    council = a_council(session)
    officer = an_officer(session, council)
    with pytest.raises(Refused, match="No framework has been published"):
        plan_audit(service=a_service(session, council), by=officer, **a_plan(officer))


def test_whoever_plans_leads_or_visits_takes_part(session: Database) -> None:
    council = a_council(session)
    planner, lead, visitor, bystander = (an_officer(session, council) for _ in range(4))
    audit = an_audit(session, State.PLANNED, lead=lead, by=planner, visiting=[visitor])
    assert {one.person_id for one in audit.participants} == {planner.id, lead.id, visitor.id}
    assert bystander.id not in {one.person_id for one in audit.participants}


def test_the_lead_is_told_of_an_audit_that_somebody_else_planned(session: Database) -> None:
    council = a_council(session)
    planner, lead = an_officer(session, council), an_officer(session, council)
    audit = an_audit(session, State.PLANNED, lead=lead, by=planner)
    assert [notice.subject for notice in unread(lead.id)] == [f"You lead audit {audit.reference}"]
    assert unread(planner.id) == []


def test_planning_leaves_an_event_with_the_whole_plan(session: Database) -> None:
    audit = an_audit(session, State.PLANNED)
    chosen, entry = timeline("audit", audit.id)
    assert (chosen.kind, entry.kind) == (Kind.AUDIT_CHOSEN, Kind.AUDIT_PLANNED)
    assert entry.details["reference"] == audit.reference
    assert entry.details["planned_to"] == audit.planned_to.isoformat()
    assert entry.details["taking_part"] == [audit.lead.name]


def test_a_service_has_one_open_audit_and_the_refusal_names_it(session: Database) -> None:
    first = an_audit(session, State.WRITING_UP)
    other = an_officer(session, a_council(session))
    with pytest.raises(OpenAuditExists, match=first.reference) as refusal:
        plan_audit(service=first.service, by=other, **a_plan(other))
    assert refusal.value.reference == first.reference


def test_the_same_plan_sent_twice_is_one_audit(session: Database) -> None:
    first = an_audit(session, State.PLANNED)
    again = plan_audit(service=first.service, by=first.lead, **a_plan(first.lead))
    assert again is first
    assert len(session.scalars(select(Audit)).all()) == 1


@pytest.mark.parametrize("closed", [State.PUBLISHED, State.ABANDONED])
def test_once_an_audit_is_closed_the_next_can_be_planned(session: Database, closed: State) -> None:
    first = an_audit(session, closed)
    second = plan_audit(service=first.service, by=first.lead, **a_plan(first.lead))
    assert second.reference != first.reference


def test_two_councils_may_audit_one_service_at_a_time_each(session: Database) -> None:
    first = an_audit(session, State.PLANNED)
    other = a_council(session, name="Eastholt", code="EHT")
    assert an_audit(session, State.PLANNED, council=other, service=first.service).id != first.id


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"planned_to": today() - timedelta(days=1)}, "planned_to"),
        ({"planned_to": today() + timedelta(days=800)}, "planned_to"),
        (
            {"planned_from": today() + timedelta(days=800), "planned_to": today() + timedelta(days=801)},
            "planned_from",
        ),
        ({"planned_from": today() - timedelta(days=800)}, "planned_from"),
    ],
)
def test_days_that_cannot_be_meant_are_named(
    session: Database, changes: dict[str, object], field: str
) -> None:
    council = a_council(session)
    officer, service = an_officer(session, council), a_service(session, council)
    a_framework()
    with pytest.raises(Invalid) as refusal:
        plan_audit(service=service, by=officer, **a_plan(officer, **changes))
    assert refusal.value.field == field


def test_only_a_council_s_own_active_officers_and_managers_take_part(session: Database) -> None:
    council, elsewhere = a_council(session), a_council(session, name="Eastholt", code="EHT")
    officer, service = an_officer(session, council), a_service(session, council)
    a_framework()
    left = an_officer(session, council)
    disable_person(person_id=left.id, by=a_person(session, Role.ADMINISTRATOR, council=council))
    strangers = [
        an_officer(session, elsewhere),
        a_person(session, Role.ADMINISTRATOR, council=council),
        a_person(session, Role.PROVIDER_CONTACT, council=council),
        left,
    ]
    for stranger in strangers:
        with pytest.raises(Invalid) as refusal:
            plan_audit(service=service, by=officer, **a_plan(stranger))
        assert refusal.value.field == "lead"
        with pytest.raises(Invalid) as refusal:
            plan_audit(service=service, by=officer, **a_plan(officer, visiting=[stranger]))
        assert refusal.value.field == "visiting"


def test_only_social_care_is_audited(session: Database) -> None:
    council = a_council(session)
    officer = an_officer(session, council)
    a_framework()
    dentist = a_service(session, council, location_type="Primary Dental Care")
    with pytest.raises(Refused, match="not registered as adult social care"):
        plan_audit(service=dentist, by=officer, **a_plan(officer))


def test_somebody_who_may_not_record_may_not_plan(session: Database) -> None:
    council = a_council(session)
    a_framework()
    officer, service = an_officer(session, council), a_service(session, council)
    with pytest.raises(NotAllowed):
        plan_audit(
            service=service, by=a_person(session, Role.ADMINISTRATOR, council=council), **a_plan(officer)
        )
