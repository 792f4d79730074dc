"""Round places for axes, and how far each axis reaches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from quality.charts.words import long_day, short_month

_SHARE_STEPS = (1, 2, 5, 10, 20, 25)
_MOST_TICKS = 7
_TWO_YEARS = 750


def share_ticks(values: Iterable[float]) -> list[tuple[float, str]]:
    """Round shares from one below the values to one above them, never under 0% or over 100%, with their words."""
    held = list(values)
    low, high = max(min(held), 0.0) * 100, min(max(held), 1.0) * 100
    return next(ticks for step in _SHARE_STEPS if len(ticks := _ticks(low, high, step)) <= _MOST_TICKS)


def _ticks(low: float, high: float, step: int) -> list[tuple[float, str]]:
    """The multiples of a step around these per cents, two at the least."""
    first, last = int(low // step), -int(-high // step)
    if last == first:
        last, first = (last + 1, first) if (last + 1) * step <= 100 else (last, first - 1)
    return [(number * step / 100, f"{number * step}%") for number in range(first, last + 1)]


def count_ticks(most: int) -> list[tuple[float, str]]:
    """Round numbers from 0 to not more than `most`, with their words."""
    step = _round_step(max(-(-most // _MOST_TICKS), 1))
    return [(float(number), f"{number:,}") for number in range(0, most + 1, step)]


def _round_step(step: int) -> int:
    """The next of 1, 2, 5, 10, 20, 50 and so on that is at least the step."""
    ten: int = 10 ** (len(str(step)) - 1)
    return next(ten * part for part in (1, 2, 5, 10) if ten * part >= step)


def day_ticks(first: date, last: date) -> list[tuple[float, str]]:
    """First days of years or months between two days, few enough to stand beside each other, with their words."""
    if (last - first).days > _TWO_YEARS:
        years = [year for year in range(first.year, last.year + 1) if first <= date(year, 1, 1) <= last]
        step = _round_step(-(-len(years) // 10))
        return [(float(date(year, 1, 1).toordinal()), str(year)) for year in years if year % step == 0]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    step = next((step for step in (1, 2, 3, 6) if len(months) / step <= 6), 6)
    days = [date(number // 12, number % 12 + 1, 1) for number in months if number % step == 0]
    shown = [day for day in days if first <= day <= last]
    if not shown:
        return [(float(first.toordinal()), long_day(first))]
    return [(float(day.toordinal()), short_month(day)) for day in shown]
