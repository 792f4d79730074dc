"""The form that asks for a day: what was known then is shown. It is sent as an address, so that it can be shared."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import request
from werkzeug.datastructures import MultiDict

from quality.core.forms import DateField, HouseForm

# The day as an address that was shared has it, and as people write it into one.
_IN_ONE = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[ /.](?P<month>\d{1,2})[ /.](?P<year>\d{4})"),
)
_PARTS = ("day", "month", "year")
BOXES = tuple(f"as_at-{part}" for part in _PARTS)
"""What the three boxes are called in an address."""


class AsAtForm(HouseForm):
    """A day, from three boxes or from `as_at=2026-03-27`. Reading changes nothing, so it needs no token."""

    as_at = DateField("As at", required="Enter a day, like 27 3 2026")

    class Meta:
        csrf = False

    @classmethod
    def of_address(cls) -> AsAtForm:
        """The form as the address of the present request fills it in."""
        asked = request.args
        return cls(MultiDict(in_boxes(asked["as_at"])) if "as_at" in asked else asked)

    @property
    def is_asked(self) -> bool:
        """True when the address asks for a day at all, even with empty boxes."""
        return bool(self.as_at.typed)

    @property
    def is_filled_in(self) -> bool:
        """True when something stands in one of the boxes."""
        return any(self.as_at.typed.values())


def in_boxes(text: str) -> Mapping[str, str]:
    """A day in one text as the three boxes have it; anything else stands in the first box, where it is refused."""
    found = next((one for one in (form.fullmatch(text.strip()) for form in _IN_ONE) if one), None)
    parts = found.groupdict() if found else {"day": text}
    return {f"as_at-{part}": parts.get(part, "").lstrip("0") for part in _PARTS}
