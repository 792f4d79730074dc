"""The parts of the timeline chart of ratings: what goes into it, and what comes out in its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from quality.cqc import RatingWord

WIDTH = 960
LEFT = 232  # The names of lanes and levels stand left of it.
RIGHT = 936


@dataclass(frozen=True)
class Given:
    """One rating: when, which, and whether under another registration."""

    on: date
    word: RatingWord
    is_former: bool = False


class Parting(NamedTuple):
    """The days between which a break lies: after the one and not after the other, which may be the same."""

    after: date
    before: date

    def together(self, other: Parting) -> Parting | None:
        """The days between which one break for both can lie, if it can."""
        both = Parting(max(self.after, other.after), min(self.before, other.before))
        return both if both.after < both.before or self == other else None


@dataclass(frozen=True)
class Lane:
    """The ratings of one thing, oldest first."""

    name: str
    given: Sequence[Given]


class Tick(NamedTuple):
    """The beginning of a year."""

    x: float
    year: int


class Level(NamedTuple):
    """A level of the first lane; without a word, that of everything that is no rating."""

    y: float
    word: RatingWord | None


class Name(NamedTuple):
    """The name of a lane, in lines; `y` is the middle of the lane, and `top` the line that parts it off."""

    top: float
    y: float
    lines: tuple[str, ...]


class Text(NamedTuple):
    """A label: where it is anchored, and how (start, middle or end)."""

    x: float
    y: float
    anchor: str
    words: str


class Mark(NamedTuple):
    """One rating on the chart."""

    x: float
    y: float
    word: RatingWord
    is_former: bool
    label: Text | None


class Line(NamedTuple):
    """A piece of a line; `is_former` under another registration."""

    x1: float
    y1: float
    x2: float
    y2: float
    is_former: bool


class Flag(NamedTuple):
    """The number of a break, above its line."""

    x: float
    y: float
    number: int


class Box(NamedTuple):
    """What something covers."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Chart:
    """Everything that is drawn, in its place."""

    height: float
    top: float
    bottom: float
    ticks: list[Tick]
    levels: list[Level]
    names: list[Name]
    lines: list[Line]
    marks: list[Mark]
    flags: list[Flag]

    @property
    def grid(self) -> str:
        """The lines of the levels, as one path."""
        return "".join(f"M{LEFT},{level.y}H{WIDTH}" for level in self.levels)

    @property
    def edges(self) -> str:
        """The lines between the lanes."""
        return "".join(f"M0,{name.top}H{WIDTH}" for name in self.names)

    @property
    def axis(self) -> str:
        """The axis with a stroke for every year that is named."""
        strokes = "".join(f"M{tick.x},{self.bottom}v6" for tick in self.ticks)
        return f"M{LEFT},{self.bottom}H{WIDTH}{strokes}"

    @property
    def breaks(self) -> str:
        """The lines of the breaks, from their numbers down."""
        return "".join(f"M{flag.x},{flag.y + 12}V{self.bottom}" for flag in self.flags)

    @property
    def held(self) -> str:
        """The lines of what the service was given itself."""
        return _path(line for line in self.lines if not line.is_former)

    @property
    def held_before(self) -> str:
        """The lines of what was given under another registration."""
        return _path(line for line in self.lines if line.is_former)

    @property
    def has_former(self) -> bool:
        """True when something on it was given under another registration."""
        return any(mark.is_former for mark in self.marks)


def _path(lines: Iterable[Line]) -> str:
    return "".join(f"M{line.x1},{line.y1}L{line.x2},{line.y2}" for line in lines)
