"""Words in a picture: what they measure, where they wrap, what is left of them when there is no room."""

from __future__ import annotations

import math
import re
from datetime import date
from fractions import Fraction
from functools import lru_cache

from quality.charts.style import MEASURED_IN, TEXT_SIZE
from quality.scoring.percentages import percentage

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ELLIPSIS = "…"
_BILLION = 10**9
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def clean(words: str) -> str:
    """The words on one line, without the characters that XML cannot hold."""
    return " ".join(_UNWRITABLE.sub(" ", words).split())


def percent(share: Fraction | float) -> str:
    """A share from 0 to 1 in per cent with one decimal place, rounded half up: 0.8316 is 83.2%."""
    # Nine decimal places take off what a float adds to 0.8315, and are much quicker than the nearest fraction.
    exact = share if isinstance(share, Fraction) else Fraction(round(share * _BILLION), _BILLION)
    return f"{percentage(exact):.1f}%"


def long_day(day: date) -> str:
    """A day in words: 1 October 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_month(day: date) -> str:
    """A month in few letters: Oct 2026."""
    return f"{_MONTHS[day.month - 1][:3]} {day.year}"


@lru_cache(maxsize=4096)
def width_of(words: str, size: float = TEXT_SIZE, bold: bool = False) -> float:
    """How wide the words are, in the picture's units."""
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - loaded only when a chart is drawn
    from matplotlib.textpath import text_to_path  # noqa: PLC0415

    font = FontProperties(family=[MEASURED_IN], size=size, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(words, font, ismath=False)
    return math.ceil(float(width))


def shorten(words: str, room: float, size: float = TEXT_SIZE, bold: bool = False) -> str:
    """The words, cut with an ellipsis where they are wider than the room."""
    if width_of(words, size, bold) <= room:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width_of(words[:middle].rstrip() + _ELLIPSIS, size, bold) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return words[:low].rstrip() + _ELLIPSIS


def wrap(words: str, room: float, size: float = TEXT_SIZE, bold: bool = False, at_most: int = 4) -> list[str]:
    """The words in lines no wider than the room; what does not fit in so many lines ends in an ellipsis."""
    lines: list[str] = []
    left = clean(words)
    while left and len(lines) < at_most - 1:
        line = _first_line(left, room, size, bold)
        lines.append(line.rstrip())
        left = left[len(line) :].lstrip()
    if left:
        lines.append(shorten(left, room, size, bold))
    return lines


def _first_line(words: str, room: float, size: float, bold: bool) -> str:
    """As many whole words as fit; of a word wider than the room, as many letters."""
    if width_of(words, size, bold) <= room:
        return words
    line = ""
    for word in re.findall(r"\S+\s*", words):
        if width_of((line + word).rstrip(), size, bold) > room:
            break
        line += word
    if line:
        return line
    return max(shorten(words, room, size, bold).removesuffix(_ELLIPSIS), words[:1])
