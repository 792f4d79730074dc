"""Moving an audit along the lifecycle's table."""

from __future__ import annotations

from datetime import date

from quality.audits.lifecycle import BY_NAME, Move, MoveName, State
from quality.audits.locking import add_participant, check_version, lock_audit, newest_change
from quality.audits.models import Audit, PinnedRating
from quality.audits.policies import check_can_move
from quality.audits.telling import tell_of_move
from quality.core.calendar import add_working_days
from quality.core.clock import now, today
from quality.core.database import db
from quality.core.errors import AlreadyDone, Invalid
from quality.core.jobs import enqueue
from quality.core.pages import day, settings
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.people.models import Person
from quality.people.permissions import Permission
from quality.ratings.queries import ratings_standing

# As much as a manager can say in a reason; a longer paste is told so.
LONGEST_REASON = 5000


def move(audit_id: int, name: MoveName, *, by: Person, version: int, reason: str = "") -> Audit:
    """Make one move of the lifecycle, with its event, deadline, notices and queued effect.

    `version` is the audit's version on the page the person decided on. Raises what lock_for_move raises, and Invalid
    when a reason is missing.

    Whether an audit is complete enough to be sent is not known here: findings asks that before it calls this.
    """
    the_move, reason = BY_NAME[name], reason.strip()
    audit = lock_for_move(audit_id, name, by=by, version=version, reason=reason)
    if the_move.needs_reason and not reason:
        raise Invalid("reason", "Enter the reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason", f"The reason must be {LONGEST_REASON:,} characters or fewer")
    before = audit.state
    _apply(audit, the_move, by, reason)
    details = {"before": before, "after": audit.state, "due_on": audit.due_on, "reason": reason}
    record(
        the_move.event, council=audit.local_authority_id, about=("audit", audit.id), by=by, details=details
    )
    if name is MoveName.START_VISIT:
        _pin_ratings(audit, by)
    tell_of_move(audit, the_move, by)
    if the_move.effect:
        enqueue(the_move.effect, key=f"audit-{audit.id}-{audit.version}", audit_id=audit.id)
    return audit


def lock_for_move(audit_id: int, name: MoveName, *, by: Person, version: int, reason: str = "") -> Audit:
    """The audit, locked, if this person can make this move from a page that shows it at `version`.

    Raises AlreadyDone when they just made it from that very page, Moved when somebody was there first, NotAllowed or
    Refused when the move is not open to this person now.
    """
    audit, the_move = lock_audit(audit_id), BY_NAME[name]
    _check_not_made(audit, the_move, by, version, reason)
    check_version(audit, version)
    check_can_move(audit, the_move, by)
    return audit


def _check_not_made(audit: Audit, the_move: Move, by: Person, version: int, reason: str) -> None:
    """Raise AlreadyDone when the only change since the page was made is this move, by this person, for this reason.

    So a form sent twice is made once. With another reason it is not the same form, and what was typed must be shown.
    """
    last = newest_change(audit) if audit.version == version + 1 else None
    if last is None or (last.kind, last.by_id) != (the_move.event, by.id):
        return
    if last.details.get("reason") == reason:
        told = {**last.details, "by": "You already"}
        raise AlreadyDone(the_move.event.sentence.format_map(told), f"/audits/{audit.reference}")


def _apply(audit: Audit, the_move: Move, by: Person, reason: str) -> None:
    moment = now()
    audit.state = the_move.to_state
    audit.reason = reason if the_move.needs_reason else ""
    audit.due_on = _due(audit, the_move)
    if the_move.name is MoveName.START_VISIT:
        audit.ratings_as_at = today()
    if the_move.to_state is State.IN_REVIEW:
        audit.sent_by, audit.sent_at = by, moment
    if the_move.to_state is State.PUBLISHED:
        audit.approved_by, audit.approved_at = by, moment
    if the_move.name is MoveName.CORRECT:
        audit.approved_by, audit.approved_at = None, None
        audit.correcting, audit.correcting_by = reason, by
    if the_move.permission is Permission.RECORD_AUDITS:
        add_participant(audit, by)
    db.session.flush()


def _due(audit: Audit, the_move: Move) -> date | None:
    """By when the next owner should be done: as the table says, else as before; nothing is due once it is closed."""
    if not the_move.to_state.is_open:
        return None
    if not the_move.deadline:
        return audit.due_on
    return add_working_days(today(), getattr(settings(), the_move.deadline))


def _pin_ratings(audit: Audit, by: Person) -> None:
    as_at = audit.ratings_as_at or today()
    standing = ratings_standing(audit.service_id, as_at)
    db.session.add_all(PinnedRating(audit_id=audit.id, rating_id=rating.id) for rating in standing)
    details = {"count": len(standing), "as_at": day(as_at), "ratings": [rating.id for rating in standing]}
    record(
        Kind.RATINGS_PINNED,
        council=audit.local_authority_id,
        about=("audit", audit.id),
        by=by,
        details=details,
    )
