"""The funnel: shares against how many services they rest on, within the limits that chance alone would keep them in."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction

from quality.charts.canvas import (
    Box,
    Label,
    Sheet,
    boxes_along,
    dress,
    make_sheet,
    place_labels,
    say_empty,
    spread,
    write,
)
from quality.charts.scales import count_ticks, share_ticks
from quality.charts.style import (
    BEYOND_MARK,
    INK,
    OTHER_MARK,
    OWN,
    OWN_MARK,
    QUIET,
    RULE,
    SMALL_SIZE,
    THIN,
    WIDTH,
    Mark,
)
from quality.charts.told import Chart, Drawn, Table
from quality.charts.words import percent, shorten

Limit = tuple[float, float, float]
"""So many services, and the lower and the upper limit there, from 0 to 1."""

_EMPTY = "There is no area to show: none has services with a rating."
_RIGHT = 150.0


@dataclass(frozen=True)
class FunnelPoint:
    """k of n services of an area; `is_own` for the area the page is about."""

    name: str
    n: int
    k: int
    is_own: bool = False

    @property
    def share(self) -> float:
        """From 0 to 1; n is never 0 where it is asked."""
        return self.k / self.n

    @property
    def words(self) -> str:
        """The share with its numbers."""
        return f"{percent(Fraction(self.k, self.n))} ({self.k:,} of {self.n:,})"


@dataclass(frozen=True)
class Funnel(Chart):
    """Areas around a reference (a name and a share from 0 to 1), with limits as the caller worked them out.

    The limits are given from few services to many. `measure` says what the share is of. An area without services is in
    the table and not in the picture.
    """

    title: str
    source: str
    as_at: str
    reference: tuple[str, float]
    points: tuple[FunnelPoint, ...]
    limits95: tuple[Limit, ...] = ()
    limits998: tuple[Limit, ...] = ()
    measure: str = "Share rated Good or Outstanding, by number of services rated"

    @property
    def shown(self) -> tuple[FunnelPoint, ...]:
        """The areas that have services, the largest first."""
        held = (point for point in self.points if point.n)
        return tuple(sorted(held, key=lambda point: (-point.n, point.name)))

    def where(self, point: FunnelPoint) -> str:
        """Where an area lies: within the limits, or above or below those of 95% or 99.8%; empty without services."""
        if not point.n:
            return ""
        for limits, name in ((self.limits998, "99.8%"), (self.limits95, "95%")):
            low, high = _limits_at(limits, point.n)
            if point.share < low:
                return f"below {name}"
            if point.share > high:
                return f"above {name}"
        return "within 95%"

    def beyond(self) -> tuple[FunnelPoint, ...]:
        """The areas above or below the limits of 99.8%, the farthest from the reference first."""
        found = (point for point in self.shown if "99.8%" in self.where(point))
        return tuple(sorted(found, key=lambda point: (-abs(point.share - self.reference[1]), point.name)))

    @property
    def description(self) -> str:
        """The own area and the reference in numbers, and who lies beyond the outer limits."""
        name, share = self.reference
        if not self.shown:
            return f"A funnel plot without areas. {_EMPTY} {name}: {percent(share)}."
        own = [
            f"{point.name} has {point.words}, {self.where(point)} limits."
            for point in self.shown
            if point.is_own
        ]
        far = [f"{point.name} {point.words}" for point in self.beyond() if not point.is_own]
        others = "; ".join(far) if far else "none"
        return (
            f"A funnel plot of {len(self.shown)} areas: {self.measure[:1].lower()}{self.measure[1:]}. "
            f"The line across is {name}, {percent(share)}. {' '.join(own)} "
            f"Other areas beyond the 99.8% limits: {others}."
        )

    def table(self) -> Table:
        """A row for each area, the largest first, and the last for the reference."""
        rows = [
            (
                point.name,
                f"{point.n:,}",
                f"{point.k:,}",
                percent(Fraction(point.k, point.n)) if point.n else "no figure",
                self.where(point),
            )
            for point in sorted(self.points, key=lambda point: (-point.n, point.name))
        ]
        rows.append((self.reference[0], "", "", percent(self.reference[1]), "the line across"))
        return ("Area", "Services", "Good or Outstanding", "Share", "Beside the limits"), tuple(rows)

    def draw(self) -> Drawn:
        """The figure; each mark says its area and numbers when it is pointed at."""
        sheet = make_sheet(
            title=self.title,
            source=self.source,
            as_at=self.as_at,
            measure=self.measure,
            plot_height=360,
            right=_RIGHT,
            below=48,
        )
        if not self.shown:
            say_empty(sheet, _EMPTY)
            return Drawn(sheet.figure)
        most = self.shown[0].n
        inner = [(low, high) for n, low, high in self.limits998 if n >= most * 0.08]
        ticks = share_ticks(
            [point.share for point in self.shown]
            + [self.reference[1]]
            + [value for pair in inner for value in pair]
        )
        sheet.axes.set(xlim=(0, most * 1.03), ylim=(ticks[0][0], ticks[-1][0]))
        dress(sheet, x=count_ticks(most), y=ticks)
        _draw_limits(self, sheet)
        told = _draw_marks(self, sheet)
        _label(self, sheet)
        return Drawn(sheet.figure, told)


def _limits_at(limits: tuple[Limit, ...], n: int) -> tuple[float, float]:
    """The limits for n services, in between those given; nothing is beyond limits that are not given."""
    if not limits:
        return 0.0, 1.0
    at = bisect_left([limit[0] for limit in limits], n)
    before, after = limits[max(at - 1, 0)], limits[min(at, len(limits) - 1)]
    part = (n - before[0]) / (after[0] - before[0]) if after[0] > before[0] else 0.0
    part = min(max(part, 0.0), 1.0)
    return before[1] + part * (after[1] - before[1]), before[2] + part * (after[2] - before[2])


def _draw_limits(chart: Funnel, sheet: Sheet) -> None:
    """The line across and the limits, each named at its right end."""
    axes = sheet.axes
    end = axes.get_xlim()[1]
    name, share = chart.reference
    axes.plot((0, end), (share, share), color=RULE, linewidth=1.4, zorder=1)
    named = [(share, f"{shorten(name, 80, SMALL_SIZE)} {percent(share)}", INK)]
    for limits, words, dash in (
        (chart.limits95, "95% limit", (0, (4, 3))),
        (chart.limits998, "99.8% limit", "-"),
    ):
        within = [limit for limit in limits if limit[0] <= end]
        for side in (1, 2):
            if within:
                values = [limit[side] for limit in within]
                numbers = [limit[0] for limit in within]
                axes.plot(numbers, values, color=QUIET, linewidth=THIN, linestyle=dash, zorder=1)
                named.append((values[-1], words, QUIET))
    shown = [(sheet.spot(end, value)[1], words, ink) for value, words, ink in named]
    heights = spread([up for up, _, _ in shown], SMALL_SIZE * 1.3, sheet.bottom, sheet.top)
    for height, (_, words, ink) in zip(heights, shown, strict=True):
        write(sheet.figure, sheet.right + 8, height - 0.36 * SMALL_SIZE, words, size=SMALL_SIZE, ink=ink)


def _draw_marks(chart: Funnel, sheet: Sheet) -> dict[str, list[str]]:
    """The areas: rings, dots beyond the outer limits, and the own area's diamond on top."""
    told: dict[str, list[str]] = {}
    far = set(chart.beyond())
    kinds: dict[str, tuple[Mark, list[FunnelPoint]]] = {
        "others": (OTHER_MARK, [p for p in chart.shown if not p.is_own and p not in far]),
        "beyond": (BEYOND_MARK, [p for p in chart.shown if not p.is_own and p in far]),
        "own": (OWN_MARK, [p for p in chart.shown if p.is_own]),
    }
    for order, (kind, (mark, points)) in enumerate(kinds.items(), start=3):
        if points:
            numbers, shares = [p.n for p in points], [p.share for p in points]
            sheet.axes.plot(numbers, shares, gid=kind, zorder=order, **mark.drawn())
            told[kind] = [f"{p.name}: {p.words}" for p in points]
    return told


def _label(chart: Funnel, sheet: Sheet) -> None:
    """The own area's name and share, then the names beyond the outer limits; on no ring.

    A name that finds no place is left to the table, the own area's only where nothing else would do.
    """
    bounds = Box(sheet.left, sheet.bottom + 2, sheet.right, sheet.top + 14)
    spots = {point: sheet.spot(point.n, point.share) for point in chart.shown}
    marks = [Box.around(x, y, 8 if point.is_own else 4.5) for point, (x, y) in spots.items()]
    labels = [
        Label(f"{p.name} {percent(p.share)}", *spots[p], gap=11, ink=OWN, bold=True, room=WIDTH / 2)
        for p in chart.shown
        if p.is_own
    ]
    labels += [
        Label(p.name, *spots[p], size=SMALL_SIZE, ink=QUIET, room=150) for p in chart.beyond() if not p.is_own
    ]
    placed, left = place_labels(
        sheet.figure, labels, within=bounds, around=marks, lines=_strokes(chart, sheet), on_paper=False
    )
    own = [label for label in left if label.bold]
    more, left = place_labels(sheet.figure, left, within=bounds, around=[*marks, *placed])
    if any(label in left for label in own):
        place_labels(sheet.figure, own, within=bounds, around=[*placed, *more], on_paper=False)


def _strokes(chart: Funnel, sheet: Sheet) -> list[Box]:
    """Where the limits and the line across run, for words to keep off."""
    end = sheet.axes.get_xlim()[1]
    found = boxes_along([sheet.spot(0, chart.reference[1]), sheet.spot(end, chart.reference[1])])
    for limits in (chart.limits95, chart.limits998):
        within = [limit for limit in limits if limit[0] <= end]
        for side in (1, 2):
            found += boxes_along([sheet.spot(limit[0], limit[side]) for limit in within])
    return [box for box in found if sheet.bottom <= box.top and box.bottom <= sheet.top]
