"""The waterfall: a share before and after, and how much of the change each kind of movement explains."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from quality.charts.canvas import Sheet, make_sheet, say_empty, write
from quality.charts.counts import services
from quality.charts.labels import Box
from quality.charts.shapes import RISING, Look, block, lines, polygon
from quality.charts.style import EDGE, GRID, INK, OWN, PAPER, QUIET, RULE, SMALL_SIZE, TEXT_SIZE
from quality.charts.told import Chart, Drawn, Table
from quality.charts.words import percent, shorten

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Part", "Waterfall", "points"]

_LEFT, _RIGHT = 236.0, 24.0
_PITCH, _BAR, _TIP = 50.0, 24.0, 9.0
_LABEL = 96.0  # What "+10.0 points" takes beside a bar.
_HAIR = 1e-6
_EMPTY = "On one of the two days no service counted, so there is no change of a share to explain."
_MORE: Final = Look(OWN)


@dataclass(frozen=True)
class Part:
    """One kind of movement: its part of the change, where 1 is a hundred percentage points, and its services."""

    name: str
    points: float
    services: int


@dataclass(frozen=True, kw_only=True)
class Waterfall(Chart):
    """From the share (0 to 1) before to that after, each with its words ("1 April 2025"); none where nobody counted.

    Raises ValueError when the parts do not add up to the change: what is unexplained must be a part, too.
    """

    title: str
    source: str
    as_at: str
    before: tuple[str, float | None]
    after: tuple[str, float | None]
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        """Hold the parts to the change."""
        first, last = self.before[1], self.after[1]
        if first is not None and last is not None:
            missing = last - first - sum(part.points for part in self.parts)
            if abs(missing) > _HAIR:
                raise ValueError(f"The parts leave {missing * 100:.4f} points of the change unexplained.")

    @property
    def description(self) -> str:
        """The change, and each part of it."""
        first, last = self.before[1], self.after[1]
        if first is None or last is None:
            return _EMPTY
        parts = [f"{part.name}, {services(part.services)}: {points(part.points)}." for part in self.parts]
        change = (
            f"{self.before[0]}: {percent(first)}. {self.after[0]}: {percent(last)}, {points(last - first)}."
        )
        return " ".join([change, *parts])

    def table(self) -> Table:
        """The share before, the parts in their order, and the share after."""
        ends = [
            (words, "", "" if share is None else percent(share), "")
            for words, share in (self.before, self.after)
        ]
        parts = [(part.name, f"{part.services:,}", "", points(part.points)) for part in self.parts]
        return ("What changed", "Services", "Share", "Part of the change"), (ends[0], *parts, ends[1])

    def draw(self) -> Drawn:
        """Arrows to the right for what raised the share, hatched ones to the left for what lowered it."""
        first, last = self.before[1], self.after[1]
        empty = first is None or last is None
        sheet = make_sheet(
            title=self.title,
            source=self.source,
            as_at=self.as_at,
            measure="Share rated Good or Outstanding, and how many points each kind of movement added or took",
            plot_height=_PITCH * (3 if empty else len(self.parts) + 2),
            left=EDGE if empty else _LEFT,
            right=_RIGHT,
            below=12 if empty else 44,
            notes=()
            if empty
            else (
                "The parts add up exactly; their rounded figures may not. The scale does not begin at 0%.",
            ),
        )
        if first is None or last is None:
            say_empty(sheet, _EMPTY)
        else:
            self._drawn(sheet, first, last)
        return Drawn(sheet.figure)

    def _drawn(self, sheet: Sheet, first: float, last: float) -> None:
        sheet.axes.set_axis_off()
        levels = [first]
        for part in self.parts:
            levels.append(levels[-1] + part.points)
        scale = _Scale.over(sheet, [*levels, last])
        _ticks(sheet, scale)
        heights = [sheet.top - _PITCH * (place + 0.5) for place in range(len(self.parts) + 2)]
        _joins(sheet.figure, [scale.x(level) for level in levels], heights)
        _end(sheet.figure, self.before[0], first, scale.x(first), heights[0], own=False)
        for part, height, ends in zip(self.parts, heights[1:], pairwise(levels), strict=False):
            _name(sheet.figure, height, part.name, services(part.services))
            _arrow(sheet.figure, scale.x(ends[0]), scale.x(ends[1]), height, points(part.points))
        _end(sheet.figure, self.after[0], last, scale.x(last), heights[-1], own=True)


def points(part: float) -> str:
    """A part of 1 as percentage points with its sign: 0.0123 is "+1.2 points"."""
    figure = percent(abs(part)).removesuffix("%")
    sign = "" if float(figure) == 0 else "+" if part > 0 else "−"
    return f"{sign}{figure} {'point' if figure == '1.0' else 'points'}"


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float
    left: float
    right: float

    @classmethod
    def over(cls, sheet: Sheet, levels: list[float]) -> _Scale:
        """Room for every level, and beside the outermost for its words."""
        reach = max(max(levels) - min(levels), 0.01)
        return cls(min(levels), min(levels) + reach, sheet.left + _LABEL, sheet.right - _LABEL)

    def x(self, share: float) -> float:
        """Where a share stands."""
        return self.left + (share - self.low) / (self.high - self.low) * (self.right - self.left)

    def ticks(self, left: float, right: float) -> list[float]:
        """Round shares, at most seven, between two places."""
        per_unit = (self.high - self.low) / (self.right - self.left)
        low, high = self.low - (self.left - left) * per_unit, self.high + (right - self.right) * per_unit
        step = next((s for s in (0.005, 0.01, 0.02, 0.05, 0.1, 0.2) if (high - low) / s <= 7), 0.5)
        shares = [number * step for number in range(round(1 / step) + 1)]
        return [share for share in shares if low <= share <= high]


def _ticks(sheet: Sheet, scale: _Scale) -> None:
    for share in scale.ticks(sheet.left, sheet.right):
        x = scale.x(share)
        lines(sheet.figure, [((x, sheet.bottom), (x, sheet.top))], ink=GRID, order=0)
        words = percent(share).replace(".0%", "%")
        write(sheet.figure, x, sheet.bottom - 18, words, size=SMALL_SIZE, ink=QUIET, side="center")


def _joins(figure: Figure, places: list[float], heights: list[float]) -> None:
    """From the end of each bar down to the beginning of the next."""
    for x, (upper, lower) in zip(places, pairwise(heights), strict=True):
        lines(figure, [((x, upper - _BAR / 2), (x, lower + _BAR / 2))], ink=RULE)


def _end(figure: Figure, name: str, share: float, x: float, y: float, *, own: bool) -> None:
    """The share before or after: a diamond on its place with its figure, hollow before and filled after."""
    write(figure, EDGE, y - 5, shorten(name, _LEFT - EDGE - 14, bold=True), bold=True)
    diamond = ((x, y - 9), (x + 9, y), (x, y + 9), (x - 9, y))
    polygon(figure, [diamond], fill=OWN if own else PAPER, edge=OWN, width=2, order=2)
    write(figure, x + 16, y - 5.5, percent(share), size=16, bold=True)


def _name(figure: Figure, y: float, name: str, services: str) -> None:
    write(figure, EDGE, y + 2, shorten(name, _LEFT - EDGE - 14))
    write(figure, EDGE, y - 14, services, size=SMALL_SIZE, ink=QUIET)


def _arrow(figure: Figure, start: float, end: float, y: float, words: str) -> None:
    """A bar whose tip points where the share went; its words stand beyond the tip."""
    way = 1 if end >= start else -1
    tip = min(_TIP, abs(end - start))
    neck = end - way * tip
    low, high = y - _BAR / 2, y + _BAR / 2
    if abs(neck - start) > 0.5:
        block(figure, Box(min(start, neck), low, max(start, neck), high), _MORE if way > 0 else RISING)
    if tip > 0.5:
        polygon(figure, [((neck, low), (end, y), (neck, high))], fill=OWN if way > 0 else PAPER, edge=INK)
    else:
        lines(figure, [((end, low), (end, high))], width=2)
    write(figure, end + way * 10, y - 0.36 * TEXT_SIZE, words, side="left" if way > 0 else "right")
