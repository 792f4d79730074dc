"""How long something lasts: steps down in the share that still does, the own area's beside England's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quality.charts.canvas import Label, Sheet, dress, make_sheet, place_labels, say_empty, spread, write
from quality.charts.counts import days as days_in_words
from quality.charts.labels import Box
from quality.charts.style import (
    BAND,
    BAND_EDGE,
    EDGE,
    INK,
    LINE,
    OTHER,
    OWN,
    OWN_LINE,
    PAPER,
    QUIET,
    RULE,
    SMALL_SIZE,
)
from quality.charts.told import Chart, Drawn, Table
from quality.charts.words import percent, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Curve", "Steps"]

Step = tuple[int, float, float | None, float | None]
"""A day, the share (0 to 1) that runs on after it, and its interval where it has one."""
_RIGHT = 168.0
_YEAR = 365
_EMPTY = "No stay has been watched from its beginning yet, so how long they last is not known."


@dataclass(frozen=True)
class Curve:
    """The steps of one area in the order of their days, from n stays; `median` is the day by which half are over.

    `watched` is the longest any of them was watched for: the line ends there, or at the last step.
    """

    name: str
    n: int
    steps: tuple[Step, ...]
    median: int | None = None
    watched: int = 0

    @property
    def end(self) -> int:
        """The last day that is known of."""
        return max(self.watched, self.steps[-1][0] if self.steps else 0)

    def after(self, day: int) -> Step | None:
        """What is known of a day: the last step before or on it; none beyond the last day, if any then ran on."""
        passed = [step for step in self.steps if step[0] <= day]
        last = passed[-1] if passed else (0, 1.0, None, None)
        return last if day <= self.end or last[1] == 0 else None


@dataclass(frozen=True, kw_only=True)
class Steps(Chart):
    """How long stays last: the own area's curve first, with its interval, then England's or another to compare it with.

    `state` is what lasts, in words: "Requires improvement".
    """

    title: str
    source: str
    as_at: str
    curves: tuple[Curve, ...]
    state: str = "Requires improvement"

    @property
    def description(self) -> str:
        """For each area how many stays, when half are over, and what share still runs after whole years."""
        told = [_in_words(curve) for curve in self._shown]
        return " ".join([f"The share still {self.state}, by time since it began.", *told]) if told else _EMPTY

    @property
    def _shown(self) -> tuple[Curve, ...]:
        return tuple(curve for curve in self.curves if curve.n and curve.end)

    def table(self) -> Table:
        """A row for each area: how many stays, when half are over, and the share after one, two and three years."""
        years = [f"Still so after {words}" for words in ("one year", "two years", "three years")]
        rows = [
            (
                curve.name,
                f"{curve.n:,}",
                _median(curve),
                *(_share(curve, year * _YEAR) for year in (1, 2, 3)),
            )
            for curve in self.curves
        ]
        return ("Area", "Stays", "Half are over after", *years), tuple(rows)

    def draw(self) -> Drawn:
        """The own area's steps thick over the tint of their interval, the other's thin and dashed."""
        shown = self._shown
        sheet = make_sheet(
            title=self.title,
            source=self.source,
            as_at=self.as_at,
            measure=f"Share still {self.state}, by time since it began",
            plot_height=300 if shown else 120,
            left=56 if shown else EDGE,
            right=_RIGHT if shown else EDGE,
            below=40 if shown else 12,
            notes=(f"Shaded: 95% interval of {shown[0].name}.",) if shown and _has_interval(shown[0]) else (),
        )
        if not shown:
            say_empty(sheet, _EMPTY)
            return Drawn(sheet.figure)
        _scales(sheet, max(curve.end for curve in shown))
        for place, curve in enumerate(shown):
            _curve(sheet.axes, curve, place)
        _names(sheet, shown)
        _medians(sheet, shown)
        return Drawn(sheet.figure)


def _in_words(curve: Curve) -> str:
    known = [(year, curve.after(year * _YEAR)) for year in (1, 2, 3)]
    years = [
        f"{percent(step[1])} after {year} year{'' if year == 1 else 's'}" for year, step in known if step
    ]
    half = (
        f"half are over after {days_in_words(curve.median)}"
        if curve.median is not None
        else "it is not known yet when half are over"
    )
    return f"{curve.name}, {_stays(curve.n)}: {half}; {', '.join(years) or 'no share is known after a year yet'}."


def _stays(number: int) -> str:
    return f"{number:,} stay{'' if number == 1 else 's'}"


def _median(curve: Curve) -> str:
    return days_in_words(curve.median) if curve.median is not None else "Not known yet"


def _share(curve: Curve, day: int) -> str:
    step = curve.after(day) if curve.n else None
    if step is None:
        return "Not known yet"
    _, share, low, high = step
    if low is None or high is None:
        return percent(share)
    return f"{percent(share)} ({percent(low)} to {percent(high)})"


def _has_interval(curve: Curve) -> bool:
    return any(low is not None and high is not None for _, _, low, high in curve.steps)


def _scales(sheet: Sheet, end: int) -> None:
    sheet.axes.set(xlim=(0, end), ylim=(0, 1))
    shares = [(quarter / 4, f"{quarter * 25}%") for quarter in range(5)]
    dress(sheet, x=[(float(day), words) for day, words in _time_ticks(end)], y=shares)


def _time_ticks(end: int) -> list[tuple[int, str]]:
    """Beginnings of years, or of quarters or months where less than two years are shown."""
    if end >= 2 * _YEAR:
        step = -(-end // (_YEAR * 9))
        years = range(step, end // _YEAR + 1, step)
        return [(0, "0"), *((year * _YEAR, f"{year} year{'' if year == 1 else 's'}") for year in years)]
    step = 3 if end >= 150 else 1
    months = range(step, end * 12 // _YEAR + 1, step)
    return [
        (0, "0"),
        *((round(month * _YEAR / 12), f"{month} month{'' if month == 1 else 's'}") for month in months),
    ]


def _curve(axes: Axes, curve: Curve, place: int) -> None:
    days = [0, *(step[0] for step in curve.steps), curve.end]
    shares = [1.0, *(step[1] for step in curve.steps)]
    shares.append(shares[-1])
    how: dict[str, Any] = {"drawstyle": "steps-post", "solid_capstyle": "butt", "clip_on": False}
    if place:
        axes.plot(days, shares, color=OTHER, linewidth=LINE, linestyle=(0, (5, 2.5)), zorder=3, **how)
        return
    if _has_interval(curve):
        known = [step for step in curve.steps if step[2] is not None and step[3] is not None]
        at = [step[0] for step in known] + [curve.end]
        low, high = ([float(step[side] or 0.0) for step in known] for side in (2, 3))
        for edge in (low, high):
            edge.append(edge[-1])
            axes.plot(at, edge, color=BAND_EDGE, linewidth=0.8, zorder=2, **how)
        axes.fill_between(at, low, high, step="post", color=BAND, linewidth=0, zorder=1)
    axes.plot(days, shares, color=OWN, linewidth=OWN_LINE, zorder=4, **how)


def _names(sheet: Sheet, curves: tuple[Curve, ...]) -> None:
    """Beside the end of each line, whose it is."""
    room = _RIGHT - 30 - EDGE
    ends = [sheet.spot(curve.end, curve.steps[-1][1] if curve.steps else 1.0)[1] for curve in curves]
    blocks = [wrap(curve.name, room, bold=not place, at_most=2) for place, curve in enumerate(curves)]
    heights = spread(ends, 54, sheet.bottom + 22, sheet.top)
    for place, (curve, some, y) in enumerate(zip(curves, blocks, heights, strict=True)):
        x, ink = sheet.right + 12, OTHER if place else OWN
        for number, line in enumerate(some):
            write(sheet.figure, x, y - 4 - number * 18, line, bold=not place, ink=ink)
        write(sheet.figure, x, y - 4 - len(some) * 18, _stays(curve.n), size=SMALL_SIZE, ink=QUIET)


def _medians(sheet: Sheet, curves: tuple[Curve, ...]) -> None:
    """A line at a half, and where each curve comes down to it."""
    axes = sheet.axes
    known = [(place, curve, curve.median) for place, curve in enumerate(curves) if curve.median is not None]
    if not known:
        return
    axes.axhline(0.5, color=RULE, linewidth=1, zorder=2)
    labels, around = [], []
    for place, curve, median in known:
        ink = OTHER if place else OWN
        axes.plot(
            [median],
            [0.5],
            color=ink,
            markerfacecolor=PAPER if place else ink,
            markeredgewidth=1.6,
            zorder=5,
            clip_on=False,
            marker="o" if place else "D",
            markersize=8 if place else 9,
        )
        x, y = sheet.spot(median, 0.5)
        around.append(Box.around(x, y, 7))
        labels.append(
            Label(f"{curve.name}: half are over after {days_in_words(median)}", x, y + 14, ink=INK, room=300)
        )
    within = Box(sheet.left, sheet.bottom, sheet.right, sheet.top)
    place_labels(sheet.figure, labels, within=within, around=around)
