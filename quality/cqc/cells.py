"""What the text of one cell means, by the kind of column it stands in."""

import re
from collections.abc import Callable
from typing import Any

from quality.cqc.errors import BadValue

_BLANKS = frozenset({"", "-", "*"})
# A control character has no place in a name, and PostgreSQL refuses the first of them outright.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_IDENTIFIER = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_YES_OR_NO = {"y": True, "n": False}
_REMEMBERED = 10_000

Parse = Callable[[str], Any]


class Memo(dict[str, Any]):
    """What each different text of a column means, worked out once, for columns that hold few different texts.

    It forgets everything when it is full, so that memory stays flat whatever the file holds.
    """

    def __init__(self, parse: Parse) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, text: str) -> Any:
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
    stripped = required_text(text)
    if len(stripped) > 30 or not _IDENTIFIER.fullmatch(stripped):
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
