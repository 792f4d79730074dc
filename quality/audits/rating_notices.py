"""Telling those who answer for an audit that CQC has published a new rating of its service."""

from __future__ import annotations

from sqlalchemy import exists, select

from quality.audits.locking import lock_audit
from quality.audits.models import Audit
from quality.audits.rated_since import RatedAgain, in_words, is_watched, rated_since
from quality.core.database import db
from quality.core.jobs import task
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.history.queries import details_of
from quality.messages.operations import notify
from quality.people.models import Person
from quality.people.permissions import Permission
from quality.people.queries import staff_who_may
from quality.ratings.models import Rating


@task("audits.tell_of_new_ratings")
def tell_of_new_ratings(edition_id: int) -> None:
    """Tell of the new ratings that an edition brought of services with a watched audit. Run again, it tells nothing.

    Opens and commits its own transactions, one for each audit.
    """
    brought = exists().where(
        Rating.from_edition_id == edition_id,
        Rating.service_id == Audit.service_id,
        Rating.holds(None),
    )
    audit_ids = list(db.session.scalars(select(Audit.id).where(is_watched(), brought).order_by(Audit.id)))
    db.session.rollback()
    for audit_id in audit_ids:
        tell_of_ratings_since(audit_id, edition_id)
        db.session.commit()


def tell_of_ratings_since(audit_id: int, edition_id: int) -> list[RatedAgain]:
    """Tell the history, the lead officer and the manager who approved of what this audit's people were not told yet.

    Returns what they were told. Whatever holds now counts, whichever edition brought it: when two came at once, the
    newest is what they should read. The edition makes each telling a notice of its own.
    """
    audit = lock_audit(audit_id)
    told = _told(audit)
    new = [one for one in rated_since(audit) if _identity(one) not in told]
    if not new:
        return []
    words = in_words(new)
    details = {"words": words, "edition": edition_id, "ratings": [_identity(one) for one in new]}
    record(
        Kind.CQC_RATED_AGAIN,
        council=audit.local_authority_id,
        about=("audit", audit.id),
        by=None,
        details=details,
    )
    notify(
        [person.id for person in _who_answers(audit)],
        # Unlike notices of a move, it stays until it is read, wherever the audit goes; so it begins differently.
        key=f"rated-again-{audit.id}-{edition_id}",
        subject=f"CQC has rated {audit.service.name} again"[:200],
        text=f"{words}. {_what_it_means(audit)}",
        path=f"/audits/{audit.reference}",
    )
    return new


def _who_answers(audit: Audit) -> list[Person]:
    """The lead officer and the manager who approved; the council's managers where both have left."""
    named = [person for person in (audit.lead, audit.approved_by) if person is not None and person.is_active]
    return named or staff_who_may(Permission.REVIEW_AUDITS, audit.local_authority_id)


def _what_it_means(audit: Audit) -> str:
    if audit.ratings_as_at is None:
        return f"Audit {audit.reference} is planned: CQC’s ratings are pinned to it when the visit begins."
    return f"What is pinned to audit {audit.reference} stays as it was when the visit began."


def _told(audit: Audit) -> set[tuple[str, ...]]:
    events = details_of(Kind.CQC_RATED_AGAIN, "audit", audit.id)
    return {tuple(rating) for details in events for rating in details.get("ratings", [])}


def _identity(one: RatedAgain) -> tuple[str, ...]:
    rating = one.rating
    return rating.service_group, rating.domain, rating.word.value, str(rating.published_on)
