"""The agreement matrix: one scale down, another across, and how many services each pair of words has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.charts.canvas import Sheet, make_sheet, say_empty, write
from quality.charts.counts import services
from quality.charts.labels import Box
from quality.charts.shapes import Point, lines, polygon
from quality.charts.style import BAND_EDGE, EDGE, INK, PAPER, QUIET, RULE, SMALL_SIZE, TEXT_SIZE
from quality.charts.told import Chart, Drawn, Table
from quality.charts.words import percent, wrap

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["AgreementMatrix"]

Cell = tuple[int, int]
_LEFT, _TOTALS = 176.0, 76.0
_HEIGHT, _WIDEST, _HEAD, _FOOT = 58.0, 138.0, 70.0, 34.0
_EMPTY = "There is no service that both have judged, so there is nothing to compare."


@dataclass(frozen=True, kw_only=True)
class AgreementMatrix(Chart):
    """How many services have which row's word and which column's; `counts` has a row for each row.

    `rows_are` and `columns_are` say whose scale it is: "The council’s judgement", "CQC’s rating". `agreed` are the
    cells (row, column, from 0) in which the two agree: the diagonal unless given. Raises ValueError when the counts
    have another form, or the scales are of different lengths and no cells are given.
    """

    title: str
    source: str
    as_at: str
    rows_are: str
    columns_are: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    agreed: frozenset[Cell] | None = None

    def __post_init__(self) -> None:
        """Hold the counts to the two scales."""
        if [len(row) for row in self.counts] != [len(self.columns)] * len(self.rows):
            raise ValueError("The counts must have one number for each pair of words.")
        if self.agreed is None and len(self.rows) != len(self.columns):
            raise ValueError("Two scales of different lengths agree only where it is said which cells agree.")

    @property
    def n(self) -> int:
        """Of how many services."""
        return sum(map(sum, self.counts))

    @property
    def cells(self) -> frozenset[Cell]:
        """Where the two agree."""
        return self.agreed if self.agreed is not None else frozenset((i, i) for i in range(len(self.rows)))

    @property
    def measure(self) -> str:
        """How often the two agree."""
        agreed = sum(self.counts[row][column] for row, column in self.cells)
        share = f" ({percent(agreed / self.n)})" if self.n else ""
        return f"In the outlined cells the two agree: {agreed:,} of {services(self.n)}{share}"

    @property
    def description(self) -> str:
        """How often the two agree, and every pair of words that some service has."""
        if not self.n:
            return _EMPTY
        pairs = [
            f"{self.rows_are} {row}, {self.columns_are} {column}: {self.counts[i][j]:,}."
            for i, row in enumerate(self.rows)
            for j, column in enumerate(self.columns)
            if self.counts[i][j]
        ]
        return " ".join([f"{self.measure}.", *pairs])

    def table(self) -> Table:
        """A row for each row, with sums."""
        heads = (f"{self.rows_are}, by {self.columns_are}", *self.columns, "All")
        sums = [sum(row[j] for row in self.counts) for j in range(len(self.columns))]
        rows = [
            (name, *(f"{count:,}" for count in row), f"{sum(row):,}")
            for name, row in zip(self.rows, self.counts, strict=True)
        ]
        return heads, (*rows, ("All", *(f"{one:,}" for one in sums), f"{self.n:,}"))

    def draw(self) -> Drawn:
        """Cells the darker the fuller, always with their number; a thick line around those that agree."""
        sheet = make_sheet(
            title=self.title,
            source=self.source,
            as_at=self.as_at,
            measure=self.measure if self.n else "",
            plot_height=_HEAD + _HEIGHT * len(self.rows) + _FOOT if self.n else 120,
            left=_LEFT if self.n else EDGE,
            right=EDGE,
            below=8,
        )
        if not self.n:
            say_empty(sheet, _EMPTY)
            return Drawn(sheet.figure)
        sheet.axes.set_axis_off()
        grid = _Grid.on(sheet, len(self.columns))
        self._cells(sheet.figure, grid)
        self._heads(sheet.figure, grid)
        self._sums(sheet.figure, grid)
        lines(sheet.figure, _outline(self.cells, grid), ink=INK, width=3, order=2)
        return Drawn(sheet.figure)

    def _cells(self, figure: Figure, grid: _Grid) -> None:
        most = max(map(max, self.counts))
        for i, row in enumerate(self.counts):
            for j, count in enumerate(row):
                box = grid.box(i, j)
                corners = (
                    (box.left, box.bottom),
                    (box.right, box.bottom),
                    (box.right, box.top),
                    (box.left, box.top),
                )
                polygon(figure, [corners], fill=_tint(count / most), edge=RULE)
                x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2 - 6
                agrees = (i, j) in self.cells
                write(
                    figure,
                    x,
                    y,
                    f"{count:,}",
                    size=17,
                    bold=agrees,
                    ink=INK if count else QUIET,
                    side="center",
                )

    def _heads(self, figure: Figure, grid: _Grid) -> None:
        middle = (grid.left + grid.box(0, len(self.columns) - 1).right) / 2
        write(figure, middle, grid.top + 50, self.columns_are, bold=True, side="center")
        for number, line in enumerate(wrap(self.rows_are, _LEFT - EDGE - 12, bold=True, at_most=2)):
            write(figure, EDGE, grid.top + 24 - number * 18, line, bold=True)
        for j, name in enumerate(self.columns):
            box = grid.box(0, j)
            _stacked(figure, (box.left + box.right) / 2, grid.top + 19, name, grid.wide - 8, side="center")
        for i, name in enumerate(self.rows):
            box = grid.box(i, 0)
            _stacked(figure, EDGE, (box.bottom + box.top) / 2, name, _LEFT - EDGE - 12, side="left")

    def _sums(self, figure: Figure, grid: _Grid) -> None:
        right = grid.box(0, len(self.columns) - 1).right + _TOTALS / 2
        write(figure, right, grid.top + 14, "All", ink=QUIET, side="center")
        for i, row in enumerate(self.counts):
            box = grid.box(i, 0)
            write(figure, right, (box.bottom + box.top) / 2 - 5, f"{sum(row):,}", ink=QUIET, side="center")
        y = grid.box(len(self.rows) - 1, 0).bottom - 22
        write(figure, EDGE, y, "All", ink=QUIET)
        for j in range(len(self.columns)):
            box = grid.box(0, j)
            total = sum(row[j] for row in self.counts)
            write(figure, (box.left + box.right) / 2, y, f"{total:,}", ink=QUIET, side="center")
        write(figure, right, y, f"{self.n:,}", ink=QUIET, bold=True, side="center")


@dataclass(frozen=True)
class _Grid:
    left: float
    top: float
    wide: float

    @classmethod
    def on(cls, sheet: Sheet, columns: int) -> _Grid:
        """Cells as wide as there is room for."""
        return cls(
            sheet.left, sheet.top - _HEAD, min((sheet.right - sheet.left - _TOTALS) / columns, _WIDEST)
        )

    def box(self, row: int, column: int) -> Box:
        """The room of a cell."""
        left, top = self.left + column * self.wide, self.top - row * _HEIGHT
        return Box(left, top - _HEIGHT, left + self.wide, top)


def _stacked(figure: Figure, x: float, y: float, words: str, room: float, *, side: str) -> None:
    """Words in at most two lines around a height."""
    some = wrap(words, room, SMALL_SIZE if side == "center" else TEXT_SIZE, at_most=2)
    size = SMALL_SIZE if side == "center" else TEXT_SIZE
    for number, line in enumerate(some):
        down = (number - (len(some) - 1) / 2) * 17 + 0.36 * size
        write(figure, x, y - down, line, size=size, side=side)


def _tint(part: float) -> str:
    """From paper to the deepest tint on which dark words are read well: at least 4.5 to 1."""
    deepest, paper = (_channels(BAND_EDGE), _channels(PAPER))
    mixed = [round(light + (dark - light) * 0.75 * part) for light, dark in zip(paper, deepest, strict=True)]
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _outline(cells: frozenset[Cell], grid: _Grid) -> list[tuple[Point, Point]]:
    """The edges between cells that agree and others."""
    found = []
    for row, column in sorted(cells):
        box = grid.box(row, column)
        corners = (box.left, box.bottom), (box.left, box.top), (box.right, box.top), (box.right, box.bottom)
        beside = ((row, column - 1), (row - 1, column), (row, column + 1), (row + 1, column))
        for place, neighbour in enumerate(beside):
            if neighbour not in cells:
                found.append((corners[place], corners[(place + 1) % 4]))
    return found
