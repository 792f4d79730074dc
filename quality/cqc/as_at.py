"""The day a file speaks of: its as-at date, which is not the day it was published or loaded."""

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from quality.cqc.errors import CqcFileError

_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = rf"(\d{{1,2}})(?:st|nd|rd|th)?[\s_.-]*({_MONTH})[\s_.,-]*(\d{{4}})(?!\d)"
_IN_NAME = re.compile(r"(?<!\d)" + _DAY, re.IGNORECASE)
_ISO_IN_NAME = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_IN_TEXT = re.compile(r"\b(?:as at|produced on)\s+" + _DAY, re.IGNORECASE)
_FILE = "The file"
_NAMES = ("The file's name", "The name of what is packed in it")
_ASK = "please say which is right by giving the as-at date when you load it (--as-at)."


@dataclass
class Told:
    """The dates that were given for one file."""

    by_person: date | None
    names: tuple[date | None, ...] = ()  # In the file's name, and in that of what is packed in it.
    in_file: date | None = None

    def day(self, today: date) -> date:
        """The as-at date: what the person told us, else what the file says of itself, else what its name says.

        CqcFileError when nobody told us and they disagree or say nothing, or when the date is still to come.
        """
        said = list(self._said())
        other = next((one for one in said if one[1] != said[0][1]), None)
        if other and not self.by_person:
            (where, first), (one, its) = said[0], other
            raise CqcFileError(
                f"{one} says {in_words(its)} and {_in_a_sentence(where)} {in_words(first)}: {_ASK}"
            )
        day = self.by_person or (said[0][1] if said else None)
        if day is None:
            raise CqcFileError(
                "Neither the file nor its name says as at which day it is: "
                "give the day with --as-at, like --as-at 2026-06-30."
            )
        if day > today:
            raise CqcFileError(f"The file's as-at date, {in_words(day)}, is still to come.")
        return day

    def overruled(self) -> list[str]:
        """A sentence for each date that the person's own has overruled."""
        return [
            f"{where} says {in_words(day)}; the date you gave, {in_words(self.by_person)}, was used."
            for where, day in self._said()
            if self.by_person and day != self.by_person
        ]

    def _said(self) -> Iterator[tuple[str, date]]:
        if self.in_file:
            yield _FILE, self.in_file
        for where, day in zip(_NAMES, self.names, strict=False):
            if day:
                yield where, day


def from_file_name(name: str) -> date | None:
    """The date in a name like `01_February_2021_Latest_ratings.ods`; None when there is none."""
    if found := _ISO_IN_NAME.search(name):
        return _existing(int(found[1]), int(found[2]), int(found[3]))
    return _date(_IN_NAME.search(name.replace("%20", " ")))


def from_texts(texts: Iterable[str]) -> date | None:
    """The date of the first line like `Source: CQC database as at 01 October 2026`; None when there is none."""
    return next((day for text in texts if (day := _date(_IN_TEXT.search(text)))), None)


def in_words(day: date) -> str:
    """The date as people write it: 1 October 2026."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _in_a_sentence(where: str) -> str:
    return "the file itself says it is as at" if where == _FILE else f"{where[0].lower()}{where[1:]} says"


def _date(found: re.Match[str] | None) -> date | None:
    return _existing(int(found[3]), _MONTHS[found[2].casefold()], int(found[1])) if found else None


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
