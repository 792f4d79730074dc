"""What a page of the market is asked for: an area, a day, a scope, a rule, and whom to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField

from quality.core.clock import today
from quality.core.errors import Refused
from quality.core.forms import LineField
from quality.market.areas.finding import find_area
from quality.market.areas.kinds import Area
from quality.market.figures.basis import Basis
from quality.market.figures.comparators import SIZE
from quality.market.figures.gathering import market
from quality.market.figures.market import Market
from quality.market.figures.rules import DEFAULT, RULES, find_rule
from quality.market.figures.scopes import Kind, Scope, find_kind
from quality.people.sign_in import current_person
from quality.services.as_at_form import AsAtForm, in_boxes
from quality.services.queries import authority_name
from quality.services.search import specialisms

__all__ = ["Asked", "MarketForm", "asked_of"]


class MarketForm(AsAtForm):
    """The choices above every figure, sent as an address, so that a figure can be shared with its choices."""

    area = LineField("Area", most=120)
    scope = SelectField(
        "Services", choices=[(kind.value, kind.words) for kind in Kind], default=Kind.ALL.value
    )
    rule = SelectField("Counted by", choices=[(rule.key, rule.title) for rule in RULES], default=DEFAULT.key)
    specialism = SelectField("Specialism", choices=[("", "Any specialism")], default="")
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
    held = market()
    day = form.as_at.data if form.is_filled_in else today()
    held.check_day(day)
    council = current_person().local_authority_id if form.contracted.data else None
    scope = Scope(find_kind(form.scope.data or ""), council, form.specialism.data or "")
    basis = Basis(day, scope, find_rule(form.rule.data or ""))
    return Asked(held, find_area(name, day), basis, form.compare.data or SIZE, form)


def form_of_address(choices: list[tuple[str, str]]) -> MarketForm:
    """The form as the present address fills it in; `choices` are whom an area can be compared with."""
    asked = MultiDict(request.args)
    if "as_at" in asked:
        asked.update(in_boxes(asked["as_at"]))
    form = MarketForm(asked)
    form.compare.choices = choices
    form.specialism.choices = [("", "Any specialism"), *((name, name) for name in specialisms())]
    return form


def own_area_name() -> str:
    """The name of the council whose person is signed in."""
    return authority_name(current_person().local_authority_id)


def blame(form: MarketForm, refusal: Refused) -> None:
    """Put the sentence of a refusal on the field it is about."""
    field = form.area if "area" in type(refusal).__name__.lower() else form.as_at
    field.errors = [*field.errors, refusal.sentence]
