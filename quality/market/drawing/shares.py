"""Shares as charts: beside others, against chance, over time, and what a change is made of."""

from __future__ import annotations

from collections.abc import Sequence

from quality.charts.funnel import Funnel, FunnelPoint
from quality.charts.ladder import Ladder, LadderRow
from quality.charts.mix import Mix, MixRow
from quality.charts.trend import Trend
from quality.charts.trend_parts import OutsidePoint, TrendPoint, TrendSeries
from quality.charts.waterfall import Part, Waterfall
from quality.core.pages import day
from quality.market.areas import Area
from quality.market.figures.basis import Basis
from quality.market.figures.benchmarks import Benchmark, Line
from quality.market.figures.counting import Fate
from quality.market.figures.movements import Movements
from quality.market.figures.share import Share
from quality.market.figures.trend import Break, Series
from quality.market.outside.queries import Beside
from quality.scoring.contributions import Group
from quality.scoring.proportions import Z95, Z998, funnel_limits

__all__ = ["SOURCE", "funnel_of", "ladder_of", "mix_of", "trend_of", "waterfall_of"]

SOURCE = "Care Quality Commission ratings, Open Government Licence v3.0"
_STEPS = 60
_PARTS = {
    Group.WENT_UP: "Became Good or Outstanding",
    Group.WENT_DOWN: "Ceased to be",
    Group.CAME_IN: "Came in",
    Group.WENT_OUT: "Went out",
}


def ladder_of(found: Benchmark) -> Ladder:
    """An area among those it is compared with, and its region, highest share first."""
    rows = [_rung(line, is_own=line.area == found.own.area) for line in found.lines]
    return Ladder(
        title=f"{found.own.area.name} beside {_small(found.comparators.words)}",
        source=SOURCE,
        as_at=_as_at(found.own.basis),
        rows=tuple(rows),
        reference=("England", found.england.k / found.england.n) if found.england.n else None,
    )


def funnel_of(found: Benchmark, everybody: Sequence[Line]) -> Funnel:
    """Every authority by how many services count there, within the limits of chance around England's share."""
    share = found.england.k / found.england.n if found.england.n else 0.0
    most = max((line.n for line in everybody), default=0)
    sizes = sorted({max(5, round(most * 1.05 * (step / _STEPS) ** 2)) for step in range(1, _STEPS + 1)})
    limits = [
        tuple((n, limit.low, limit.high) for n in sizes for limit in (funnel_limits(share, n, z),))
        for z in (Z95, Z998)
    ]
    return Funnel(
        title="What chance alone would do",
        source=SOURCE,
        as_at=_as_at(found.own.basis),
        reference=("England", share),
        points=tuple(
            FunnelPoint(line.area.name, line.n, line.k, is_own=line.area == found.own.area)
            for line in everybody
        ),
        limits95=limits[0],
        limits998=limits[1],
    )


def trend_of(
    area: Area, basis: Basis, series: Sequence[Series], breaks: Sequence[Break], outside: Sequence[Beside]
) -> Trend:
    """An area's share over time, with its region's and England's; others' figures are points and never joined."""
    return Trend(
        title=f"{area.name} over time",
        source=SOURCE,
        as_at=_as_at(basis),
        series=tuple(_line(one, is_own=one.area == area) for one in series),
        breaks=tuple((one.day, one.reason) for one in breaks),
        outside=tuple(
            OutsidePoint(one.source.title, one.day, float(one.value) / 100) for one in outside if one.day
        ),
    )


def waterfall_of(found: Movements) -> Waterfall:
    """How much of a change each kind of movement explains."""
    before, after = found.before, found.after
    parts = found.contributions.parts if found.contributions else ()
    return Waterfall(
        title=f"What changed in {after.area.name}",
        source=SOURCE,
        as_at=f"{day(before.basis.day)} to {day(after.basis.day)}",
        before=(day(before.basis.day), before.share),
        after=(day(after.basis.day), after.share),
        parts=tuple(Part(_PARTS[part.group], float(part.points), part.services) for part in parts),
    )


def mix_of(shares: Sequence[Share]) -> Mix:
    """How many services of each area have which rating: those that count by the rule, and those without a rating."""
    return Mix(
        title=f"The mix of ratings in {shares[0].area.name}",
        source=SOURCE,
        as_at=_as_at(shares[0].basis),
        rows=tuple(_mixed(share) for share in shares),
        kind="Area",
    )


def _mixed(share: Share) -> MixRow:
    unrated = share.left_out.get(Fate.NOT_RATED, 0) + share.left_out.get(Fate.RATED_BY_SERVICE, 0)
    none, *rated = (share.among.mix.get(number, 0) for number in range(5))
    return MixRow(share.area.name, rated[0], rated[1], rated[2], rated[3], none + unrated)


def _rung(line: Line, *, is_own: bool) -> LadderRow:
    interval = line.interval
    low, high = (interval.low, interval.high) if interval else (None, None)
    return LadderRow(line.area.name, line.k, line.n, low, high, is_own)


def _line(series: Series, *, is_own: bool) -> TrendSeries:
    points = tuple(
        TrendPoint(point.day, point.k / point.n, point.interval.low, point.interval.high)
        for point in series.points
        if point.interval
    )
    return TrendSeries(series.area.name, is_own, points)


def _as_at(basis: Basis) -> str:
    return f"{basis.scope.words}, {basis.rule.key}, as at {day(basis.day)}"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
