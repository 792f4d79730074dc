"""Recording visits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import RecordKind, SpokenTo
from quality.audits.operations import change_visit, remove_visit
from quality.audits.queries import visits_of
from quality.core.clock import today
from quality.core.errors import Invalid, Moved
from quality.history.kinds import Kind
from quality.history.queries import timeline
from quality.people.permissions import Role
from tests.builders.audits import a_visit, an_audit, an_officer, go
from tests.builders.people import a_council, a_person
from tests.databases import Database

WHAT_WAS_TYPED: dict[str, Any] = {
    "visited_on": today(),
    "conversations": {SpokenTo.PEOPLE: 6, SpokenTo.CARE_STAFF: 3},
    "samples": {RecordKind.CARE_PLANS: (5, 24)},
    "notes": "A second look.",
}


def test_a_visit_says_when_by_whom_whom_they_spoke_to_and_what_they_read(session: Database) -> None:
    audit = an_audit(session, State.VISITING)
    a_visit(audit)
    session.expire_all()
    (visit,) = visits_of(audit)
    assert visit.visited_on == today()
    assert [one.person.name for one in visit.visitors] == [audit.lead.name]
    assert {one.role: one.number for one in visit.conversations} == {SpokenTo.PEOPLE: 4, SpokenTo.MANAGER: 1}
    assert {one.kind: (one.seen, one.out_of) for one in visit.samples} == {
        RecordKind.CARE_PLANS: (3, 24),
        RecordKind.ROTAS: (2, None),
    }
    assert timeline("audit", audit.id)[0].kind is Kind.VISIT_RECORDED


def test_nought_spoken_to_is_the_same_as_nothing_said(session: Database) -> None:
    audit = an_audit(session, State.VISITING)
    visit = a_visit(audit, conversations={SpokenTo.NURSES: 0}, samples={RecordKind.ROTAS: (0, None)})
    assert (visit.conversations, visit.samples) == ([], [])


def test_the_same_form_sent_twice_is_one_visit(session: Database) -> None:
    audit = an_audit(session, State.VISITING)
    first = a_visit(audit, form_key="the-same-form")
    assert a_visit(audit, form_key="the-same-form") is first
    assert len(visits_of(audit)) == 1


def test_visitors_take_part(session: Database) -> None:
    audit = an_audit(session, State.VISITING)
    colleague = an_officer(session, audit.local_authority)
    a_visit(audit, visitors=[audit.lead, colleague])
    assert colleague.id in {one.person_id for one in audit.participants}


def test_a_changed_visit_keeps_what_it_said_in_the_history(session: Database) -> None:
    audit = an_audit(session, State.VISITING)
    visit = a_visit(audit)
    change_visit(visit=visit, version=visit.version, visitors=[audit.lead], by=audit.lead, **WHAT_WAS_TYPED)
    session.expire_all()
    (visit,) = visits_of(audit)
    assert {one.role: one.number for one in visit.conversations} == {
        SpokenTo.PEOPLE: 6,
        SpokenTo.CARE_STAFF: 3,
    }
    assert [(one.seen, one.out_of) for one in visit.samples] == [(5, 24)]
    details = timeline("audit", audit.id)[0].details
    assert details["before"]["spoken_to"] == {"people": 4, "manager": 1}
    assert details["after"]["notes"] == "A second look."


def test_a_change_of_the_counts_alone_makes_older_pages_stale(session: Database) -> None:
    audit = an_audit(session, State.VISITING)
    visit = a_visit(audit)
    version = visit.version
    same: dict[str, Any] = {
        "visited_on": visit.visited_on,
        "notes": visit.notes,
        "samples": {},
        "visitors": [audit.lead],
    }
    change_visit(visit=visit, version=version, conversations={SpokenTo.PEOPLE: 5}, by=audit.lead, **same)
    with pytest.raises(Moved, match="changed the record of this visit"):
        change_visit(visit=visit, version=version, conversations={SpokenTo.PEOPLE: 7}, by=audit.lead, **same)


def test_a_visit_saved_as_it_was_leaves_no_event(session: Database) -> None:
    audit = an_audit(session, State.VISITING)
    visit = a_visit(audit, visitors=[audit.lead], **WHAT_WAS_TYPED)
    change_visit(visit=visit, version=visit.version, visitors=[audit.lead], by=audit.lead, **WHAT_WAS_TYPED)
    assert Kind.VISIT_CHANGED not in [entry.kind for entry in timeline("audit", audit.id)]


def test_a_removed_visit_stays_in_the_history(session: Database) -> None:
    audit = an_audit(session, State.VISITING)
    visit = a_visit(audit)
    version = visit.version
    remove_visit(visit=visit, version=version, by=audit.lead)
    assert visits_of(audit) == []
    assert (
        timeline("audit", audit.id)[0].details["before"]["notes"]
        == "Arrived at nine, welcomed by the deputy."
    )
    with pytest.raises(Moved, match="removed the record"):
        remove_visit(visit=visit, version=version, by=audit.lead)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"visited_on": today() + timedelta(days=2)}, "visited_on"),
        ({"visited_on": today() - timedelta(days=91)}, "visited_on"),
        ({"visitors": []}, "visitors"),
        ({"conversations": {SpokenTo.NURSES: -1}}, "spoken_nurses"),
        ({"conversations": {SpokenTo.NURSES: 1000}}, "spoken_nurses"),
        ({"samples": {RecordKind.ROTAS: (5, 4)}}, "out_of_rotas"),
        ({"samples": {RecordKind.ROTAS: (0, 4)}}, "seen_rotas"),
        ({"samples": {RecordKind.ROTAS: (10_000, None)}}, "seen_rotas"),
        ({"samples": {RecordKind.ROTAS: (-2, None)}}, "seen_rotas"),
        ({"samples": {RecordKind.ROTAS: (2, 2**70)}}, "out_of_rotas"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_recorded(
    session: Database, changes: dict[str, Any], field: str
) -> None:
    audit = an_audit(session, State.VISITING)
    with pytest.raises(Invalid) as refusal:
        a_visit(audit, **changes)
    assert refusal.value.field == field
    assert visits_of(audit) == []


def test_only_the_council_s_officers_and_managers_visit(session: Database) -> None:
    audit = an_audit(session, State.VISITING)
    for stranger in (
        an_officer(session, a_council(session, name="Eastholt", code="EHT")),
        a_person(session, Role.ADMINISTRATOR, council=audit.local_authority),
    ):
        with pytest.raises(Invalid) as refusal:
            a_visit(audit, visitors=[stranger])
        assert refusal.value.field == "visitors"


def test_a_visit_cannot_be_changed_while_a_manager_reads_it(session: Database) -> None:
    audit = an_audit(session, State.WRITING_UP)
    visit = a_visit(audit)
    go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
    with pytest.raises(Moved, match=f"{audit.lead.name} sent the audit for review"):
        remove_visit(visit=visit, version=visit.version, by=audit.lead)
