"""Reading what CQC has published about services."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from quality.core.database import db
from quality.cqc import DOMAINS, RatingWord
from quality.ratings.models import OVERALL, Rating
from quality.ratings.standing import StandingInSql, standing_of


@dataclass(frozen=True)
class RatingGroup:
    """The ratings of one service group, or of the whole service (Overall), in the order of CQC's domains."""

    name: str
    ratings: list[Rating]

    @property
    def is_overall(self) -> bool:
        """True for the service as a whole."""
        return self.name == OVERALL

    @property
    def reasons(self) -> list[str]:
        """Why some of these are none of the four ratings: each reason once."""
        return list(dict.fromkeys(rating.why_not_rated for rating in self.ratings if rating.why_not_rated))


@dataclass(frozen=True)
class Standing:
    """How a service stands overall: one rating, or one for each of its service groups, or none.

    Since 2024 CQC no longer gives one rating to a place that runs several services: it says "Not Rated" and rates
    each service group. `word` is then "not rated", and `by_group` holds the ratings that count.
    """

    word: RatingWord | None = None
    published_on: date | None = None
    by_group: list[Rating] = field(default_factory=list)

    @property
    def is_by_service(self) -> bool:
        """True when the service groups are rated, and the whole is not."""
        return bool(self.by_group)


def current_ratings(service_id: int, as_at: date | None = None) -> list[RatingGroup]:
    """What holds of a service, now or as at a day: the whole service first, then its service groups by name."""
    held = select(Rating).where(Rating.service_id == service_id, Rating.holds(as_at))
    return grouped(db.session.scalars(held.options(joinedload(Rating.from_edition))))


def grouped(ratings: Iterable[Rating]) -> list[RatingGroup]:
    """Ratings of one service by service group, Overall first, each group in the order of CQC's domains."""
    groups: dict[str, list[Rating]] = {}
    for rating in sorted(ratings, key=lambda rating: DOMAINS.index(rating.domain)):
        groups.setdefault(rating.service_group, []).append(rating)
    names = sorted(groups, key=lambda name: (name != OVERALL, name))
    return [RatingGroup(name, groups[name]) for name in names]


def ratings_standing(service_id: int, on: date) -> list[Rating]:
    """The ratings that an audit with a visit on this day is read beside: those held now and not published after it.

    A rating that a later edition replaced is not looked up again, because the visit is pinned when it begins, and what
    is held then is what the officer could know. Undated values ("Not Rated") stand.
    """
    not_after = Rating.published_on.is_(None) | (Rating.published_on <= on)
    held = select(Rating).where(Rating.service_id == service_id, Rating.to_edition_id.is_(None), not_after)
    return [rating for group in grouped(db.session.scalars(held)) for rating in group.ratings]


def overall_of(service_id: int) -> Standing:
    """How one service stands overall."""
    return overall_of_all([service_id])[service_id]


def overall_of_all(service_ids: Collection[int], as_at: date | None = None) -> dict[int, Standing]:
    """How each of these services stood overall as at a day, or stands now, in one query however many there are."""
    held = select(Rating).where(
        Rating.service_id.in_(service_ids), Rating.holds(as_at), Rating.domain == OVERALL
    )
    by_service: dict[int, list[Rating]] = {service_id: [] for service_id in service_ids}
    for rating in db.session.scalars(held.order_by(Rating.service_group)):
        by_service[rating.service_id].append(rating)
    return {service_id: _standing(ratings) for service_id, ratings in by_service.items()}


def standing_in_sql(service_id: ColumnElement[int], as_at: date | None) -> StandingInSql:
    """The same as conditions of a statement, for lists that are narrowed and sorted by rating."""
    return standing_of(service_id, as_at)


def _standing(ratings: list[Rating]) -> Standing:
    whole = next((rating for rating in ratings if rating.service_group == OVERALL), None)
    if whole is not None and whole.word.is_rating:
        return Standing(whole.word, whole.published_on)
    by_group = [rating for rating in ratings if rating is not whole and rating.word.is_rating]
    if whole is None:
        return Standing(RatingWord.NOT_RATED if by_group else None, None, by_group)
    return Standing(whole.word, whole.published_on, by_group)
