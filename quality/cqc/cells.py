"""What the text of one cell means, by the kind of column it stands in."""

import re
from collections.abc import Callable
from typing import Any

from quality.cqc.errors import BadValue

_BLANKS = frozenset({"", "-", "*"})
# A control character has no place in a name, and PostgreSQL refuses the first of them outright.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Ids of NHS trusts may be three letters, RJX; a Y or N in the wrong column is too short to pass for one.
_IDENTIFIER = re.compile(r"(?=.*[0-9]|.{3})[A-Z0-9]+(?:-[A-Z0-9]+)*")
_YES_OR_NO = {"y": True, "n": False}
_REMEMBERED = 10_000
_PHONE = re.compile(r"[1-9][0-9]{8,9}")
_WHOLE = re.compile(r"([0-9]{1,5})(?:\.0+)?")
_NUMBER = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,20})?(?:E-[0-9]{1,2})?")
_MOST_BEDS = 5_000  # The largest hospitals have under 3,000.

Parse = Callable[[str], Any]


class Memo(dict[Any, Any]):
    """What each different text of a column means, worked out once, for columns that hold few different texts.

    It forgets everything when it is full, so that memory stays flat whatever the file holds.
    """

    def __init__(self, parse: Callable[[Any], Any]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, text: Any) -> Any:
        if len(self) >= _REMEMBERED:
            self.clear()
        value = self[text] = self._parse(text)
        return value


def text_or_none(text: str) -> str | None:
    """The text without the spaces around it; None when it is blank or one of CQC's marks for blank, `-` and `*`."""
    stripped = text.strip()
    if stripped in _BLANKS:
        return None
    # Asking whether all of it is printable is quick, but a name may rightly hold a line break or a hard space.
    if not stripped.isprintable() and _CONTROL.search(stripped):
        raise BadValue("which holds an invisible control character")
    return stripped


def required_text(text: str) -> str:
    """The text without the spaces around it. BadValue when it is blank."""
    stripped = text_or_none(text)
    if stripped is None:
        raise BadValue("where there must be something")
    return stripped


def identifier(text: str) -> str:
    """A CQC id, kept as text: mostly `1-` and digits, but the NHS has ones like `RJ999`. BadValue for anything else."""
    if _IDENTIFIER.fullmatch(text) and len(text) <= 30:
        return text  # Nearly every one is as it should be already.
    stripped = required_text(text)
    if len(stripped) > 30 or not _IDENTIFIER.fullmatch(stripped):
        if len(stripped) <= 30 and _IDENTIFIER.fullmatch(stripped.upper()):
            raise BadValue("which is not a CQC id as CQC writes it: its letters must be capital letters")
        raise BadValue(
            "which is not a CQC id: those are capital letters, digits and hyphens, like 1-900000001 or RX99"
        )
    return stripped


def yes_or_no(text: str) -> bool | None:
    """True for Y, False for N, None when blank. BadValue for anything else."""
    stripped = text_or_none(text)
    if stripped is None:
        return None
    answer = _YES_OR_NO.get(stripped.casefold())
    if answer is None:
        raise BadValue("where there must be Y, N or nothing")
    return answer


def identifier_or_none(text: str) -> str | None:
    """A CQC id, or None when the cell is blank."""
    return None if text_or_none(text) is None else identifier(text)


def phone(text: str) -> str | None:
    """A telephone number as text. One of nine or ten digits has lost its 0 in a spreadsheet, and gets it back."""
    stripped = text_or_none(text)
    if stripped is None:
        return None
    digits = stripped.replace(" ", "").removesuffix(".0")
    return f"0{digits}" if _PHONE.fullmatch(digits) else stripped


def company_number(text: str) -> str | None:
    """A Companies House number: eight characters, of which a spreadsheet program drops the zeros in front."""
    stripped = text_or_none(text)
    if stripped is None:
        return None
    digits = stripped.removesuffix(".0")
    return digits.zfill(8) if digits.isdecimal() else stripped


def beds(text: str) -> int | None:
    """A whole number of beds. BadValue for anything else."""
    stripped = text_or_none(text)
    if stripped is None:
        return None
    found = _WHOLE.fullmatch(stripped)
    if not found or int(found[1]) > _MOST_BEDS:
        raise BadValue(f"where there must be a whole number of beds, {_MOST_BEDS:,} at most")
    return int(found[1])


def latitude(text: str) -> float | None:
    """Degrees north. BadValue outside England: it lies between Scilly and Berwick."""
    return _degrees(text, 49.8, 55.9, "latitude")


def longitude(text: str) -> float | None:
    """Degrees east. BadValue outside England: it lies between Scilly and Lowestoft."""
    return _degrees(text, -6.6, 1.8, "longitude")


def _degrees(text: str, least: float, most: float, what: str) -> float | None:
    stripped = text_or_none(text)
    if stripped is None:
        return None
    number = float(stripped) if _NUMBER.fullmatch(stripped) else None
    if number is None or not least <= number <= most:
        raise BadValue(f"which is not a {what} in England: those are between {least} and {most}")
    return number
