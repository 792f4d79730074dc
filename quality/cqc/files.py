"""An opened file of CQC's: what it is, what it says of itself, and its rows, which are read only when asked for."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from quality.cqc.as_at import in_words
from quality.cqc.dates import EARLIEST, DateColumn
from quality.cqc.following import Following
from quality.cqc.rows import PublishedRating, RatingRow, ServiceRow
from quality.cqc.sheets import Source
from quality.cqc.tables import Table

# The Care Standards Act and the registers before it: no registration that still counts began earlier.
EARLIEST_REGISTRATION = date(1990, 1, 1)
LATEST_RATINGS = "latest_ratings_locations"
REGISTER = "register"
DEACTIVATED = "deactivated"
DIRECTORY = "directory"
API = "api"


@dataclass
class CqcFile(ABC):
    """One of CQC's files, its headings found and its rows not read yet."""

    sha256: str
    file_name: str
    format: str  # `csv`, `csv.gz`, `xlsx` or `ods`; `csv.zip` and the like for one that was in a ZIP archive.
    kind: str  # LATEST_RATINGS, REGISTER, DEACTIVATED or DIRECTORY.
    as_at: date
    headings: tuple[str, ...]
    warnings: list[str]
    told: frozenset[str]  # The fields of ServiceRow that this very file has columns for.
    table: Table = field(repr=False)
    source: Source = field(repr=False)
    rows_read: int = 0

    @abstractmethod
    def rows(self, following: Following | None = None) -> Iterator[RatingRow] | Iterator[ServiceRow]:
        """Every row in the file's order, checked; `rows_read` counts them. CqcFileError at the first that is not right.

        The rows before it have been given out by then: whoever stores them must take them back. Following an earlier
        file, those that are as they were are counted and not given out; NotFollowed when that cannot be done.
        """

    def provider_rows(self) -> Iterator[tuple[str, str, PublishedRating]]:
        """Id and name of each provider that was rated as a whole, with the rating. Few files have any."""
        yield from ()

    def date_column(self, table: Table, heading: str, earliest: date = EARLIEST) -> DateColumn:
        """The dates under a heading, judged over the whole column."""
        position = table.headings.positions[heading]
        return DateColumn(
            heading=table.headings.texts[position],
            latest=self.as_at,
            latest_words=f"the file's as-at date, {in_words(self.as_at)}",
            cells=lambda: table.column(position),
            earliest=earliest,
            has_real_dates=table.headings.sheet.spreadsheet,
            warnings=self.warnings,
        )
