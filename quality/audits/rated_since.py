"""What CQC has published about a service since its ratings were pinned to an audit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from quality.audits.lifecycle import State
from quality.audits.models import Audit, PinnedRating
from quality.core.clock import local, now
from quality.core.database import db
from quality.core.pages import day
from quality.cqc import RatingWord
from quality.ratings.models import OVERALL, Rating
from quality.ratings.queries import grouped
from quality.services.models import Edition

# The report of an approved audit is issued within minutes; after a year its reader looks for a newer one anyhow.
WATCHED_AFTER_APPROVAL = timedelta(days=365)

# What is rated: the service group (or Overall) and the domain.
Element = tuple[str, str]


@dataclass(frozen=True)
class RatedAgain:
    """A rating that CQC published later than the one that was pinned, or that stood when the audit was planned.

    `before` is that one; none where none stood for the same element.
    """

    rating: Rating
    before: Rating | None

    @property
    def element(self) -> str:
        """What is rated: "Safe", or "Homecare service: Safe"."""
        group = self.rating.service_group
        return self.rating.domain if group == OVERALL else f"{group}: {self.rating.domain}"


def in_words(ratings: Sequence[RatedAgain]) -> str:
    """New ratings as a phrase: "Overall Good, Safe Good, published on 3 May 2026"."""
    by_day = groupby(
        sorted(ratings, key=lambda one: one.rating.published_on or date.min),
        lambda one: one.rating.published_on,
    )
    return "; ".join(
        f"{', '.join(f'{one.element} {one.rating.word.words}' for one in same_day)}, published on {day(published_on)}"
        for published_on, same_day in by_day
    )


def is_watched() -> ColumnElement[bool]:
    """The condition for audits whose people are told of new ratings: open ones, and those approved within a year."""
    return or_(
        Audit.state.in_([state for state in State if state.is_open]),
        and_(Audit.state == State.PUBLISHED, Audit.approved_at >= now() - WATCHED_AFTER_APPROVAL),
    )


def rated_since(audit: Audit) -> list[RatedAgain]:
    """What CQC published about the audited service since; nothing for an audit that is not watched any more."""
    return rated_since_all([audit])[audit.id]


def rated_since_all(audits: Sequence[Audit]) -> dict[int, list[RatedAgain]]:
    """For each audit what CQC published since, by its number, in as many queries however many there are."""
    watched = [audit for audit in audits if _is_watched(audit)]
    stood = _stood(watched)
    held = _held({audit.service_id for audit in watched})
    found: dict[int, list[RatedAgain]] = {audit.id: [] for audit in audits}
    for audit in watched:
        found[audit.id] = _since(held[audit.service_id], stood[audit.id], _from_when(audit))
    return found


def _is_watched(audit: Audit) -> bool:
    """What `is_watched` says, of a row that is loaded already."""
    if audit.approved_at is None:
        return audit.state.is_open
    return audit.approved_at >= now() - WATCHED_AFTER_APPROVAL


def _from_when(audit: Audit) -> date | None:
    """After which day a first rating is new, where none stood; none when any is.

    What was published before the visit and reached us after it is new: the pinned ratings lack it. To an audit that is
    only planned nothing is pinned, so for it only what was published since it was planned is new.
    """
    return local(audit.planned_at).date() if audit.ratings_as_at is None else None


def _since(
    held: Sequence[Rating], stood: Mapping[Element, Rating], from_when: date | None
) -> list[RatedAgain]:
    days = [rating.published_on for rating in stood.values() if rating.published_on]
    newest = max(days, default=from_when)
    ratings = [rating for group in grouped(_said_once(held)) for rating in group.ratings]
    found = [RatedAgain(rating, stood.get(_element(rating))) for rating in ratings]
    return [one for one in found if _is_new(one, newest)]


def _said_once(held: Sequence[Rating]) -> list[Rating]:
    """Without what CQC repeats: it lists the rating of a place with one service for that service once more."""
    whole = {_said(rating) for rating in held if rating.service_group == OVERALL}
    return [rating for rating in held if rating.service_group == OVERALL or _said(rating) not in whole]


def _said(rating: Rating) -> tuple[str, RatingWord, date | None]:
    return rating.domain, rating.word, rating.published_on


def _is_new(one: RatedAgain, newest: date | None) -> bool:
    """Whether CQC published it later than what stood, or said something else on the very same day.

    Where nothing stood for the element, it is compared with the newest that stood for the service: a file of one domain
    that is followed by a whole one brings ratings that are old.
    """
    published_on, before = one.rating.published_on, one.before
    if published_on is None:
        return False
    if before is None:
        return newest is None or published_on > newest
    if before.published_on is None:
        return True
    is_corrected = published_on == before.published_on and one.rating.word != before.word
    return published_on > before.published_on or is_corrected


def _held(service_ids: Collection[int]) -> dict[int, list[Rating]]:
    """The ratings that hold now, by service."""
    found: dict[int, list[Rating]] = defaultdict(list)
    if service_ids:
        for rating in db.session.scalars(_HELD, {"numbers": list(service_ids)}):
            found[rating.service_id].append(rating)
    return found


def _stood(audits: Sequence[Audit]) -> dict[int, dict[Element, Rating]]:
    """What each audit is compared with: what was pinned to it or, before its visit, what was held at its planning."""
    begun = [audit.id for audit in audits if audit.ratings_as_at is not None]
    planned = [audit.id for audit in audits if audit.ratings_as_at is None]
    found: dict[int, dict[Element, Rating]] = defaultdict(dict)
    for statement, numbers in ((_PINNED, begun), (_HELD_WHEN_PLANNED, planned)):
        if numbers:
            for audit_id, rating in db.session.execute(statement, {"numbers": numbers}):
                found[audit_id][_element(rating)] = rating
    return found


def _element(rating: Rating) -> Element:
    return rating.service_group, rating.domain


_NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)
_BROUGHT_BY, _ENDED_BY = aliased(Edition), aliased(Edition)
_HELD = select(Rating).where(Rating.service_id.in_(_NUMBERS), Rating.holds(None))
_PINNED: Select[int, Rating] = (
    select(Audit.id, Rating)
    .join(PinnedRating, PinnedRating.audit_id == Audit.id)
    .join(Rating, Rating.id == PinnedRating.rating_id)
    .where(Audit.id.in_(_NUMBERS))
)
_HELD_WHEN_PLANNED: Select[int, Rating] = (
    select(Audit.id, Rating)
    .join(Rating, Rating.service_id == Audit.service_id)
    .join(_BROUGHT_BY, _BROUGHT_BY.id == Rating.from_edition_id)
    .outerjoin(_ENDED_BY, _ENDED_BY.id == Rating.to_edition_id)
    .where(Audit.id.in_(_NUMBERS), Rating.is_past.is_(False), _BROUGHT_BY.loaded_at <= Audit.planned_at)
    .where(or_(_ENDED_BY.id.is_(None), _ENDED_BY.loaded_at > Audit.planned_at))
    .order_by(Rating.held_from, Rating.id)
)
