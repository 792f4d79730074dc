"""The mix of ratings: one strip for each group, all of one length, cut by how many of its services have which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quality.charts.canvas import Sheet, make_sheet, say_empty, spread, write
from quality.charts.counts import services
from quality.charts.labels import Box
from quality.charts.shapes import CROSSED, RISING, Look, block, lines, plate
from quality.charts.style import BAND_EDGE, EDGE, OWN, PAPER, QUIET, RULE, SMALL_SIZE, TEXT_SIZE
from quality.charts.told import Chart, Drawn, Table
from quality.charts.words import percent, shorten, width_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Mix", "MixRow"]

_LEFT = 216.0
_PITCH, _STRIP, _HEAD = 50.0, 27.0, 40.0
_LOOKS: Final = {
    "Outstanding": Look(OWN, words=PAPER),
    "Good": Look(BAND_EDGE),
    "Requires improvement": RISING,
    "Inadequate": CROSSED,
    "Not rated": Look(),
}


@dataclass(frozen=True)
class MixRow:
    """How many services of one group have which rating."""

    name: str
    outstanding: int
    good: int
    requires_improvement: int
    inadequate: int
    not_rated: int

    @property
    def counts(self) -> tuple[int, ...]:
        """From the best rating to none."""
        return self.outstanding, self.good, self.requires_improvement, self.inadequate, self.not_rated


@dataclass(frozen=True, kw_only=True)
class Mix(Chart):
    """Strips from top to bottom as given; `kind` is what a row is, as the table heads it: "Type of service"."""

    title: str
    source: str
    as_at: str
    rows: tuple[MixRow, ...]
    kind: str = "Group"

    @property
    def description(self) -> str:
        """Each group with its numbers."""
        told = [f"{row.name}: {_in_words(row)}." for row in self.rows]
        return (
            " ".join(["Strips of the same length, one for each group, cut by rating.", *told])
            if told
            else _EMPTY
        )

    def table(self) -> Table:
        """A row for each group, with the share of every rating beside its number."""
        rows = [
            (row.name, f"{sum(row.counts):,}", *(_with_share(count, sum(row.counts)) for count in row.counts))
            for row in self.rows
        ]
        return (self.kind, "Services", *_LOOKS), tuple(rows)

    def draw(self) -> Drawn:
        """The strips under their key, over a scale in quarters."""
        sheet = make_sheet(
            title=self.title,
            source=self.source,
            as_at=self.as_at,
            measure="Services by CQC’s overall rating: each strip is all of its group, and the numbers count them",
            plot_height=_HEAD + _PITCH * max(len(self.rows), 2),
            left=_LEFT,
            right=EDGE,
            below=28,
        )
        if not self.rows:
            say_empty(sheet, _EMPTY)
            return Drawn(sheet.figure)
        sheet.axes.set_axis_off()
        _key(sheet)
        for place, row in enumerate(self.rows):
            _row(sheet, sheet.top - _HEAD - place * _PITCH, row)
        _scale(sheet)
        return Drawn(sheet.figure)


_EMPTY = "There is no service to show."


def _in_words(row: MixRow) -> str:
    parts = [
        f"{count:,} {name.lower() if name == 'Not rated' else name}"
        for name, count in zip(_LOOKS, row.counts, strict=True)
    ]
    return f"of {services(sum(row.counts))}, {', '.join(parts)}"


def _with_share(count: int, n: int) -> str:
    return f"{count:,} ({percent(count / n)})" if n else f"{count:,}"


def _key(sheet: Sheet) -> None:
    left, y = EDGE, sheet.top - 8
    for name, look in _LOOKS.items():
        block(sheet.figure, Box(left, y - 2, left + 24, y + 12), look)
        write(sheet.figure, left + 31, y, name)
        left += 31 + width_of(name) + 22


def _row(sheet: Sheet, top: float, row: MixRow) -> None:
    figure, n = sheet.figure, sum(row.counts)
    write(figure, EDGE, top - 12, shorten(row.name, _LEFT - EDGE - 14), bold=False)
    write(figure, EDGE, top - 28, services(n), size=SMALL_SIZE, ink=QUIET)
    if not n:
        write(figure, sheet.left, top - 18, "No services", ink=QUIET)
        return
    outside: list[tuple[float, str]] = []
    scale, so_far = (sheet.right - sheet.left) / n, 0
    for look, count in zip(_LOOKS.values(), row.counts, strict=True):
        if count:
            ends = sheet.left + so_far * scale, sheet.left + (so_far + count) * scale
            so_far += count
            outside += _part(figure, Box(ends[0], top - _STRIP, ends[1], top), look, f"{count:,}")
    _below(sheet, top - _STRIP, outside)


def _part(figure: Figure, box: Box, look: Look, words: str) -> list[tuple[float, str]]:
    """One rating's part of a strip; returned is its number where it has no room inside."""
    block(figure, box, look)
    middle = (box.left + box.right) / 2
    if width_of(words) + 6 > box.right - box.left:
        return [(middle, words)]
    y = box.bottom + (_STRIP - TEXT_SIZE * 0.73) / 2
    if look.slopes:
        plate(figure, middle, y, words, TEXT_SIZE)
    write(figure, middle, y, words, ink=look.words, side="center")
    return []


def _below(sheet: Sheet, bottom: float, numbers: list[tuple[float, str]]) -> None:
    """The numbers without room in the strip, under it in the same order, each with a leader to its part."""
    if not numbers:
        return
    apart = max(width_of(words, SMALL_SIZE) for _, words in numbers) + 6
    places = spread([x for x, _ in numbers], apart, sheet.left, sheet.right - apart / 2)
    for (x, words), place in zip(numbers, places, strict=True):
        lines(sheet.figure, [((x, bottom), (place, bottom - 5))], ink=RULE)
        write(sheet.figure, place, bottom - 15, words, size=SMALL_SIZE, side="center")


def _scale(sheet: Sheet) -> None:
    y = sheet.bottom - 2
    for quarter in range(5):
        x = sheet.left + (sheet.right - sheet.left) * quarter / 4
        lines(sheet.figure, [((x, y), (x, y + 5))], ink=RULE)
        side = {0: "left", 4: "right"}.get(quarter, "center")
        write(sheet.figure, x, y - 14, f"{quarter * 25}%", size=SMALL_SIZE, ink=QUIET, side=side)
