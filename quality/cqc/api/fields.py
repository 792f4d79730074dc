"""The fields of a reply, each checked for its kind, so that an odd one is named in one sentence.

CQC leaves out what it has nothing for, and now and then writes null or an empty text instead: all three are None here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from quality.cqc.cells import identifier, required_text, text_or_none
from quality.cqc.errors import BadValue, CqcFileError, quoted

Meaning = TypeVar("Meaning")
Text = TypeVar("Text", str, str | None)

MOST_CHARACTERS = 255
MOST_OF_AN_ID = 20

# `2021-05-13`, or with a time of day after a T or a space.
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].{1,40})?")
# JSON can name half of a character that needs two numbers in UTF-16; no database takes it.
_HALF = re.compile(r"[\ud800-\udfff]")
_EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True)
class Fields:
    """One JSON object of a reply. `whose` names the reply, as in `location 1-900000001`; `path` leads to the object."""

    whose: str
    content: dict[str, Any]
    path: str = ""

    def text(self, name: str, most: int = MOST_CHARACTERS) -> str | None:
        """A text without the spaces around it; a number is taken as its digits."""
        return self._fitting(name, self.read(name, text_or_none), most)

    def required(self, name: str, most: int = MOST_CHARACTERS) -> str:
        """A text that must be there."""
        if self.content.get(name) is None:
            raise self.bad(name, "is missing")
        return self._fitting(name, self.read(name, required_text), most)

    def identifier(self, name: str) -> str:
        """A CQC id that must be there."""
        return self._fitting(name, self.read(name, identifier), MOST_OF_AN_ID)

    def day(self, name: str, *, earliest: date = _EARLIEST, latest: date = date.max) -> date | None:
        """A date, of which the time of day is left out."""
        text = self.text(name)
        return None if text is None else self.read(name, lambda _: _day(text, earliest, latest))

    def read(self, name: str, meaning: Callable[[str], Meaning]) -> Meaning:
        """What the text of a field means; an absent field is an empty text. CqcFileError when it means nothing."""
        value = self.content.get(name)
        if value is None:
            value = ""
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise self.bad(name, "is not a text or a number")
        text = str(value)
        if not text.isascii() and _HALF.search(text):
            raise self.bad(name, f"is {quoted(text)}, which holds half a character")
        try:
            return meaning(text)
        except BadValue as error:
            raise self.bad(name, f"is {quoted(text)}, {error.reason}") from error

    def inner(self, name: str) -> Fields | None:
        """The object in a field; None where it is absent or empty."""
        value = self.content.get(name)
        if value is not None and not isinstance(value, dict):
            raise self.bad(name, "is not an object")
        return Fields(self.whose, value, self._path_to(name)) if value else None

    def each(self, name: str) -> Iterator[Fields]:
        """The objects of the list in a field; none where it is absent."""
        value = self.content.get(name)
        if value is None:
            return
        if not isinstance(value, list):
            raise self.bad(name, "is not a list")
        for position, item in enumerate(value):
            if not isinstance(item, dict):
                raise self.bad(f"{name}[{position}]", "is not an object")
            yield Fields(self.whose, item, self._path_to(f"{name}[{position}]"))

    def bad(self, name: str, what: str) -> CqcFileError:
        """The sentence about a field that is not as it must be."""
        return CqcFileError(
            f'CQC\'s reply about {self.whose} cannot be used: "{self._path_to(name)}" {what}.'
        )

    def _fitting(self, name: str, text: Text, most: int) -> Text:
        # Nothing CQC publishes comes near; what is longer is a fault, and would not fit where it is stored.
        length = len(text or "")
        if length > most:
            raise self.bad(name, f"has {length:,} characters, and at most {most:,} are taken")
        return text

    def _path_to(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def _day(text: str, earliest: date, latest: date) -> date:
    found = _DAY.fullmatch(text)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if day is None:
        raise BadValue("which is not a date like 2026-05-29")
    if day < earliest:
        raise BadValue(f"which is before the year {earliest.year}")
    if day > latest:
        raise BadValue("which is in the future")
    return day
