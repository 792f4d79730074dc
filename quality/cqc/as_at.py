"""The day a file speaks of: its as-at date, which is not the day it was published or loaded."""

import calendar
import re
from collections.abc import Iterable
from datetime import date

from quality.cqc.errors import CqcFileError

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_DAY = rf"(\d{{1,2}})[\s_.-]*({'|'.join(_MONTHS)})[\s_.,-]*(\d{{4}})(?!\d)"
_IN_NAME = re.compile(r"(?<!\d)" + _DAY, re.IGNORECASE)
_IN_TEXT = re.compile(r"\b(?:as at|produced on)\s+" + _DAY, re.IGNORECASE)


def from_file_name(name: str) -> date | None:
    """The date in a name like `01_February_2021_Latest_ratings.ods`; None when there is none."""
    return _date(_IN_NAME.search(name.replace("%20", " ")))


def from_texts(texts: Iterable[str]) -> date | None:
    """The date of the first line like `Source: CQC database as at 01 October 2026`; None when there is none."""
    return next((day for text in texts if (day := _date(_IN_TEXT.search(text)))), None)


def agreed(*, told: date | None, in_name: date | None, in_file: date | None, today: date) -> date | None:
    """The as-at date of a file: what the person told us, else what the file says of itself, else what its name says.

    CqcFileError when the file and its name disagree and nobody told us, or when the date is still to come.
    """
    if told is None and in_name and in_file and in_name != in_file:
        raise CqcFileError(
            f"The file's name says {in_words(in_name)} and the file itself says it is as at {in_words(in_file)}: "
            "please say which is right by giving the as-at date when you load it."
        )
    day = told or in_file or in_name
    if day and day > today:
        raise CqcFileError(f"The file's as-at date, {in_words(day)}, is still to come.")
    return day


def overruled(*, told: date | None, in_name: date | None, in_file: date | None) -> list[str]:
    """A sentence for each date that the person's own has overruled."""
    return [
        f"{where} says {in_words(day)}; the date you gave, {in_words(told)}, was used."
        for where, day in (("The file", in_file), ("The file's name", in_name))
        if told and day and day != told
    ]


def in_words(day: date) -> str:
    """The date as people write it: 1 October 2026."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _date(found: re.Match[str] | None) -> date | None:
    if not found:
        return None
    try:
        return date(int(found[3]), _MONTHS[found[2].casefold()], int(found[1]))
    except ValueError:
        return None
