"""A share over the editions that are held, and where its line has to break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from quality.core.database import db
from quality.market.areas import Area, AreaKind, changes_of
from quality.market.figures.basis import Basis
from quality.market.figures.comparable import register_between, why_another_ground
from quality.market.figures.market import Market
from quality.market.figures.rules import Rule
from quality.market.figures.share import interval_of, percent_words
from quality.ratings.comparability import CQC_2014, CQC_SAF, SAF_BEGINS
from quality.ratings.frameworks.definition import frameworks
from quality.scoring.proportions import Interval
from quality.services.models import Edition, EditionKind

__all__ = ["Break", "Point", "Series", "breaks_between", "edition_days", "series_of"]

_TELL_RATINGS = (EditionKind.LATEST_RATINGS.value, EditionKind.API.value)


@dataclass(frozen=True)
class Point:
    """A share on the day of an edition; `refused` is why there is none, where the area was not the same ground."""

    day: date
    k: int
    n: int
    interval: Interval | None
    refused: str = ""

    @property
    def words(self) -> str:
        """The share in per cent."""
        return percent_words(self.k, self.n)


@dataclass(frozen=True)
class Series:
    """The share of one area on every day, oldest first."""

    area: Area
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Break:
    """A day before and after which shares are not simply compared, and why, in words; or not at all, if `refused`."""

    day: date
    reason: str
    refused: bool = False


def edition_days() -> list[date]:
    """The days of the editions that told ratings, the last of each month, oldest first."""
    asked = select(Edition.as_at).where(Edition.kind.in_(_TELL_RATINGS)).distinct().order_by(Edition.as_at)
    by_month = {(day.year, day.month): day for day in db.session.scalars(asked)}
    return list(by_month.values())


def series_of(market: Market, areas: Sequence[Area], days: Sequence[date], basis: Basis) -> list[Series]:
    """The shares of areas on each of these days, otherwise on the same basis."""
    points: list[list[Point]] = [[] for _ in areas]
    for day in days:
        for area, some in zip(areas, points, strict=True):
            point = _point(market, area, basis.on(day))
            lost = "" if point.n else why_another_ground(area, day, basis.day)
            some.append(replace(point, refused=lost))
    return [Series(area, tuple(some)) for area, some in zip(areas, points, strict=True)]


def breaks_between(area: Area, first: date, last: date, rule: Rule) -> list[Break]:
    """The breaks after the first day, up to the last: changes of CQC's framework, of what is held, and of the area.

    A rule that counts services without a rating knows of them only from the first register on.
    """
    found = [
        Break(revision.on, " ".join(revision.reason.split()))
        for code in (CQC_2014, CQC_SAF)
        for revision in frameworks()[code].revisions
    ]
    found.append(
        Break(
            SAF_BEGINS,
            "From here on CQC began to rate under its single assessment framework: the words are the same, the method "
            "is not, and both methods stand side by side in every later share.",
        )
    )
    register = register_between(first, last, rule)
    if register is not None:
        words = "The first register that is held: from here on services that CQC has never rated are known."
        found.append(Break(register, words, refused=True))
    found += [Break(one.on, one.words, refused=not one.is_whole) for one in changes_of(area, first, last)]
    return sorted((one for one in found if first < one.day <= last), key=lambda one: one.day)


def _point(market: Market, area: Area, basis: Basis) -> Point:
    if area.kind in (AreaKind.COUNTRY, AreaKind.REGION, AreaKind.AUTHORITY):
        k, n, certain_as = market.counts(basis).of_all(market.authority_numbers(area, basis.day))
        return Point(basis.day, k, n, interval_of(k, n, certain_as))
    share = market.share(area, basis)
    return Point(basis.day, share.k, share.n, share.interval)
