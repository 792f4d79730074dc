"""How dates, lists and long texts are written in what we issue. Pages and PDFs share these filters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import zip_longest
from typing import Any


def in_words(moment: date) -> str:
    """A date as 4 May 2026; a moment, by its own clock, as 4 May 2026 at 2:05pm."""
    day = f"{moment.day} {moment:%B %Y}"
    if not isinstance(moment, datetime):
        return day
    return f"{day} at {moment.hour % 12 or 12}:{moment:%M}{'am' if moment.hour < 12 else 'pm'}"


def days_in_words(days: Iterable[date]) -> str:
    """Days in order, without saying a month or year twice: 30 April, 4 and 5 May 2026."""
    ordered = sorted(set(days))
    return listed(_short(day, after) for day, after in zip_longest(ordered, ordered[1:]))


def listed(words: Iterable[str]) -> str:
    """A, B and C."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: what stands between blank lines. Single line breaks stay inside their paragraph."""
    lines = re.sub(r"\r\n?|\u2028|\u2029", "\n", text)
    return [part.strip("\n") for part in re.split(r"\n[^\S\n]*\n", lines) if part.strip()]


def direction(text: str) -> str:
    """`rtl` when the first letter of the text belongs to a script written from right to left, else `ltr`."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def counted(number: int, one: str, many: str) -> str:
    """The number and its noun: 1 record, 2 records, 1,200 records."""
    return f"{number:,} {one if number == 1 else many}"


FILTERS: dict[str, Callable[..., Any]] = {
    "in_words": in_words,
    "days_in_words": days_in_words,
    "listed": listed,
    "paragraphs": paragraphs,
    "direction": direction,
    "counted": counted,
}
"""The filters of the strict environment, by the names templates use."""


def _short(day: date, after: date | None) -> str:
    if after is None or day.year != after.year:
        return in_words(day)
    return str(day.day) if day.month == after.month else f"{day.day} {day:%B}"
