"""What a page of the market is asked for: an area, a day, a scope, a rule, and whom to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectChoice, SelectField

from quality.core.clock import today
from quality.core.errors import Invalid, Refused
from quality.core.forms import LineField
from quality.market.areas.finding import find_area
from quality.market.areas.kinds import Area, NoLookup
from quality.market.figures.basis import Basis
from quality.market.figures.comparators import SIZE
from quality.market.figures.gathering import market
from quality.market.figures.market import Market, NothingHeld
from quality.market.figures.rules import DEFAULT, RULES, find_rule
from quality.market.figures.scopes import Kind, Scope, find_kind
from quality.people.sign_in import current_person
from quality.services.as_at_form import AsAtForm, in_boxes
from quality.services.queries import authority_name
from quality.services.search import specialisms

__all__ = [
    "Asked",
    "MarketForm",
    "asked_of",
    "blame",
    "form_of_address",
    "own_area_name",
    "refused",
    "refused_in_plain_text",
]


_ANY = [SelectChoice("", "Any specialism")]


class MarketForm(AsAtForm):
    """The choices above every figure, sent as an address, so that a figure can be shared with its choices."""

    area = LineField("Area", most=120)
    scope = SelectField(
        "Services", choices=[SelectChoice(kind.value, kind.words) for kind in Kind], default=Kind.ALL.value
    )
    rule = SelectField(
        "Counted by", choices=[SelectChoice(rule.key, rule.title) for rule in RULES], default=DEFAULT.key
    )
    specialism = SelectField("Specialism", choices=_ANY, default="")
    contracted = BooleanField("Contracted by us only")
    compare = SelectField("Compared with", default=SIZE)

    def chosen(self) -> dict[str, str]:
        """What was chosen and differs from the usual, as an address's query string holds it."""
        day = self.as_at.data
        words = {
            "area": self.area.data,
            "as_at": day.isoformat() if day else "",
            "scope": "" if self.scope.data == Kind.ALL.value else self.scope.data,
            "rule": "" if self.rule.data == DEFAULT.key else self.rule.data,
            "specialism": self.specialism.data,
            "contracted": "y" if self.contracted.data else "",
            "compare": "" if self.compare.data == SIZE else self.compare.data,
        }
        return {name: word for name, word in words.items() if word}


@dataclass(frozen=True)
class Asked:
    """An area that there is and the basis of its figures; whom to compare it with; and the market to ask."""

    market: Market
    area: Area
    basis: Basis
    compare: str
    form: MarketForm

    def address(self, endpoint: str, **changes: Any) -> str:
        """The address of another page about the same; with these changes, of which an empty one takes a word away."""
        own = {"name": self.area.code or self.area.name, "area": "", "as_at": self.basis.day.isoformat()}
        words: dict[str, Any] = {**self.form.chosen(), **own, **changes}
        return url_for(endpoint, **{key: word for key, word in words.items() if word})


def asked_of(name: str, form: MarketForm) -> Asked:
    """What the address asks for. Refused, with a sentence, where an area, a day, a scope or a rule cannot be had."""
    held, own = market(), current_person().local_authority_id
    day = held.check_day(_day(form))
    kind, rule = find_kind(form.scope.data or ""), find_rule(form.rule.data or "")
    # A word may have come in another spelling, such as a rule's without its version: the form shows which it is.
    form.scope.data, form.rule.data = kind.value, rule.key
    basis = Basis(day, Scope(kind, own if form.contracted.data else None, _specialism(form)), rule)
    return Asked(held, find_area(name, day, council_id=own), basis, form.compare.data or SIZE, form)


def _day(form: MarketForm) -> date:
    if not form.is_filled_in:
        return today()
    day: date | None = form.as_at.data
    if day is None:
        raise Invalid("as_at", " ".join(form.as_at.process_errors))
    return day


def _specialism(form: MarketForm) -> str:
    """The specialism that was chosen. Invalid for one that nobody told of: it would look as if no service had it."""
    name = form.specialism.data or ""
    if name not in {choice.value for choice in form.specialism.choices}:
        raise Invalid(
            "specialism", f"“{name}” is no specialism that CQC’s data here name. Choose one of them."
        )
    return name


def form_of_address(choices: list[tuple[str, str]]) -> MarketForm:
    """The form as the present address fills it in; `choices` are whom an area can be compared with."""
    asked = MultiDict(request.args)
    if "as_at" in asked:
        asked.update(in_boxes(asked["as_at"]))
    form = MarketForm(asked)
    form.compare.choices = [SelectChoice(*choice) for choice in choices]
    form.specialism.choices = [*_ANY, *(SelectChoice(name, name) for name in specialisms())]
    return form


def own_area_name() -> str:
    """The name of the council whose person is signed in."""
    return authority_name(current_person().local_authority_id)


def blame(form: MarketForm, refusal: Refused) -> None:
    """Put the sentence of a refusal on the field it is about; what names none is about the area."""
    name = refusal.field if isinstance(refusal, Invalid) else "area"
    field = form[name if name in form else "as_at"]
    field.errors = [*field.errors, refusal.sentence]


def refused(form: MarketForm, refusal: Refused) -> ResponseReturnValue:
    """The page that keeps what was chosen, with the sentence where it belongs; one of its own where nothing is held."""
    if isinstance(refusal, NothingHeld):
        return render_template("market/nothing_held.html")
    blame(form, refusal)
    return render_template("market/refused.html", form=form), 422


def refused_in_plain_text(refusal: Refused) -> Response:
    """The sentence for whoever asked for a file. It has in it what they typed, so it must never be taken for HTML.

    Where a lookup has to be loaded first, nothing is wrong with what they typed, and the status says so.
    """
    status = 409 if isinstance(refusal, NoLookup) else 422
    return Response(refusal.sentence, status=status, mimetype="text/plain")
