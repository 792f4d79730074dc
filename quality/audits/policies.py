"""Who may do what to an audit. `check_can_x` raises the sentence the person will read; `can_x` asks the same."""

from __future__ import annotations

from quality.audits.lifecycle import Move, MoveName, Owner
from quality.audits.models import Audit
from quality.core.errors import NotAllowed, Refused
from quality.people.models import Person
from quality.people.permissions import Permission


def may_see(audit: Audit, person: Person) -> bool:
    """True for the staff of the council that owns the audit; providers see issued reports, never audits."""
    ours = person.local_authority_id == audit.local_authority_id
    return ours and person.is_staff and person.may(Permission.READ_AUDITS)


def took_part(audit: Audit, person: Person) -> bool:
    """True when this person planned, led, visited, recorded or sent the audit."""
    if person.id in {audit.lead_id, audit.sent_by_id}:
        return True
    return any(one.person_id == person.id for one in audit.participants)


def check_may_record(audit: Audit, person: Person) -> None:
    """Raise NotAllowed when this person may never write to this audit, whatever its state."""
    if not may_see(audit, person) or not person.may(Permission.RECORD_AUDITS):
        raise NotAllowed(
            "Only quality officers and managers of the council that owns this audit can write to it."
        )


def may_record(audit: Audit, person: Person) -> bool:
    """True when this person may write to this audit in one state or another."""
    try:
        check_may_record(audit, person)
    except NotAllowed:
        return False
    return True


def check_can_record(audit: Audit, person: Person) -> None:
    """Raise NotAllowed or Refused when this person cannot write answers, visits and findings now."""
    check_may_record(audit, person)
    if not audit.state.is_being_recorded:
        raise Refused(f"This audit is {audit.state.words.lower()}, so nothing can be recorded in it.")


def can_record(audit: Audit, person: Person) -> bool:
    """True when this person can write answers, visits and findings now."""
    try:
        check_can_record(audit, person)
    except Refused:
        return False
    return True


def check_can_change_plan(audit: Audit, person: Person) -> None:
    """Raise NotAllowed or Refused when this person cannot change the plan now."""
    check_may_record(audit, person)
    if audit.state.owner is not Owner.OFFICER:
        raise Refused(f"This audit is {audit.state.words.lower()}, so its plan cannot be changed.")


def can_change_plan(audit: Audit, person: Person) -> bool:
    """True when this person can change the plan now."""
    try:
        check_can_change_plan(audit, person)
    except Refused:
        return False
    return True


def check_can_move(audit: Audit, move: Move, person: Person) -> None:
    """Raise NotAllowed or Refused when this person cannot make this move now."""
    if not may_see(audit, person) or not person.may(move.permission):
        raise NotAllowed(f"Your role does not let you do this: {move.button.lower()}.")
    if audit.state not in move.from_states:
        raise Refused(
            f"This audit is {audit.state.words.lower()}, so this cannot be done: {move.button.lower()}."
        )
    if move.name is MoveName.ABANDON and audit.correcting:
        raise Refused("A report of this audit was issued, so the audit cannot be abandoned any more.")
    if move.independent:
        _check_independent(audit, person)
    if move.participants_only and not took_part(audit, person):
        raise NotAllowed(
            "Only somebody who took part in this audit can take it back. A manager can return it."
        )


def can_move(audit: Audit, move: Move, person: Person) -> bool:
    """True when this person can make this move now."""
    return not why_not(audit, move, person)


def why_not(audit: Audit, move: Move, person: Person) -> str:
    """The sentence that says why this person cannot make this move now; empty when they can."""
    try:
        check_can_move(audit, move, person)
    except Refused as refusal:
        return refusal.sentence
    return ""


def would_lose_approval(audit: Audit, person: Person) -> bool:
    """True when this person could approve the audit one day, but not once they have written to it."""
    return person.may(Permission.REVIEW_AUDITS) and not took_part(audit, person)


def _check_independent(audit: Audit, person: Person) -> None:
    if person.id == audit.lead_id:
        raise NotAllowed("You led this audit, so another manager has to approve it.")
    if person.id == audit.sent_by_id:
        raise NotAllowed("You sent this audit for review, so another manager has to approve it.")
    if took_part(audit, person):
        raise NotAllowed("You took part in this audit, so another manager has to approve it.")
