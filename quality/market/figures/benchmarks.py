"""An area beside others on one day: with intervals, against England, and with how sure its place among them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quality.market.areas.kinds import Area
from quality.market.areas.membership import authorities_in
from quality.market.figures.basis import Basis
from quality.market.figures.market import Market
from quality.market.figures.share import Share, interval_of, percent_words
from quality.scoring.proportions import Comparison, Interval, compared
from quality.scoring.ranks import Rank, rank_of

__all__ = ["Benchmark", "Comparators", "Line", "benchmark"]


@dataclass(frozen=True)
class Comparators:
    """The authorities an area is set beside: by a rule or a list, which `definition` says in full."""

    key: str
    words: str
    definition: str
    areas: tuple[Area, ...]


@dataclass(frozen=True)
class Line:
    """One area of a table: k of n, the interval, and how it compares with England."""

    area: Area
    k: int
    n: int
    interval: Interval | None
    against_england: Comparison | None

    @property
    def words(self) -> str:
        """The share in per cent."""
        return percent_words(self.k, self.n)


@dataclass(frozen=True)
class Benchmark:
    """An area's share, its region's and England's, the comparators' best first, and its place among them.

    Comparators in which nobody counts have no line: `without` says how many they are. `place` is none where the area
    is not among the comparators, where nobody counts in it, and for shares of beds, whose ranks nobody can vouch for.
    """

    own: Share
    region: Share | None
    england: Share
    comparators: Comparators
    lines: tuple[Line, ...]
    without: int
    place: Rank | None

    @property
    def against_england(self) -> Comparison | None:
        """How the area compares with England."""
        return _against(self.own.interval, self.england.k, self.england.n)


def benchmark(
    market: Market,
    area: Area,
    others: Comparators,
    *,
    region: Area | None,
    england: Area,
    basis: Basis,
) -> Benchmark:
    """Set an area beside others, all on one basis. Refused for a day that nothing is held of."""
    whole = market.share(england, basis)
    lines = _lines(market, others.areas, whole)
    places = [number for number, line in enumerate(lines) if line.area == area]
    return Benchmark(
        own=market.share(area, basis),
        region=market.share(region, basis) if region else None,
        england=whole,
        comparators=others,
        lines=tuple(lines),
        without=len(others.areas) - len(lines),
        place=rank_of([(line.k, line.n) for line in lines], places[0])
        if places and not basis.rule.beds
        else None,
    )


def _lines(market: Market, areas: Sequence[Area], england: Share) -> list[Line]:
    """The areas in which somebody counts, highest share first."""
    counts = market.counts(england.basis)
    numbers = {name: number for number, name in market.held.authorities.items()}
    lines = []
    for area in areas:
        inside = [numbers[name] for name in authorities_in(area, england.basis.day) if name in numbers]
        k, n, certain_as = counts.of_all(inside)
        if n:
            interval = interval_of(k, n, certain_as)
            lines.append(Line(area, k, n, interval, _against(interval, england.k, england.n)))
    return sorted(lines, key=lambda line: (-line.k / line.n, line.area.name))


def _against(interval: Interval | None, k: int, n: int) -> Comparison | None:
    return compared(interval, k / n) if interval and n else None
