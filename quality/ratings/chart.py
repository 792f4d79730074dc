"""Where everything stands on the timeline chart of ratings: arithmetic in the units of the drawing, and nothing else.

The first lane has a level for each of the four ratings; below it stand one-line lanes, for service groups or key
questions. Breaks are lines through all lanes, numbered at the top. What a text covers is estimated, generously.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise, product
from textwrap import wrap
from typing import NamedTuple

from quality.cqc import RatingWord
from quality.ratings.chart_parts import (
    LEFT,
    RIGHT,
    WIDTH,
    Box,
    Chart,
    Flag,
    Given,
    Lane,
    Level,
    Line,
    Mark,
    Name,
    Parting,
    Text,
    Tick,
)

# Best on top, as people expect of a scale; whatever is no rating has the level below.
LEVELS = (
    RatingWord.OUTSTANDING,
    RatingWord.GOOD,
    RatingWord.REQUIRES_IMPROVEMENT,
    RatingWord.INADEQUATE,
)
_LEVEL_HEIGHT = 46
_LANE_HEIGHT = 40
_FLAG_HEIGHT = 30
_FLAG_REACH = 14  # Half the width of a break's number.
_MARK_REACH = 12
_LETTER, _WORD = 8.8, 5  # A text of 16 units is seldom wider than its letters and this for their capital.
_LONGEST_NAME = 23
_AXIS_HEIGHT = 34
_YEAR_STEPS = (1, 2, 5, 10, 20)
_YEAR_ROOM = 56
_BEFORE = 22  # A break stands so far before the rating that it parts from earlier ones.
_GAP = 7  # A line is open on both sides of a break.


@dataclass(frozen=True)
class Scale:
    """Days as places across the chart."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day stands; days outside the scale stand at its ends."""
        whole = (self.last - self.first).days
        share = (day - self.first).days / whole
        return round(LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0), 1)

    def between(self, parting: Parting) -> float:
        """Where a break is drawn: shortly before the later day, but not nearer to the earlier one."""
        after, before = self.x(parting.after), self.x(parting.before)
        return round(max((after + before) / 2, before - _BEFORE), 1) if after < before else before

    def ticks(self) -> list[Tick]:
        """The beginnings of years, as many as have room for their number."""
        years = range(self.first.year, self.last.year + 1)
        a_year = (RIGHT - LEFT) * 365.25 / (self.last - self.first).days
        step = next((step for step in _YEAR_STEPS if step * a_year >= _YEAR_ROOM), _YEAR_STEPS[-1])
        return [
            Tick(self.x(date(year, 1, 1)), year)
            for year in years
            if year % step == 0 and self.first <= date(year, 1, 1)
        ]


def scale_of(days: Iterable[date], until: date) -> Scale:
    """A scale of at least a year from the beginning of the first day's year to `until`."""
    first = min((*days, until))
    return Scale(date(min(first.year, until.year - 1), 1, 1), until)


def draw(main: Lane, lanes: Sequence[Lane], breaks: Sequence[Parting], until: date) -> Chart:
    """The chart up to and including a day. A break is numbered from 1, in the order given."""
    days = [given.on for lane in (main, *lanes) for given in lane.given]
    scale = scale_of((*days, *(day for parting in breaks for day in parting)), until)
    flags, top = _flags(scale, breaks)
    has_none = any(not given.word.is_rating for given in main.given)
    words: tuple[RatingWord | None, ...] = (*LEVELS, None) if has_none else LEVELS
    levels = [Level(top + _LEVEL_HEIGHT * (place + 0.75), word) for place, word in enumerate(words)]
    under = levels[-1].y + _LEVEL_HEIGHT * 0.75
    names = [_name(lane.name, under + _LANE_HEIGHT * place) for place, lane in enumerate(lanes)]
    bottom = under + _LANE_HEIGHT * len(lanes)
    drawing = _Drawing(scale, Box(LEFT, top, WIDTH, bottom), [flag.x for flag in flags])
    drawing.add_main(main.given, {level.word: level.y for level in levels})
    for lane, name in zip(lanes, names, strict=True):
        drawing.add_lane(lane.given, name.y)
    return Chart(
        height=bottom + _AXIS_HEIGHT,
        top=top,
        bottom=bottom,
        ticks=scale.ticks(),
        levels=levels,
        names=names,
        lines=drawing.lines,
        marks=drawing.labelled(),
        flags=flags,
    )


def _flags(scale: Scale, breaks: Sequence[Parting]) -> tuple[list[Flag], float]:
    """The numbers of the breaks, in as many rows as keep them apart, and where the lanes begin below them."""
    flags: list[Flag] = []
    for number, parting in enumerate(breaks, 1):
        x, row = scale.between(parting), 0
        taken = {flag.y for flag in flags if abs(flag.x - x) < 2 * _FLAG_REACH}
        while (y := _FLAG_HEIGHT * (row + 0.5)) in taken:
            row += 1
        flags.append(Flag(x, y, number))
    return flags, max((flag.y + _FLAG_HEIGHT / 2 for flag in flags), default=0)


def _name(name: str, top: float) -> Name:
    lines = wrap(name, _LONGEST_NAME, max_lines=2, placeholder="…")
    return Name(top, top + _LANE_HEIGHT / 2, tuple(lines))


@dataclass
class _Drawing:
    """Lines and marks, and the ground that is taken; labels are found a place for at the end."""

    scale: Scale
    room: Box
    breaks: list[float]
    lines: list[Line] = field(default_factory=list)
    _marks: list[tuple[Mark, tuple[str, ...], bool]] = field(default_factory=list)

    def add_main(self, given: Sequence[Given], levels: dict[RatingWord | None, float]) -> None:
        """The first lane: a rating holds along its level up to the next, with a line to it unless a break is there."""
        starts = [self.scale.x(one.on) for one in given]
        for one, x, end in zip(given, starts, [*starts[1:], RIGHT], strict=False):
            y = _y(one, levels)
            words = f"{one.word.words}, {one.on:%b %Y}", f"{one.on:%b %Y}"
            self._marks.append((Mark(x, y, one.word, one.is_former, None), words, True))
            self.lines += (Line(*piece, one.is_former) for piece in self._open(x, end, y))
        for before, after in pairwise(given):
            start, x = self.scale.x(before.on), self.scale.x(after.on)
            top, bottom = _y(before, levels), _y(after, levels)
            is_move = top != bottom and before.word.is_rating and after.word.is_rating
            if is_move and not any(start <= place <= x for place in self.breaks):
                self.lines.append(Line(x, top, x, bottom, before.is_former))

    def add_lane(self, given: Sequence[Given], y: float) -> None:
        """A lane of one line: marks only."""
        for one in given:
            mark = Mark(self.scale.x(one.on), y, one.word, one.is_former, None)
            self._marks.append((mark, (one.word.words,), False))

    def _open(self, x1: float, x2: float, y: float) -> Iterator[tuple[float, float, float, float]]:
        """The pieces of a level line that breaks leave of it."""
        for place in sorted(place for place in self.breaks if x1 < place < x2):
            if place - _GAP > x1:
                yield x1, y, place - _GAP, y
            x1 = place + _GAP
        if x2 > x1:
            yield x1, y, x2, y

    def labelled(self) -> list[Mark]:
        """The marks by date, with their labels, newest first served; one that no label has room beside keeps none."""
        taken = list(self._taken())
        done = []
        for mark, words, is_main in sorted(self._marks, key=lambda one: -one[0].x):
            places = _AROUND if is_main else _BESIDE
            labels = (_label(mark, place, text) for text, place in product(words, places))
            label = next((one for one in labels if self._is_free(_box(one), taken)), None)
            if label is not None:
                taken.append(_box(label))
            done.append(mark._replace(label=label))
        return done[::-1]

    def _taken(self) -> Iterator[Box]:
        for mark, _, _ in self._marks:
            yield Box(mark.x - _MARK_REACH, mark.y - _MARK_REACH, mark.x + _MARK_REACH, mark.y + _MARK_REACH)
        for line in self.lines:
            top, bottom = sorted((line.y1, line.y2))
            yield Box(line.x1 - 2, top - 1, line.x2 + 2, bottom + 1)
        for x in self.breaks:
            yield Box(x - 3, self.room.top, x + 3, self.room.bottom)

    def _is_free(self, box: Box, taken: Sequence[Box]) -> bool:
        is_inside = box.left >= self.room.left and box.right <= self.room.right and box.top >= self.room.top
        if not is_inside:
            return False
        left, top, right, bottom = box
        return not any(x < right and left < z and y < bottom and top < w for x, y, z, w in taken)


def _y(given: Given, levels: dict[RatingWord | None, float]) -> float:
    return levels[given.word] if given.word.is_rating else levels[None]


class _Place(NamedTuple):
    """Where a label stands to its mark: how far right and down, and how it is anchored there."""

    right: float
    down: float
    anchor: str


_ABOVE, _BELOW, _LEVEL_WITH = -16, 27, 5.5
_AROUND = tuple(
    _Place(right, down, anchor)
    for right, anchor in ((0, "middle"), (-8, "start"), (8, "end"), (5, "start"), (-5, "end"))
    for down in (_ABOVE, _BELOW)
)
_BESIDE = (_Place(16, _LEVEL_WITH, "start"), _Place(-16, _LEVEL_WITH, "end"))


def _label(mark: Mark, place: _Place, words: str) -> Text:
    return Text(round(mark.x + place.right, 1), mark.y + place.down, place.anchor, words)


def _box(label: Text) -> Box:
    """The ground that a text covers, from its top to just under its base line."""
    width = len(label.words) * _LETTER + _WORD
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    return Box(left, label.y - 13, left + width, label.y + 4)
