"""The form that asks for a day: what was known then is shown. It is sent as an address, so that it can be shared."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import request
from werkzeug.datastructures import MultiDict

from quality.core.forms import DateField, HouseForm

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


class AsAtForm(HouseForm):
    """A day, from three boxes or from `as_at=2026-03-27`. Reading changes nothing, so it needs no token."""

    as_at = DateField("As at", required="Enter a day, like 27 3 2026")

    class Meta:
        csrf = False

    @classmethod
    def of_address(cls) -> AsAtForm:
        """The form as the address of the present request fills it in."""
        asked = request.args
        return cls(MultiDict(_in_boxes(asked["as_at"])) if "as_at" in asked else asked)

    @property
    def is_asked(self) -> bool:
        """True when the address asks for a day at all."""
        return bool(self.as_at.typed)


def _in_boxes(text: str) -> Mapping[str, str]:
    """A day in one text as the three boxes have it; anything else stands in the first box, where it is refused."""
    found = _ISO.fullmatch(text.strip())
    year, month, day = found.groups() if found else ("", "", text)
    return {"as_at-day": day.lstrip("0"), "as_at-month": month.lstrip("0"), "as_at-year": year}
