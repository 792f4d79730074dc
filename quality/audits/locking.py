"""The lock every write to an audit begins with, and who takes part by writing."""

from __future__ import annotations

from sqlalchemy import select

from quality.audits.lifecycle import MOVES
from quality.audits.models import Audit, Participant
from quality.audits.policies import check_may_record
from quality.core.clock import now
from quality.core.database import db
from quality.core.errors import Moved
from quality.core.pages import moment
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.history.queries import TimelineEntry, timeline
from quality.people.models import Person

# Each of these changes the audit's own row, and with it the version a page was made from.
_CHANGES_THE_VERSION = frozenset(
    {Kind.AUDIT_PLANNED, Kind.AUDIT_PLAN_CHANGED, *(move.event for move in MOVES)}
)


def lock_audit(audit_id: int) -> Audit:
    """The audit as it is now, locked until the transaction ends. Whoever writes to an audit locks it first."""
    audit = select(Audit).where(Audit.id == audit_id).with_for_update(of=Audit, key_share=True)
    return db.session.scalars(audit.execution_options(populate_existing=True)).one()


def lock_for_recording(audit_id: int, *, by: Person) -> Audit:
    """Lock an audit to write answers, visits or findings, and let `by` take part in it.

    Raises NotAllowed when this person may not write to it, Moved when it is not being recorded any more or not yet.
    """
    audit = lock_audit(audit_id)
    check_may_record(audit, by)
    if not audit.state.is_being_recorded:
        raise Moved(
            f"{last_change(audit)} The audit is {audit.state.words.lower()}, so nothing can be changed in it."
        )
    if add_participant(audit, by):
        record(Kind.AUDIT_JOINED, council=audit.local_authority_id, about=("audit", audit.id), by=by)
    return audit


def add_participant(audit: Audit, person: Person) -> bool:
    """Note that this person takes part, for good. True when they did not before. The caller records an event."""
    if any(one.person_id == person.id for one in audit.participants):
        return False
    audit.participants.append(Participant(person_id=person.id, since=now()))
    return True


def check_version(audit: Audit, version: int) -> None:
    """Raise Moved when the audit is not at the version a page was made from, saying who did what since."""
    if audit.version != version:
        raise Moved(f"{last_change(audit)} You opened this page before that, so your change was not made.")


def last_change(audit: Audit) -> str:
    """Who last moved the audit or changed its plan, and when, as sentences."""
    entry = newest_change(audit)
    if entry is None:
        return "Somebody else changed this audit."
    return f"{entry.sentence} That was on {moment(entry.at)}."


def newest_change(audit: Audit) -> TimelineEntry | None:
    """The event of the audit's newest version; none where it lies too far back to be looked for."""
    return next((one for one in timeline("audit", audit.id) if one.kind in _CHANGES_THE_VERSION), None)
