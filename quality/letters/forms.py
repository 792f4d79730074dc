"""The form that asks by which day an answer is wanted; sent as an address, since making a letter changes nothing."""

from __future__ import annotations

from datetime import date, timedelta

from flask import request
from wtforms import ValidationError

from quality.core.clock import today
from quality.core.forms import DateField, HouseForm

__all__ = ["AnswerByForm"]

# A day further away than this is a slip of the finger in the year.
_FURTHEST = timedelta(days=366)


class AnswerByForm(HouseForm):
    """The day by which a letter asks for an answer."""

    by = DateField("Answer by", required="Enter the day by which you ask for an answer")

    class Meta:
        csrf = False

    def validate_by(self, field: DateField) -> None:
        """A letter asks for nothing in the past."""
        if field.data and not today() <= field.data <= today() + _FURTHEST:
            raise ValidationError("The day must be today or later, and within a year")

    @classmethod
    def of_address(cls, usual: date) -> AnswerByForm:
        """The form as the address of the present request fills it in; the usual day where it asks for none."""
        return cls(request.args if any(name.startswith("by-") for name in request.args) else None, by=usual)

    @property
    def address(self) -> dict[str, int]:
        """The day as an address has it, so that every form of the letter asks for the same one."""
        if not isinstance(self.by.data, date):
            return {}
        return {f"by-{part}": getattr(self.by.data, part) for part in self.by.parts}
