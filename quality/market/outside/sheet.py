"""A small CSV file by its headings, and what its cells can hold; every refusal names the row and the column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from quality.cqc.errors import letters, quoted
from quality.market.models.outside import ONS_CODE
from quality.market.outside.told import OutsideFileError

# How official statistics mark a cell without a number: Government Analysis Function, symbols in spreadsheets.
MARKERS = {"[c]": "confidential", "[x]": "not available", "[z]": "not applicable"}
_WHOLE = re.compile(r"([0-9]{1,7})(?:\.0+)?")
_PERCENT = re.compile(r"[0-9]{1,3}(?:\.([0-9]{1,6}))?")


@dataclass(frozen=True)
class Cells:
    """One row of a file, whose cells are asked for by heading. `number` counts from 1, the headings' row."""

    number: int
    texts: list[str]
    columns: dict[str, int]
    name: str = ""  # Of the area, once it is known.

    def text(self, heading: str) -> str:
        """What stands under a heading, without the spaces around it."""
        return self.texts[self.columns[heading]].strip()

    def wrong(self, heading: str, why: str) -> OutsideFileError:
        """A refusal of one cell: the sentence ends with why, and without a full stop."""
        column = f"column {letters(self.columns[heading])} ({heading})"
        return OutsideFileError(f"{self.place}, {column}, is {quoted(self.text(heading))}, {why}.")

    @property
    def place(self) -> str:
        """The row in words."""
        return f"Row {self.number} ({self.name})" if self.name else f"Row {self.number}"

    def needed(self, heading: str, longest: int) -> str:
        """Text that must be there. OutsideFileError when it is not, or is too long, or holds invisible characters."""
        value = self.text(heading)
        if not value or len(value) > longest or not value.isprintable():
            raise self.wrong(heading, f"where there must be 1 to {longest} ordinary characters")
        return value

    def area_code(self, heading: str) -> str | None:
        """An ONS code; none where [z] says that the area has none."""
        value = self.text(heading)
        if value == "[z]":
            return None
        if not ONS_CODE.fullmatch(value):
            raise self.wrong(
                heading, "which is not an ONS code like E10000012, nor [z] for an area without one"
            )
        return value

    def whole(self, heading: str) -> int | None:
        """A whole number, of which a spreadsheet may have made 371.0; none where a marker stands."""
        value = self.text(heading)
        if value in MARKERS:
            return None
        found = _WHOLE.fullmatch(value)
        if not found:
            raise self.wrong(heading, f"where there must be a whole number or one of {', '.join(MARKERS)}")
        return int(found[1])

    def percent(self, heading: str) -> tuple[str, int] | None:
        """A figure from 0 to 100 as it stands, and with how many decimals; none where a marker stands."""
        value = self.text(heading)
        if value in MARKERS:
            return None
        found = _PERCENT.fullmatch(value)
        if not found or Fraction(value) > 100:
            raise self.wrong(
                heading, f"where there must be a number from 0 to 100 or one of {', '.join(MARKERS)}"
            )
        return value, len(found[1] or "")


def read_headings(name: str, text: str) -> list[str]:
    """The headings of a CSV file. OutsideFileError when one stands over two columns or there are none."""
    headings = [cell.strip() for cell in next(_rows(name, text), [])]
    if not any(headings):
        raise OutsideFileError(f"{name} holds no headings: nothing is written in its first row.")
    first: dict[str, int] = {}
    for position, heading in enumerate(headings):
        if heading and first.setdefault(heading, position) != position:
            columns = f"{letters(first[heading])} and {letters(position)}"
            raise OutsideFileError(
                f"Row 1, the heading {quoted(heading)} stands over two columns, {columns}."
            )
    return headings


def read_cells(name: str, text: str, headings: list[str]) -> list[Cells]:
    """The rows below the headings, without empty ones. OutsideFileError when one is cut off, or none is there."""
    columns = {heading: position for position, heading in enumerate(headings) if heading}
    rows = []
    for number, texts in enumerate(_rows(name, text), 1):
        if number == 1 or not any(cell.strip() for cell in texts):
            continue
        if len(texts) != len(headings):
            raise OutsideFileError(
                f"Row {number} has {len(texts)} cells, and there are {len(headings)} headings: it may be cut off."
            )
        rows.append(Cells(number, texts, columns))
    if not rows:
        raise OutsideFileError(f"{name} has headings, and no row below them.")
    return rows


def _rows(name: str, text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    read = 0
    try:
        for row in reader:
            read += 1
            yield row
    except csv.Error as error:
        raise OutsideFileError(f"{name}, row {read + 1}, is not proper CSV: {error}.") from None
