"""The map of services: the shape says CQC's rating, the tone how old it is. On an open outline, without tiles."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quality.charts.canvas import Sheet, make_sheet, say_empty, write
from quality.charts.counts import services
from quality.charts.crowding import apart
from quality.charts.projection import Projection, project
from quality.charts.shapes import Point, lines, polygon
from quality.charts.style import BAND_EDGE, EDGE, INK, OWN, PAPER, QUIET, RULE, SMALL_SIZE
from quality.charts.told import Chart, Drawn, Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.path import Path

__all__ = ["Map", "Mark"]

RATINGS: Final = ("Not rated", "Outstanding", "Good", "Requires improvement", "Inadequate")
AGES: Final = ("Under 1 year", "1 to 3 years", "Over 3 years", "Age not known")
_TONES: Final = (OWN, BAND_EDGE, PAPER, PAPER)
_LAND: Final = "#f1f3f4"
_LEGEND = 206.0
_APART, _FARTHEST = 12.5, 60.0
_EMPTY = "There is no service whose place is known, so there is nothing on the map."


@dataclass(frozen=True)
class Mark:
    """One service: its place in degrees, its rating from 1, Outstanding, to 4, Inadequate, or 0, and its age."""

    name: str
    longitude: float
    latitude: float
    rating: int
    years: float | None = None

    @property
    def age(self) -> int:
        """The place of its age among `AGES`."""
        return 3 if self.years is None else (self.years >= 1) + (self.years > 3)


@dataclass(frozen=True, kw_only=True)
class Map(Chart):
    """Services on the outline of their area: rings of (longitude, latitude), or none.

    `not_placed` services have no known place and are told of under the map. Raises ValueError for a place that is none
    on the Earth, and for another rating.
    """

    title: str
    source: str
    as_at: str
    marks: tuple[Mark, ...]
    outline: tuple[tuple[Point, ...], ...] = ()
    not_placed: int = 0

    def __post_init__(self) -> None:
        """Hold every mark to the Earth and to the ratings there are."""
        for mark in self.marks:
            if not (-180 <= mark.longitude <= 180 and -85 <= mark.latitude <= 85):
                raise ValueError(f"{mark.name} has no place on a map: {mark.longitude}, {mark.latitude}.")
            if mark.rating not in range(len(RATINGS)):
                raise ValueError(f"{mark.name} has the rating {mark.rating}, which is none from 0 to 4.")

    @property
    def description(self) -> str:
        """How many services of each rating, and how old the ratings are."""
        if not self.marks:
            return " ".join([_EMPTY, *self._notes])
        ratings = Counter(mark.rating for mark in self.marks)
        ages = Counter(mark.age for mark in self.marks if mark.rating)
        told = [f"{RATINGS[rating]} {ratings[rating]:,}" for rating in (1, 2, 3, 4, 0) if ratings[rating]]
        old = [f"{AGES[age]} {ages[age]:,}" for age in range(len(AGES)) if ages[age]]
        words = [f"A map of {services(len(self.marks))}: {', '.join(told)}."]
        words += [f"Age of the rating: {', '.join(old)}."] if old else []
        return " ".join([*words, *self._notes])

    @property
    def _notes(self) -> tuple[str, ...]:
        if not self.not_placed:
            return ()
        one = self.not_placed == 1
        return (f"{services(self.not_placed)} of unknown place {'is' if one else 'are'} not on the map.",)

    def table(self) -> Table:
        """How many services have which rating, by its age."""
        held = Counter((mark.rating, mark.age) for mark in self.marks)
        rows = []
        for rating in (1, 2, 3, 4, 0):
            counts = [held[rating, age] for age in range(len(AGES))]
            by_age = [f"{count:,}" for count in counts] if rating else [""] * len(AGES)
            rows.append((RATINGS[rating], *by_age, f"{sum(counts):,}"))
        return ("CQC’s rating", *AGES, "All"), tuple(rows)

    def draw(self) -> Drawn:
        """The outline, the marks with nothing on nothing, the key and a scale."""
        if not self.marks:
            return Drawn(self._sheet(120, EDGE, "").figure)
        places = [(mark.longitude, mark.latitude) for mark in self.marks]
        shape = project([*places, *(point for ring in self.outline for point in ring)])
        sheet = self._sheet(shape.height_for(800 - 2 * EDGE - _LEGEND), EDGE + _LEGEND, self._measure)
        spots = shape.on(sheet)
        rings = [[spots.place(point) for point in ring] for ring in self.outline if len(ring) > 2]
        polygon(sheet.figure, rings, fill=_LAND, edge=RULE, order=0)
        told = _marks(sheet.figure, self.marks, [spots.place(place) for place in places])
        _key(sheet, self.marks)
        _scale_bar(sheet, spots)
        return Drawn(sheet.figure, told)

    @property
    def _measure(self) -> str:
        number = services(len(self.marks))
        return f"Each mark is a service, {number} in all; the shape is CQC’s overall rating, the tone its age"

    def _sheet(self, height: float, right: float, measure: str) -> Sheet:
        moved = ("Where marks would cover each other they stand side by side, near their place.",)
        notes = (*(moved if self.marks else ()), *self._notes)
        sheet = make_sheet(
            title=self.title, source=self.source, as_at=self.as_at, measure=measure, plot_height=height,
            left=EDGE, right=right, below=34 if self.marks else 12, notes=notes,
        )  # fmt: skip
        if self.marks:
            sheet.axes.set_axis_off()
        else:
            say_empty(sheet, _EMPTY)
        return sheet


def _marks(figure: Figure, marks: Sequence[Mark], spots: Sequence[Point]) -> dict[str, list[str]]:
    """The marks, side by side, with what each says when it is pointed at."""
    order = sorted(range(len(marks)), key=lambda i: (-marks[i].rating, spots[i], marks[i].name))
    moved = apart([spots[i] for i in order], _APART, _FARTHEST)
    groups: dict[tuple[int, int], list[tuple[Point, str]]] = {}
    for i, spot in zip(order, moved, strict=True):
        mark = marks[i]
        groups.setdefault((mark.rating, mark.age if mark.rating else 2), []).append((spot, _says(mark)))
    for (rating, age), held in sorted(groups.items()):
        _line(figure, [spot for spot, _ in held], rating, age, gid=f"marks{rating}{age}")
    return {f"marks{rating}{age}": [words for _, words in held] for (rating, age), held in groups.items()}


def _says(mark: Mark) -> str:
    return f"{mark.name}: {RATINGS[mark.rating]}" + (f", {AGES[mark.age].lower()}" if mark.rating else "")


def _line(figure: Figure, spots: Sequence[Point], rating: int, age: int, gid: str | None = None) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415 - loaded only when a chart is drawn
    from matplotlib.transforms import IdentityTransform  # noqa: PLC0415

    across, up = [x for x, _ in spots], [y for _, y in spots]
    size = {0: 8.0, 1: 13.0, 2: 9.4, 3: 11.0, 4: 9.4}[rating]
    figure.add_artist(
        Line2D(
            across, up, linestyle="none", marker=_shape(rating), markersize=size, markerfacecolor=_TONES[age],
            markeredgecolor=INK, markeredgewidth=1.1, transform=IdentityTransform(), gid=gid, zorder=3,
        )
    )  # fmt: skip
    if age == 3:
        figure.add_artist(
            Line2D(
                across,
                up,
                linestyle="none",
                marker="o",
                markersize=2,
                color=INK,
                transform=IdentityTransform(),
                zorder=4,
            )
        )


def _shape(rating: int) -> str | Path:
    """A star, a circle, a triangle, a square, as on the ratings' timeline; a dash for what has no rating."""
    from matplotlib.path import Path  # noqa: PLC0415

    if rating == 1:
        turns = [math.pi / 2 + math.pi * number / 5 for number in range(10)]
        reach = [1.0 if number % 2 == 0 else 0.45 for number in range(10)]
        points = [(r * math.cos(turn), r * math.sin(turn)) for r, turn in zip(reach, turns, strict=True)]
        return Path([*points, points[0]], closed=True)
    if rating == 0:
        return Path([(-1, -0.35), (1, -0.35), (1, 0.35), (-1, 0.35), (-1, -0.35)], closed=True)
    return {2: "o", 3: "^", 4: "s"}[rating]


def _key(sheet: Sheet, marks: Sequence[Mark]) -> None:
    """Beside the map: each shape and each tone that is on it, with how many."""
    ratings = Counter(mark.rating for mark in marks)
    ages = Counter(mark.age for mark in marks if mark.rating)
    left, right, y = sheet.right + 20, sheet.right + _LEGEND, sheet.top - 14
    shown = [(rating, 1 if rating else 2, RATINGS[rating], ratings[rating]) for rating in (1, 2, 3, 4, 0)]
    tones = [(2, age, words, ages[age]) for age, words in enumerate(AGES) if age < 3 or ages[age]]
    for heading, entries in (("CQC’s rating", shown), ("Age of the rating", tones if ages else [])):
        if not entries:
            continue
        write(sheet.figure, left - 8, y, heading, bold=True, size=SMALL_SIZE)
        for rating, age, words, count in entries:
            y -= 23
            _line(sheet.figure, [(left, y + 4.5)], rating, age)
            write(sheet.figure, left + 14, y, words, size=SMALL_SIZE)
            write(sheet.figure, right, y, f"{count:,}", size=SMALL_SIZE, ink=QUIET, side="right")
        y -= 36


def _scale_bar(sheet: Sheet, spots: Projection) -> None:
    """A round number of kilometres, at most a quarter of the map's width."""
    room = (sheet.right - sheet.left) / 4 / spots.per_km
    ten = 10 ** math.floor(math.log10(room))
    km = next(ten * part for part in (5, 2, 1) if ten * part <= room)
    y, left = sheet.bottom - 14, sheet.left + 1
    right = left + km * spots.per_km
    lines(sheet.figure, [((left, y + 5), (left, y), (right, y), (right, y + 5))], ink=QUIET, width=1.4)
    write(sheet.figure, right + 8, y - 3, f"{km:g} km", size=SMALL_SIZE, ink=QUIET)
