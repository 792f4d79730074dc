"""A share over the editions that are held, and where its line has to break."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from quality.core.database import db
from quality.market.areas import Area, changes_of
from quality.market.figures.basis import Basis
from quality.market.figures.comparable import register_between, why_another_ground
from quality.market.figures.market import Contracts, Market
from quality.market.figures.members import OF_AUTHORITIES
from quality.market.figures.rules import Rule
from quality.market.figures.share import interval_of, percent_words, share_in
from quality.ratings.comparability import CQC_2014, CQC_SAF, SAF_BEGINS
from quality.ratings.frameworks.definition import frameworks
from quality.scoring.proportions import Interval
from quality.services.models import Edition, EditionKind

__all__ = ["Break", "Point", "Series", "breaks_between", "edition_days", "series_of"]

_TELL_RATINGS = (EditionKind.LATEST_RATINGS.value, EditionKind.API.value)

# k, n and the interval of an area, on a basis.
_Counter = Callable[[Basis], tuple[int, int, Interval | None]]


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
    contracts = market.contracts(basis.scope)
    found = []
    for area in areas:
        count = _counter(market, area, contracts)
        found.append(Series(area, tuple(_point(area, basis.on(day), basis.day, count) for day in days)))
    return found


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


def _counter(market: Market, area: Area, contracts: Contracts | None) -> _Counter:
    """What counts an area on any day; it asks the database no more for many days than for one."""
    if area.kind in OF_AUTHORITIES:

        def of_counts(basis: Basis) -> tuple[int, int, Interval | None]:
            counts = market.counts(basis, contracts)
            k, n, certain_as = counts.of_all(market.authority_numbers(area, basis.day))
            return k, n, interval_of(k, n, certain_as)

        return of_counts
    lies = market.lying_in(area)

    def of_services(basis: Basis) -> tuple[int, int, Interval | None]:
        tally = market.tally(basis, contracts)
        share = share_in(area, tally, lies(tally.standing))
        return share.k, share.n, share.interval

    return of_services


def _point(area: Area, basis: Basis, last: date, count: _Counter) -> Point:
    k, n, interval = count(basis)
    return Point(basis.day, k, n, interval, "" if n else why_another_ground(area, basis.day, last))
