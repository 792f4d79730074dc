"""How what an edition says is woven into what other editions said, whichever of them is loaded first.

One thing (a service's facts, one rating) is a row of segments, each a value that holds from one edition's day up to
another's. A statement of a day replaces what held on it, until the next day on which something else is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True)
class Mark:
    """An edition and its day, at which something begins or ends."""

    day: date
    edition_id: int


@dataclass(frozen=True)
class Segment(Generic[Value]):
    """A value that holds from one mark up to another; without a second one, still. `row` is its number, if stored."""

    value: Value
    begins: Mark
    ends: Mark | None = None
    row: int | None = None

    def holds_on(self, day: date) -> bool:
        """True when the value holds on the day."""
        return self.begins.day <= day and (self.ends is None or day < self.ends.day)


def woven(
    segments: Sequence[Segment[Value]], value: Value | None, at: Mark, later: Mark | None = None
) -> list[Segment[Value]]:
    """The segments, by the day they begin, with the statement that `value` held at a mark; None says that nothing did.

    `later` is the first edition of a later day that speaks of the same thing: what it found is what holds already, so
    the statement reaches no further. Segments that are unchanged are the same objects.
    """
    held = next((one for one in segments if one.holds_on(at.day)), None)
    if (None if held is None else held.value) == value:
        return sorted(segments, key=_begin)
    until = _first(later, *(one.begins for one in segments if one.begins.day > at.day))
    done = [one for one in segments if one is not held]
    if held is not None:
        done.append(replace(held, ends=at))
        if until is not None and (held.ends is None or until.day < held.ends.day):
            done.append(Segment(held.value, until, held.ends))
            held = None
    if value is not None:
        ends = until if held is None else _first(until, *([held.ends] if held.ends else []))
        done.append(Segment(value, at, ends))
    return sorted(done, key=_begin)


def _first(*marks: Mark | None) -> Mark | None:
    return min((mark for mark in marks if mark is not None), key=lambda mark: mark.day, default=None)


def _begin(segment: Segment[Value]) -> tuple[date, bool]:
    # Of two that begin on one day, the one that was replaced on it holds on no day, and comes first.
    return segment.begins.day, segment.ends is None or segment.ends.day > segment.begins.day
