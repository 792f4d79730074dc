"""Recording the visits of an audit: when, by whom, whom they spoke to, which records they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from quality.audits.locking import add_participant, lock_for_recording
from quality.audits.models import Audit, Conversation, RecordKind, Sample, SpokenTo, Visit, Visitor
from quality.core.clock import today
from quality.core.database import db
from quality.core.errors import Invalid, Moved
from quality.core.pages import day
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.people.models import Person
from quality.people.permissions import Permission

# A first look at a service may come before the planned days, but not by more than this.
EARLIEST_BEFORE_PLAN = timedelta(days=90)
MOST_PEOPLE = 999
MOST_RECORDS = 9999
MOST_IN_ALL = 1_000_000

Samples = Mapping[RecordKind, tuple[int, int | None]]


@dataclass(frozen=True)
class _Record:
    """What was typed about one visit."""

    visited_on: date
    visitors: tuple[Person, ...]
    conversations: Mapping[SpokenTo, int]
    samples: Samples
    notes: str


def record_visit(
    *,
    audit_id: int,
    form_key: str,
    visited_on: date,
    visitors: Sequence[Person],
    conversations: Mapping[SpokenTo, int],
    samples: Samples,
    notes: str,
    by: Person,
) -> Visit:
    """Record a visit; the visitors take part in the audit from now on.

    The same form (by its key) sent twice gives the same visit. Raises Invalid for a field, NotAllowed, or Moved.
    """
    audit = lock_for_recording(audit_id, by=by)
    found = db.session.scalar(select(Visit).where(Visit.form_key == form_key, Visit.audit_id == audit.id))
    if found is not None:
        return found
    typed = _Record(visited_on, tuple(visitors), conversations, samples, notes)
    _check(audit, typed, newcomers=typed.visitors)
    visit = Visit(audit_id=audit.id, form_key=form_key)
    db.session.add(visit)
    _write(audit, visit, typed)
    _record_event(Kind.VISIT_RECORDED, audit, visit, by, {"after": _shown(visit)})
    return visit


def change_visit(
    *,
    visit: Visit,
    version: int,
    visited_on: date,
    visitors: Sequence[Person],
    conversations: Mapping[SpokenTo, int],
    samples: Samples,
    notes: str,
    by: Person,
) -> Visit:
    """Change the record of a visit. Raises Moved when somebody changed it since `version`, else as record_visit."""
    audit = lock_for_recording(visit.audit_id, by=by)
    visit = _fresh(visit.id, version)
    typed = _Record(visited_on, tuple(visitors), conversations, samples, notes)
    already = {one.person_id for one in visit.visitors}
    _check(audit, typed, newcomers=[person for person in typed.visitors if person.id not in already])
    before = _shown(visit)
    _write(audit, visit, typed)
    if _shown(visit) != before:
        # Most of a visit is stored beside its row; the version has to tell of that too.
        flag_modified(visit, "notes")
        _record_event(Kind.VISIT_CHANGED, audit, visit, by, {"before": before, "after": _shown(visit)})
    return visit


def remove_visit(*, visit: Visit, version: int, by: Person) -> None:
    """Remove the record of a visit; the history keeps what it said. Raises Moved or NotAllowed."""
    audit = lock_for_recording(visit.audit_id, by=by)
    visit = _fresh(visit.id, version)
    _record_event(Kind.VISIT_REMOVED, audit, visit, by, {"before": _shown(visit)})
    db.session.delete(visit)
    db.session.flush()
    db.session.expire(audit, ["visits"])


def _fresh(visit_id: int, version: int) -> Visit:
    found = select(Visit).where(Visit.id == visit_id).execution_options(populate_existing=True)
    visit = db.session.scalar(found)
    if visit is None:
        raise Moved("Somebody else removed the record of this visit since you opened this page.")
    if visit.version != version:
        raise Moved("Somebody else changed the record of this visit since you opened this page.")
    return visit


def _check(audit: Audit, typed: _Record, newcomers: Sequence[Person]) -> None:
    if typed.visited_on > today():
        raise Invalid("visited_on", "The date of the visit must be today or in the past")
    if typed.visited_on < audit.planned_from - EARLIEST_BEFORE_PLAN:
        raise Invalid(
            "visited_on",
            f"The date of the visit is more than {EARLIEST_BEFORE_PLAN.days} days before the first planned day, "
            f"{day(audit.planned_from)}: check the date, or change the plan first",
        )
    if not typed.visitors:
        raise Invalid("visitors", "Choose who visited")
    for person in newcomers:
        ours = person.local_authority_id == audit.local_authority_id
        if not ours or not person.may(Permission.RECORD_AUDITS):
            raise Invalid(
                "visitors", f"{person.name} cannot visit: choose officers or managers of your council"
            )
    _check_numbers(typed)


def _check_numbers(typed: _Record) -> None:
    for role, number in typed.conversations.items():
        if not 0 <= number <= MOST_PEOPLE:
            raise Invalid(f"spoken_{role.value}", f"{role.words} must be a number from 0 to {MOST_PEOPLE}")
    for kind, (seen, out_of) in typed.samples.items():
        if not 0 <= seen <= MOST_RECORDS:
            raise Invalid(
                f"seen_{kind.value}", f"{kind.words} read must be a number from 0 to {MOST_RECORDS:,}"
            )
        if out_of is not None and seen == 0:
            raise Invalid(
                f"seen_{kind.value}", f"{kind.words}: enter how many were read, or leave both boxes empty"
            )
        if out_of is not None and not seen <= out_of <= MOST_IN_ALL:
            raise Invalid(f"out_of_{kind.value}", f"{kind.words}: there must be at least {seen} in all")


def _write(audit: Audit, visit: Visit, typed: _Record) -> None:
    """Make the visit say what was typed; nought spoken to or read is the same as nothing said."""
    visit.visited_on, visit.notes = typed.visited_on, typed.notes
    visit.visitors = [Visitor(person_id=person.id) for person in typed.visitors]
    visit.conversations = [
        Conversation(role=role, number=number) for role, number in typed.conversations.items() if number
    ]
    visit.samples = [
        Sample(kind=kind, seen=seen, out_of=out_of) for kind, (seen, out_of) in typed.samples.items() if seen
    ]
    for person in typed.visitors:
        add_participant(audit, person)
    db.session.flush()


def _shown(visit: Visit) -> dict[str, Any]:
    db.session.flush()
    return {
        "visited_on": visit.visited_on,
        "visitors": sorted(one.person.name for one in visit.visitors),
        "spoken_to": {one.role.value: one.number for one in visit.conversations},
        "records": {one.kind.value: [one.seen, one.out_of] for one in visit.samples},
        "notes": visit.notes,
    }


def _record_event(kind: Kind, audit: Audit, visit: Visit, by: Person, details: dict[str, Any]) -> None:
    told = {"visited_on": day(visit.visited_on), "visit": visit.id, **details}
    record(kind, council=audit.local_authority_id, about=("audit", audit.id), by=by, details=told)
