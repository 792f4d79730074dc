"""What CQC published of services over time, by domain, as far as the editions up to a day told it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from quality.core.database import db
from quality.cqc import RatingWord
from quality.market.council.rule import AT_LEAST_GOOD
from quality.ratings.models import OVERALL, Rating
from quality.services.models import Edition, EditionKind

__all__ = ["NOT_TOLD", "CqcSide", "Published", "history_of", "side_of", "stood_at"]

# An edition of every month tells of a rating within about two months.
_SOON_DAYS = 92


@dataclass(frozen=True, slots=True)
class Published:
    """One rating of a service as a whole, from the day CQC published it; from that of the edition where none is known.

    `told_soon` is true where it would have been told however short it stood: an edition told it within three months, or
    CQC's API told it with the service's whole history.
    """

    word: RatingWord
    on: date
    told_soon: bool


@dataclass(frozen=True, slots=True)
class CqcSide:
    """CQC's rating of something on a day: its word and its day, and on which side of the line it lies.

    All are none where CQC had not told of one; `is_good` also where it gave no rating but a reason for having none.
    """

    word: RatingWord | None
    on: date | None

    @property
    def is_good(self) -> bool | None:
        """Whether it counts as good."""
        return AT_LEAST_GOOD.is_good(self.word)

    @property
    def words(self) -> str:
        """The rating as people read it."""
        return self.word.words if self.word else "None held"


NOT_TOLD = CqcSide(None, None)
History = dict[tuple[int, str], list[Published]]


def history_of(services: ColumnElement[bool], as_at: date, *, overall_only: bool = False) -> History:
    """The ratings of services as a whole, by service and domain, oldest first. One statement.

    `services` narrows `Rating` to them. The same word on the same day is told once; of two words of the same day the
    one told later stands, since CQC corrects what it published.
    """
    found: History = defaultdict(list)
    for service_id, domain, word, published_on, held_from, kind in db.session.execute(
        _rows(services, as_at, overall_only)
    ):
        on = published_on or held_from
        soon = kind == EditionKind.API.value or (held_from - on).days <= _SOON_DAYS
        _add(found[service_id, domain], Published(word, on, soon))
    return {key: sorted(some, key=lambda one: one.on) for key, some in found.items()}


def stood_at(history: History, service_id: int, domain: str, day: date) -> CqcSide:
    """CQC's rating of a service in a domain on a day, by the day of publication."""
    side = NOT_TOLD
    for one in history.get((service_id, domain), ()):
        if one.on > day:
            break
        side = side_of(one)
    return side


def side_of(published: Published) -> CqcSide:
    """What was published as one side of a comparison."""
    return CqcSide(published.word, published.on)


def _rows(services: ColumnElement[bool], as_at: date, overall_only: bool) -> Select[*tuple[Any, ...]]:
    rows = (
        select(
            Rating.service_id,
            Rating.domain,
            Rating.word,
            Rating.published_on,
            Rating.held_from,
            Edition.kind,
        )
        .join(Edition, Edition.id == Rating.from_edition_id)
        .where(
            services,
            Rating.service_group == OVERALL,
            Rating.held_from <= as_at,
            # What an edition of the same day replaced has held on no day; what was told as history has not either.
            or_(Rating.is_past, Rating.held_to.is_(None), Rating.held_to > Rating.held_from),
            or_(Rating.published_on.is_(None), Rating.published_on <= as_at),
        )
        .order_by(Rating.service_id, Rating.domain, Rating.held_from, Rating.id)
    )
    return rows.where(Rating.domain == OVERALL) if overall_only else rows


def _add(some: list[Published], one: Published) -> None:
    """Put it in; in the place of what was published the same day, if anything was."""
    same_day = [place for place, other in enumerate(some) if other.on == one.on]
    if same_day:
        place = same_day[0]
        some[place] = Published(one.word, one.on, some[place].told_soon or one.told_soon)
    else:
        some.append(one)
