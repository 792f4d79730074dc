"""The day that a page about the council's own work is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from quality.core.clock import today
from quality.core.errors import Refused
from quality.core.pages import day as in_words
from quality.people.sign_in import current_person
from quality.services.as_at import first_day
from quality.services.as_at_form import AsAtForm

__all__ = ["AskedDay", "asked_day", "refused"]


@dataclass(frozen=True)
class AskedDay:
    """A day that figures can be given as at, and whose council asks."""

    form: AsAtForm
    council: int
    day: date

    @property
    def address(self) -> dict[str, Any]:
        """The day as an address's query string holds it."""
        return {"as_at": self.day.isoformat()}


def asked_day() -> AskedDay:
    """The day of the address; today where it asks for none. Refused, with a sentence, for one that cannot be had."""
    form = AsAtForm.of_address()
    council = current_person().local_authority_id
    if not form.is_filled_in:
        form.as_at.data = today()
        form.as_at.typed = {}
        return AskedDay(form, council, today())
    if not form.validate():
        raise Refused("")  # The field says what is wrong.
    day, first = form.as_at.data, first_day()
    if day > today():
        raise Refused(f"{in_words(day)} has not come yet. The newest figures are as at {in_words(today())}.")
    if first is not None and day < first:
        raise Refused(
            f"The first edition of CQC’s data held here is of {in_words(first)}: nothing is known of an earlier day. "
            f"Ask as at {in_words(first)} or later."
        )
    return AskedDay(form, council, day)


def refused(refusal: Refused) -> ResponseReturnValue:
    """The page that says why, with what was typed."""
    form = AsAtForm.of_address()
    form.validate()
    if refusal.sentence:
        form.as_at.errors = [*form.as_at.errors, refusal.sentence]
    return render_template("market/council/refused.html", form=form), 422
