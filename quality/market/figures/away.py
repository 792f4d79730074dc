"""Why a service that counts on one day did not on another: by CQC's data, as far as they tell."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from quality.market.areas.kinds import Area, AreaKind
from quality.market.figures.columns import Columns, Numbers
from quality.market.figures.counting import Fate, Tally, of_kind, sets_with
from quality.market.figures.scopes import COMMUNITY, RESIDENTIAL, Kind
from quality.services.search import SPECIALISM

__all__ = ["Away", "authority_words", "category_words", "why_away"]


class Away(StrEnum):
    """Why a service has no place in a figure at all, where it is not left out of it."""

    words: str

    def __new__(cls, value: str, words: str = "") -> Away:
        """Keep what it is called beside the word for programs."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    UNREGISTERED = "not_registered", "not registered"
    ELSEWHERE = "another_area", "in another area"
    OWNER = "another_provider", "with another provider"
    CATEGORY = "another_category", "counted under another category"
    SPECIALISM = "another_specialism", "without this specialism"
    CONTRACT = "not_contracted", "not contracted"

    @property
    def key(self) -> str:
        """The word for programs."""
        return self.value


_CATEGORIES = {RESIDENTIAL: Kind.RESIDENTIAL.words, COMMUNITY: Kind.COMMUNITY.words, 0: "Category not told"}
_TYPES = tuple(kind for kind in Kind if kind.types)
_OWNED = (AreaKind.PROVIDER, AreaKind.BRAND)


def why_away(held: Columns, area: Area, tally: Tally, inside: Numbers, place: int) -> Fate | Away:
    """Why a service does not count on the day of a tally; `inside` is where services lie in the area then."""
    if not tally.standing.registered[place]:
        return Away.UNREGISTERED
    if not inside[place]:
        return Away.OWNER if area.kind in _OWNED else Away.ELSEWHERE
    if tally.fate[place] >= 0:
        return Fate(int(tally.fate[place]))
    scope, row = tally.basis.scope, tally.standing.row[[place]]
    is_one, untold = of_kind(held, row, scope.kind)
    if not (is_one | untold)[0]:
        return Away.CATEGORY
    traits = held.facts.traits[row]
    lacks = traits[0] and not np.isin(traits, sets_with(held, SPECIALISM, (scope.specialism,)))[0]
    return Away.SPECIALISM if scope.specialism and lacks else Away.CONTRACT


def category_words(held: Columns, tally: Tally, place: int) -> str:
    """What a service is on the day of a tally, in the words of the sort that the tally's scope is one of."""
    kind, row = tally.basis.scope.kind, tally.standing.row[[place]]
    if kind is Kind.CARE_HOME and of_kind(held, row, kind)[0][0]:
        return kind.words
    types = [one.words for one in _TYPES if of_kind(held, row, one)[0][0]] if kind.types else []
    category = int(held.facts.category[row[0]])
    return ", ".join(types) or _CATEGORIES.get(category, "No adult social care by its category")


def authority_words(held: Columns, tally: Tally, place: int) -> str:
    """The local authority that a service lies in on the day of a tally."""
    return held.authorities.get(int(tally.standing.authority[place]), "")
