"""A list of contracted services as people paste it: CQC ids, and beside each its days from and to where known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from quality.core.errors import Invalid
from quality.core.pages import day as in_words
from quality.cqc.dates import DateColumn
from quality.cqc.errors import BadValue

__all__ = ["MOST_IDS", "UNDATED", "Days", "Line", "read_lines"]

MOST_IDS = 500
_EARLIEST, _LATEST = date(1948, 1, 1), date(2200, 12, 31)
# People paste columns of a spreadsheet, or a list with commas.
_CELLS = re.compile(r"[\t,;|]")
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
_DAY = rf"\d{{4}}-\d{{2}}-\d{{2}}{_TIME}|\S*/\S*{_TIME}|\d{{1,2}}[ -][A-Za-z]{{3,9}}[ -]\d{{4}}{_TIME}"
_WORDS = re.compile(rf"(?P<day>{_DAY})|\S+")
_MONTH = re.compile(r"[A-Za-z]{4,9}")


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included.

    Without a first day it is not known since when, without a last it goes on.
    """

    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def words(self) -> str:
        """As a sentence tells them: "from 1 April 2024 to 31 March 2026"."""
        if self.starts_on and self.ends_on:
            return f"from {in_words(self.starts_on)} to {in_words(self.ends_on)}"
        if self.starts_on:
            return f"from {in_words(self.starts_on)}"
        return (
            f"until {in_words(self.ends_on)}, since when is not known"
            if self.ends_on
            else "since an unknown day"
        )

    def has(self, day: date) -> bool:
        """True where a day is among them."""
        return (self.starts_on or day) <= day <= (self.ends_on or day)

    def check(self) -> Days:
        """The same, where the last day is not before the first; Invalid otherwise."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise Invalid("ends_on", "The last day must be the same as or after the first day")
        return self


UNDATED = Days()


@dataclass(frozen=True, slots=True)
class Line:
    """A CQC id, in capitals, and the days of its contract; none where the list does not give any."""

    cqc_id: str
    days: Days | None = None

    @property
    def text(self) -> str:
        """The line again, so that `read_lines` reads the same."""
        if self.days is None or self.days == UNDATED:
            return self.cqc_id
        days = (self.days.starts_on, self.days.ends_on)
        return ",".join([self.cqc_id, *(day.isoformat() if day else "" for day in days)])


@dataclass(frozen=True, slots=True)
class _Row:
    """A line taken apart: the words that may be ids, and the texts of the days with the cell that each stood in."""

    number: int
    ids: tuple[str, ...]
    days: tuple[tuple[int, str], ...]


def read_lines(text: str) -> list[Line]:
    """The CQC ids in a text with their days, each once. Invalid when there is none, more than 500, or a day is wrong.

    A line has any number of ids, or one id followed by its first and last day, of which either may be left empty. Days
    are read in the forms that CQC's files have; which of day and month comes first is judged over all of them.
    """
    rows = [row for row in _rows(text) if row.ids or row.days]
    column = DateColumn("From and To", _LATEST, "too far away", lambda: _texts(rows), _EARLIEST)
    found: dict[str, Line] = {}
    for row in rows:
        for line in _lines(row, column):
            if found.setdefault(line.cqc_id, line) != line:
                raise Invalid("ids", f"{line.cqc_id} is in the list twice, with different days")
    if not found:
        raise Invalid("ids", "Enter at least one CQC location ID, like 1-123456789")
    if len(found) > MOST_IDS:
        raise Invalid(
            "ids", f"Enter {MOST_IDS} CQC location IDs or fewer at once; you entered {len(found):,}"
        )
    return list(found.values())


def _rows(text: str) -> Iterator[_Row]:
    lines = text.replace("\0", " ").splitlines()
    for number, line in enumerate(lines, start=1):
        if number == 1 and len(lines) > 1 and not any(sign.isdigit() for sign in line):
            continue  # The headings of the columns.
        ids: list[str] = []
        days: list[tuple[int, str]] = []
        for place, cell in enumerate(_CELLS.split(line)):
            for word in _WORDS.finditer(cell.strip()):
                if word["day"]:
                    # CQC's files abbreviate months, people write them out.
                    days.append((place, _MONTH.sub(lambda month: month[0][:3], word[0])))
                else:
                    ids.append(word[0].upper())
        yield _Row(number, tuple(ids), tuple(days))


def _texts(rows: list[_Row]) -> Iterator[tuple[int, str]]:
    return ((row.number, text) for row in rows for _, text in row.days)


def _lines(row: _Row, column: DateColumn) -> Iterator[Line]:
    if not row.days:
        yield from (Line(cqc_id) for cqc_id in row.ids)
        return
    if len(row.ids) != 1 or len(row.days) > 2:
        raise Invalid(
            "ids", f"Line {row.number} must have one CQC location ID, and after it its first and its last day"
        )
    days: list[date | None] = []
    for _, text in row.days:
        try:
            days.append(column.parse(text))
        except BadValue as fault:
            raise Invalid("ids", f"Line {row.number} has the day “{text}”, {fault}") from None
    # One day alone is the last where the cell for the first was left empty.
    if len(days) == 1:
        days.insert(0 if row.days[0][0] > 1 else 1, None)
    try:
        yield Line(row.ids[0], Days(*days).check())
    except Invalid as error:
        raise Invalid("ids", f"Line {row.number}: {error.sentence[0].lower()}{error.sentence[1:]}") from None
