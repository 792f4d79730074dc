"""Finding audits. Whoever asks is given the audits of their own council only; everything else is as if it were not."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import defer, joinedload, lazyload, selectinload

from quality.audits.lifecycle import Move, State, moves_from
from quality.audits.lists import Filters, QueueRow, mine, officers, queue, whole_queue
from quality.audits.models import Audit, Participant, PinnedRating, Visit, Visitor
from quality.audits.policies import can_move, may_see
from quality.audits.rated_since import RatedAgain, rated_since, rated_since_all
from quality.core.database import db
from quality.frameworks.models import FrameworkVersion
from quality.people.models import Person
from quality.people.permissions import Permission
from quality.ratings.models import Rating
from quality.ratings.queries import grouped

__all__ = [
    "Filters",
    "QueueRow",
    "RatedAgain",
    "audits_of_service",
    "available_moves",
    "find_audit",
    "find_visit",
    "mine",
    "officers",
    "open_audit_of",
    "pinned_ratings",
    "queue",
    "rated_since",
    "rated_since_all",
    "visits_of",
    "whole_queue",
]


def find_audit(reference: str, person: Person) -> Audit | None:
    """The audit of this reference, with what its pages show; none when it is not this person's to see."""
    audit = db.session.scalar(
        select(Audit)
        .where(Audit.reference == reference, Audit.local_authority_id == person.local_authority_id)
        .options(
            joinedload(Audit.service, innerjoin=True),
            joinedload(Audit.lead, innerjoin=True),
            joinedload(Audit.sent_by),
            joinedload(Audit.approved_by),
            # The definition is long, and only judging reads it.
            joinedload(Audit.framework_version, innerjoin=True).options(defer(FrameworkVersion.definition)),
            selectinload(Audit.participants).joinedload(Participant.person, innerjoin=True),
        )
    )
    return audit if audit is not None and may_see(audit, person) else None


def audits_of_service(service_id: int, person: Person) -> list[Audit]:
    """The council's audits of one service, newest first, with their leads; none for people who may not see audits."""
    if not person.may(Permission.READ_AUDITS):
        return []
    whose = {"service_id": service_id, "local_authority_id": person.local_authority_id}
    return list(db.session.scalars(_OF_SERVICE, whose))


def open_audit_of(service_id: int, person: Person) -> Audit | None:
    """The one audit of this service that the council has open, if any."""
    return db.session.scalar(
        select(Audit).where(
            Audit.local_authority_id == person.local_authority_id,
            Audit.service_id == service_id,
            Audit.state.in_([state for state in State if state.is_open]),
        )
    )


def visits_of(audit: Audit) -> list[Visit]:
    """The visits of an audit in order of date, with everything recorded about them."""
    visits = select(Visit).where(Visit.audit_id == audit.id).options(*_WITH_PARTS)
    return list(db.session.scalars(visits.order_by(Visit.visited_on, Visit.id)))


def find_visit(audit: Audit, visit_id: int) -> Visit | None:
    """One visit of an audit, with everything recorded about it."""
    visit = select(Visit).where(Visit.id == visit_id, Visit.audit_id == audit.id).options(*_WITH_PARTS)
    return db.session.scalar(visit)


def pinned_ratings(audit: Audit) -> list[Rating]:
    """CQC's ratings as they stood when the visit began: the whole service first, in CQC's order of domains."""
    ratings = (
        select(Rating)
        .join(PinnedRating, PinnedRating.rating_id == Rating.id)
        .where(PinnedRating.audit_id == audit.id)
        .options(joinedload(Rating.from_edition, innerjoin=True))
    )
    return [rating for group in grouped(db.session.scalars(ratings)) for rating in group.ratings]


def available_moves(audit: Audit, person: Person) -> tuple[Move, ...]:
    """The moves this person can make now, in the lifecycle's order; what a page offers as buttons."""
    return tuple(move for move in moves_from(audit.state) if can_move(audit, move, person))


# Asked by every page of a service, so the statement is made once.
_OF_SERVICE = (
    select(Audit)
    .where(
        Audit.service_id == bindparam("service_id"),
        Audit.local_authority_id == bindparam("local_authority_id"),
    )
    .options(joinedload(Audit.lead, innerjoin=True).options(lazyload(Person.role_rows)))
    .order_by(Audit.id.desc())
)
_WITH_PARTS = (
    selectinload(Visit.visitors)
    .joinedload(Visitor.person, innerjoin=True)
    .options(lazyload(Person.role_rows)),
    selectinload(Visit.conversations),
    selectinload(Visit.samples),
)
