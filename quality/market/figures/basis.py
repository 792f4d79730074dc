"""What a figure rests on: the day, the scope and the rule. Only figures on one basis are set beside each other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from quality.market.figures.rules import DEFAULT, Rule
from quality.market.figures.scopes import Scope

__all__ = ["Basis"]


@dataclass(frozen=True)
class Basis:
    """As at which day, about which services, by which rule something is counted."""

    day: date
    scope: Scope = field(default_factory=Scope)
    rule: Rule = DEFAULT

    def on(self, day: date) -> Basis:
        """The same on another day."""
        return replace(self, day=day)
