"""One sheet of a file as rows of text, whatever the file's format."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from quality.cqc.following import Following

# The number a spreadsheet shows beside the row, and its cells.
Row = tuple[int, list[str]]

TOP_ROWS = (
    100  # Where headings, and the lines above them, are looked for. CQC has put at most six lines above.
)


@dataclass(frozen=True)
class Sheet:
    """A sheet (a CSV file has one, without a name): its first rows, and a way to read it from the top."""

    name: str | None
    top: list[Row]
    # All rows from the top. Below the row it is given, that of the headings, cells must not be merged or be formulas.
    rows: Callable[[int], Iterator[Row]]
    spreadsheet: bool  # True where a cell can be a date or a number, and a row ends at its last cell that is not blank.
    # Like `rows`, passing over what is as it was in an earlier file; none where a file cannot be followed so.
    follow: Callable[[int, Following], Iterator[Row]] | None = None

    def place(self, row: int) -> str:
        """The beginning of a sentence about one row."""
        return f'In row {row} of the sheet "{self.name}"' if self.name else f"In row {row}"

    def top_texts(self) -> Iterable[str]:
        """Every cell of the first rows."""
        return chain.from_iterable(cells for _, cells in self.top)


class Source(Protocol):
    """A file that was opened and found to be of a format we read."""

    @property
    def format(self) -> str:
        """`csv`, `csv.gz`, `xlsx` or `ods`."""

    @property
    def names(self) -> tuple[str, ...]:
        """The file's name, and that of what was packed in it."""

    @property
    def warnings(self) -> list[str]:
        """What the person should know about the file, in sentences."""

    def sheets(self) -> Iterable[Sheet]:
        """Its sheets in order, no more of them read than are asked for."""
