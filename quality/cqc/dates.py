"""Dates as CQC writes them, and as a spreadsheet program leaves them after somebody has saved the file again."""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from quality.cqc.cells import text_or_none
from quality.cqc.errors import BadValue, CqcFileError, quoted

# CQC's own ratings begin in 2014; those of the regulators before it a few years earlier.
EARLIEST = date(2000, 1, 1)

_TIME = r"(?:[ T,-]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M|Z|[+-]\d{2}:?\d{2})?)?"
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})" + _TIME, re.IGNORECASE)
_NAMED_MONTH = re.compile(r"(\d{1,2})[/ -]([A-Z]{3})[/ -](\d{4})" + _TIME, re.IGNORECASE)
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})" + _TIME, re.IGNORECASE)
_DAY_NUMBER = re.compile(r"(\d{5})(?:\.\d+)?")
# Day 1 is 1 January 1900, and spreadsheets count a 29 February 1900 that never was.
_DAY_ZERO = date(1899, 12, 30)
# So many different real dates, none after the 12th of its month, do not happen by chance (one in ten thousand).
_TOO_MANY_TO_BE_CHANCE = 10
_UNSETTLED = (
    "No date under {} shows whether its day or its month comes first, so they were read as DD/MM/YYYY."
)


@dataclass
class DateColumn:
    """One column of dates, whose order of day and month is judged over the whole column.

    A spreadsheet program with American settings writes CQC's DD/MM/YYYY back as MM/DD/YYYY. One such date cannot be
    told from the other, the column can: a part above 12 is a day.
    """

    heading: str  # As the file has it.
    latest: date
    latest_words: str  # What `latest` is, to end the sentence "which is after …".
    cells: Callable[
        [], Iterator[tuple[int, str]]
    ]  # Row number and text of every cell of the column, from the top.
    earliest: date = EARLIEST
    has_real_dates: bool = False  # True for spreadsheets, whose cells can be dates rather than text.
    warnings: list[str] = field(default_factory=list)
    _day_first: bool | None = None
    _settled_by: int = 0  # The row that settled the order; 0 when none did.
    _real_dates: int = 0
    _late_real_dates: int = 0
    _texts: int = 0
    _either_way_texts: int = 0

    def parse(self, text: str) -> date | None:
        """The date in a cell, None when it is blank. BadValue when it is impossible, too early or after `latest`."""
        stripped = text_or_none(text)
        if stripped is None:
            return None
        day = self._read(stripped)
        if day < self.earliest:
            raise BadValue(f"which is before the year {self.earliest.year}")
        if day > self.latest:
            raise BadValue(f"which is after {self.latest_words}")
        return day

    def check_whole_column(self) -> None:
        """Call when every cell was parsed. CqcFileError when a spreadsheet program has swapped days and months.

        Opening a CSV with American settings turns the text 05/06/2020 into the real date 6 May and leaves 25/06/2020 as
        text; the sign of it is that no real date is after the 12th, and every text is.
        """
        if self._late_real_dates or self._either_way_texts or not self._texts:
            return
        if self.has_real_dates and self._real_dates >= _TOO_MANY_TO_BE_CHANCE:
            raise CqcFileError(
                f"Some dates under {quoted(self.heading)} are real dates, none later than the 12th of a month, and "
                "the others are text: a spreadsheet program has swapped day and month, so please load the file as "
                "CQC published it."
            )

    @property
    def way(self) -> str:
        """How the dates seen are written, all of them: `real`, `day first`, nothing when none was seen, or `unsure`.

        Only the first two, seen again in the same cells of a later file, are sure to mean the same days.
        """
        if not self._texts:
            return "real" if self._real_dates else ""
        return "day first" if self._day_first and self._settled_by and not self._real_dates else "unsure"

    def _read(self, text: str) -> date:
        if found := _SLASHES.fullmatch(text):
            return self._read_slashes(int(found[1]), int(found[2]), int(found[3]))
        if found := _NAMED_MONTH.fullmatch(text):
            return _existing(int(found[3]), _MONTHS.get(found[2].casefold(), 0), int(found[1]))
        if found := _ISO.fullmatch(text):
            day = _existing(int(found[1]), int(found[2]), int(found[3]))
        elif found := _DAY_NUMBER.fullmatch(text):
            day = _DAY_ZERO + timedelta(days=int(found[1]))
        else:
            raise BadValue("which is not a date like 29/05/2026 or 2026-05-29")
        self._real_dates += 1
        self._late_real_dates += day.day > 12
        return day

    def _read_slashes(self, first: int, second: int, year: int) -> date:
        if self._day_first is None:
            self._settle()
        day_first = _day_comes_first(first, second)
        self._texts += 1
        self._either_way_texts += day_first is None
        if day_first is not None and day_first != self._day_first:
            ways = ("DD/MM/YYYY", "MM/DD/YYYY")
            raise BadValue(
                f"which can only be {ways[not day_first]}, but the date in row {self._settled_by} can only be "
                f"{ways[day_first]}, and the column must be one or the other"
            )
        return _existing(year, second, first) if self._day_first else _existing(year, first, second)

    def _settle(self) -> None:
        for row, text in self.cells():
            found = _SLASHES.fullmatch(text.strip())
            if found and (day_first := _day_comes_first(int(found[1]), int(found[2]))) is not None:
                self._day_first, self._settled_by = day_first, row
                return
        self._day_first = True
        if (warning := _UNSETTLED.format(quoted(self.heading))) not in self.warnings:
            self.warnings.append(warning)


def _day_comes_first(first: int, second: int) -> bool | None:
    """True or False when one part above 12 tells which is the day; None when neither does, or both."""
    return None if (first > 12) == (second > 12) else first > 12


def _existing(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadValue("which is not a date that exists") from None
