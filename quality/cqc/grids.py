"""Rows being put together from a spreadsheet's XML, within the limits."""

from quality.cqc.errors import CqcFileError, letters
from quality.cqc.limits import Limits
from quality.cqc.sheets import Row

DAMAGED = "the spreadsheet is damaged."
MERGED = "is merged with others: please load the file as CQC published it."
UNCOUNTED = "is a formula that was saved without its value: please load the file as CQC published it."
FAULTY = "holds an error of the spreadsheet program, {}, where there must be a value."


def whole_number(text: str) -> int:
    """A number counted from 0. ValueError for anything else, a negative one among them."""
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


class Grid:
    """Collects the cells of one row after another; blank cells at the end of a row, and blank rows, are left out."""

    def __init__(self, limits: Limits, sheet: str = "", headings: int | None = None) -> None:
        self.limits = limits
        self.sheet = sheet
        self.headings = (
            headings  # The row below which every cell must be one of a table; None while it is not known.
        )
        self.done: list[Row] = []
        self.cells: list[str] = []
        self.row = 0

    def put(self, position: int, value: str) -> None:
        """Put a value into a column of the present row, counted from 0, at the end of what is there or beyond it."""
        if gap := position - len(self.cells):
            if gap < 0:
                raise CqcFileError(f"The cells of row {self.row} are out of order: {DAMAGED}")
            if position < self.limits.columns:
                self.cells.extend([""] * gap)
        if position >= self.limits.columns:
            raise CqcFileError(f"Row {self.row} has more than {self.limits.columns} columns.")
        self.cells.append(value)

    def finish(self, times: int = 1) -> None:
        """The present row is complete, and stands there so many times."""
        first, self.row = self.row, self.row + times - 1
        if not self.cells:
            return
        if self.row > self.limits.rows:
            raise CqcFileError(f"The spreadsheet has more than {self.limits.rows:,} rows.")
        self.done.extend((row, self.cells) for row in range(first, self.row + 1))
        self.cells = []

    def refuse_below_headings(self, row: int, position: int, what: str) -> None:
        """CqcFileError about a cell, its column counted from 0, where it stands below the headings."""
        if self.headings is not None and row > self.headings:
            raise CqcFileError(
                f'In row {row} of the sheet "{self.sheet}", the cell in column {letters(position)} {what}'
            )

    def take(self) -> list[Row]:
        """The rows completed since the last call."""
        done, self.done = self.done, []
        return done

    def check_text(self, pieces: list[str]) -> None:
        """CqcFileError when the text being read has outgrown a cell."""
        if sum(map(len, pieces)) > self.limits.cell_characters + (1 << 16):
            most = f"{self.limits.cell_characters:,}"
            raise CqcFileError(f"In row {self.row}, a cell holds more than {most} characters.")
