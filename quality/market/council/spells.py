"""Spells: the times during which a service stood below good, with the council or with CQC, or at one rating."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

__all__ = ["Span", "spans"]

Row = TypeVar("Row")


@dataclass(frozen=True)
class Span(Generic[Row]):
    """From the day something began to be so up to the day it was so no longer; `end` is none while it still is.

    `began_with` is what began it, `ended_with` what ended it.
    """

    begin: date
    end: date | None
    began_with: Row
    ended_with: Row | None


def spans(steps: Iterable[tuple[date, bool | None, Row]]) -> list[Span[Row]]:
    """The spells of these steps, oldest first: each says from which day something is so, or is not (false).

    A step that says neither (none) changes nothing.
    """
    found: list[Span[Row]] = []
    begun: tuple[date, Row] | None = None
    for day, is_so, row in steps:
        if is_so and begun is None:
            begun = (day, row)
        elif is_so is False and begun is not None:
            found.append(Span(begun[0], day, begun[1], row))
            begun = None
    if begun is not None:
        found.append(Span(begun[0], None, begun[1], None))
    return found
