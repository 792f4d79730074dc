"""What a paper is, before it has a form: plain data, so that no form can hold what another does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

__all__ = ["Cell", "Paper", "PaperTable", "Section"]

Cell = str | int | Decimal
"""What stands in a table: a number is written as one in a spreadsheet."""


@dataclass(frozen=True)
class PaperTable:
    """A table with its caption; the first cell of a row says what the row is of.

    `sheet` is its name in a spreadsheet. A printed paper shows no more than `most` rows and says how many there are:
    the spreadsheet has them all.
    """

    sheet: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    most: int = 200


@dataclass(frozen=True)
class Section:
    """A part of a paper: words, then a chart as SVG (empty for none), then tables."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    chart: str = ""
    tables: tuple[PaperTable, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A paper of a council as at a day. `made_at` is the moment it was made, with its time zone.

    `sources` say whose data it rests on, under which licence; `colour` is the council's.
    """

    title: str
    council: str
    colour: str
    as_at: date
    made_at: datetime
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    sources: tuple[str, ...]

    @property
    def tables(self) -> tuple[PaperTable, ...]:
        """All tables, in order."""
        return tuple(table for section in self.sections for table in section.tables)
