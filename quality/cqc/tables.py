"""The table of a file, below its headings: its rows as wide as the headings, and what is said of one that is wrong."""

from collections.abc import Iterable, Iterator
from itertools import dropwhile

from quality.cqc.cells import Parse
from quality.cqc.errors import BadValue, CqcFileError, quoted
from quality.cqc.following import Following
from quality.cqc.headings import Headings
from quality.cqc.sheets import Row


class Table:
    """One table whose headings were found."""

    def __init__(self, headings: Headings) -> None:
        self.headings = headings
        self.width = len(headings.texts)
        self._spreadsheet = headings.sheet.spreadsheet

    def below(self, following: Following | None = None) -> Iterator[Row]:
        """Every row below the headings, as wide as the file has it; following an earlier file, those that differ."""
        first, sheet = self.headings.row, self.headings.sheet
        rows = sheet.follow(first, following) if sheet.follow and following else sheet.rows(first)
        return dropwhile(lambda row: row[0] <= first, rows)

    def column(self, position: int) -> Iterator[tuple[int, str]]:
        """The number of each row, and its cell in this column."""
        for number, cells in self.below():
            yield number, cells[position] if position < len(cells) else ""

    def fitted(self, number: int, cells: list[str]) -> list[str]:
        """The row's cells, as many as there are headings; none for a blank row."""
        if is_blank(cells):
            return []
        place = self.headings.sheet.place(number)
        if any(map(str.strip, cells[self.width :])):
            raise CqcFileError(f"{place}, there are {len(cells)} cells under {self.width} headings.")
        if len(cells) < self.width and not self._spreadsheet:
            raise CqcFileError(
                f"{place}, there are {len(cells)} cells under {self.width} headings: "
                "the file may have been cut off there, so please download it again."
            )
        return cells[: self.width] + [""] * (self.width - len(cells))

    def refusal(self, number: int, cells: list[str], columns: Iterable[tuple[int, Parse]]) -> CqcFileError:
        """What is said of a row of which a value is wrong: the first that the parse of its column does not take."""
        place = self.headings.sheet.place(number)
        for position, parse in columns:
            value = cells[position].strip()
            try:
                parse(value)
            except BadValue as bad:
                said = f"is {quoted(value)}, {bad.reason}" if value else "is blank, and every row needs it"
                return CqcFileError(f"{place}, {quoted(self.headings.texts[position])} {said}.")
        return CqcFileError(f"{place}, a value is not as it must be.")


def is_blank(cells: list[str]) -> bool:
    """True when nothing is written in the row."""
    return not any(map(str.strip, cells))
