"""The data of a trend, and how its lines are cut at breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from quality.charts.style import EDGE, TEXT_SIZE
from quality.charts.words import clean, percent, shorten, width_of

_MOST_LABEL = 210.0
_BEFORE_LABEL = 22.0


@dataclass(frozen=True)
class TrendPoint:
    """A share from 0 to 1 on a day, with the ends of its interval where it has one."""

    day: date
    share: float
    low: float | None = None
    high: float | None = None

    @property
    def interval(self) -> str:
        """The interval in words; empty where there is none."""
        if self.low is None or self.high is None:
            return ""
        return f"{percent(self.low)} to {percent(self.high)}"


@dataclass(frozen=True)
class TrendSeries:
    """The shares of one area; `is_own` for the area the page is about."""

    name: str
    is_own: bool
    points: tuple[TrendPoint, ...]

    @property
    def ordered(self) -> tuple[TrendPoint, ...]:
        """The points, oldest first."""
        return tuple(sorted(self.points, key=lambda point: point.day))


@dataclass(frozen=True)
class OutsidePoint:
    """A share from 0 to 1 that somebody else published for a day."""

    name: str
    day: date
    share: float


def pieces(points: Sequence[TrendPoint], breaks: Iterable[date]) -> list[list[TrendPoint]]:
    """The points cut at the breaks: a point on the day of a break begins anew."""
    days = sorted(breaks)
    found: dict[int, list[TrendPoint]] = {}
    for point in points:
        found.setdefault(sum(day <= point.day for day in days), []).append(point)
    return list(found.values())


def label_of(series: TrendSeries, room: float = _MOST_LABEL) -> tuple[str, str]:
    """The name, cut where it is wider than its room, and the last share."""
    share = percent(series.ordered[-1].share)
    left = room - width_of(f" {share}", TEXT_SIZE, series.is_own)
    return shorten(clean(series.name), left, TEXT_SIZE, series.is_own), share


def margin_for(series: Sequence[TrendSeries]) -> float:
    """How much room the labels take at the right end."""
    widths = [width_of(" ".join(label_of(one)), TEXT_SIZE, one.is_own) for one in series]
    return EDGE + _BEFORE_LABEL + max(widths, default=20.0)
