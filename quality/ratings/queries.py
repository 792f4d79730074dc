"""Reading what CQC has published about services."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from quality.core.database import db
from quality.cqc import DOMAINS, RatingWord
from quality.ratings.models import KEY_QUESTIONS, OVERALL, Rating
from quality.ratings.organisations import organisation_history
from quality.ratings.standing import RATINGS, StandingInSql
from quality.ratings.story import rated_service
from quality.services.facts import is_left_out
from quality.services.models import Edition, Provider, Service

# Pages of other features may ask the queries of this one and nothing else of it (the contracts in pyproject.toml), so
# what they need of its other modules, `organisation_history` and `rated_service`, is offered here, to them alone.
__all__ = [
    "RatingGroup",
    "Standing",
    "Theme",
    "current_ratings",
    "grouped",
    "organisation_history",
    "overall_of",
    "overall_of_all",
    "rated_service",
    "ratings_standing",
    "standing_in_sql",
    "themes_of",
    "worst_first",
]
_BELOW_GOOD = (RatingWord.REQUIRES_IMPROVEMENT, RatingWord.INADEQUATE)


@dataclass(frozen=True)
class RatingGroup:
    """The ratings of one service group, or of the whole service (Overall), in the order of CQC's domains."""

    name: str
    ratings: list[Rating]

    @property
    def is_overall(self) -> bool:
        """True for the service as a whole."""
        return self.name == OVERALL

    def says_the_same_as(self, other: RatingGroup) -> bool:
        """True when it has the words and days of the other, as a place with one kind of service has of the whole."""
        mine, theirs = (
            [(rating.domain, rating.word, rating.published_on, rating.inherited) for rating in group.ratings]
            for group in (self, other)
        )
        return mine == theirs

    @property
    def only_word(self) -> RatingWord | None:
        """What stands for every question alike, where it is no rating and has no date, so that it can be said once."""
        said = {(rating.word, rating.published_on) for rating in self.ratings}
        word, day = next(iter(said))
        return (
            word if len(said) == 1 and len(self.ratings) > 1 and not word.is_rating and day is None else None
        )

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

    @property
    def worst_and_oldest(self) -> tuple[int, date]:
        """What lists are sorted by, worst first and then oldest: a service without a rating comes after all others."""
        words = [rating.word for rating in self.by_group] or ([self.word] if self.word else [])
        days = [rating.published_on for rating in self.by_group] or [self.published_on]
        places = [RATINGS.index(word) for word in words if word.is_rating]
        return -max(places, default=-1), min((day for day in days if day), default=date.max)


@dataclass(frozen=True)
class Theme:
    """A key question across a provider's services: in how many it is below Good, of those CQC has rated for it."""

    question: str
    below_good: int
    rated: int


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
    return _overall(service_ids, Rating.holds(as_at))


def overall_before(service_ids: Collection[int], edition: Edition) -> dict[int, Standing]:
    """How each of these services stood overall before an edition, which may be the second of its day."""
    kept = and_(Rating.holds(edition.as_at), Rating.from_edition_id != edition.id)
    return _overall(service_ids, or_(Rating.to_edition_id == edition.id, kept))


def _overall(service_ids: Collection[int], which: ColumnElement[bool]) -> dict[int, Standing]:
    held = select(Rating).where(Rating.service_id.in_(service_ids), which, Rating.domain == OVERALL)
    by_service: dict[int, list[Rating]] = {service_id: [] for service_id in service_ids}
    for rating in db.session.scalars(held.order_by(Rating.service_group)):
        by_service[rating.service_id].append(rating)
    return {service_id: _standing(ratings) for service_id, ratings in by_service.items()}


def worst_first(services: Iterable[Service], standing: Mapping[int, Standing]) -> list[Service]:
    """The services in the order of their overall ratings, worst first, then oldest first."""
    return sorted(services, key=lambda service: standing[service.id].worst_and_oldest)


def themes_of(provider: Provider) -> list[Theme]:
    """The key questions across the registered services of a provider, in CQC's order; each place counts once.

    A service that CQC rates by service group is below Good where one of its groups is.
    """
    is_below = case((Rating.word.in_(_BELOW_GOOD), Rating.service_id))
    counts = (
        select(
            Rating.domain,
            func.count(func.distinct(is_below)),
            func.count(func.distinct(Rating.service_id)),
        )
        .join(Service, Service.id == Rating.service_id)
        .where(
            Service.provider_id == provider.id,
            Service.held_to.is_(None),
            Service.ended_on.is_(None),
            ~is_left_out(Service, None),
            Rating.holds(None),
            Rating.domain.in_(KEY_QUESTIONS),
            Rating.word.in_(RATINGS),
        )
        .group_by(Rating.domain)
    )
    found = {theme: Theme(theme, below, rated) for theme, below, rated in db.session.execute(counts)}
    return [found[question] for question in KEY_QUESTIONS if question in found]


def standing_in_sql(service_id: ColumnElement[int], as_at: date | None) -> StandingInSql:
    """The same as conditions of a statement, for lists that are narrowed and sorted by rating."""
    return StandingInSql(service_id, as_at, aliased(Rating), aliased(Rating))


def _standing(ratings: list[Rating]) -> Standing:
    whole = next((rating for rating in ratings if rating.service_group == OVERALL), None)
    if whole is not None and whole.word.is_rating:
        return Standing(whole.word, whole.published_on)
    by_group = [rating for rating in ratings if rating is not whole and rating.word.is_rating]
    if whole is None:
        return Standing(RatingWord.NOT_RATED if by_group else None, None, by_group)
    return Standing(whole.word, whole.published_on, by_group)
