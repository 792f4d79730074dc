"""Who counts by a rule on a day, who is left out and why: for all of England at once, to be summed by area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np

from quality.core.calendar import years_before
from quality.market.figures.basis import Basis
from quality.market.figures.columns import OTHER, Columns, Numbers, day_number
from quality.market.figures.scopes import RESIDENTIAL, Kind, Scope
from quality.market.figures.standing import Standing
from quality.services.search import SERVICE_TYPE, SPECIALISM

__all__ = ["GOOD", "OUT_OF_SCOPE", "OVER_YEARS", "Fate", "Tally", "of_kind", "sets_with", "tally_of"]

GOOD = 2
# Ratings older than this are told of beside every figure, whether a rule counts them or not.
OVER_YEARS = 3
OUT_OF_SCOPE = -1


class Fate(IntEnum):
    """What becomes of a registered service in a figure: it counts, or it is left out for the first of these reasons."""

    words: str

    def __new__(cls, value: int, words: str = "") -> Fate:
        """Keep what it is called beside the number."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    COUNTED = 0, "counted"
    DORMANT = 1, "dormant"
    SECOND_REGISTRATION = 2, "second registration of a place that is counted"
    TYPE_NOT_TOLD = 3, "service type or specialism not told by any register"
    RATED_BY_SERVICE = 4, "rated service by service, not as a whole"
    NOT_RATED = 5, "not rated"
    INHERITED = 6, "rating inherited from an earlier registration"
    NO_DATE = 7, "rating without a date"
    OLDER_THAN_THREE_YEARS = 8, "rating older than three years"
    NO_BEDS = 9, "without a number of beds"

    @property
    def key(self) -> str:
        """The word for programs."""
        return self.name.lower()


@dataclass(frozen=True)
class Tally:
    """How each service fares, by place: its fate (a Fate, or OUT_OF_SCOPE), its rating, and what it weighs.

    `word` is the rating that counts, 1 to 4 and 0 for none, `published` its day; `weight` 1, or the beds. `by_worst` is
    where the worst of its service groups' counts, in place of one of the whole.
    """

    standing: Standing
    basis: Basis
    fate: Numbers
    word: Numbers
    published: Numbers
    weight: Numbers
    by_worst: Numbers

    @property
    def counted(self) -> Numbers:
        """Where a service counts."""
        counted: Numbers = self.fate == Fate.COUNTED
        return counted

    @property
    def good(self) -> Numbers:
        """Where a service counts as Good or Outstanding."""
        good: Numbers = self.counted & (self.word > 0) & (self.word <= GOOD)
        return good


def tally_of(columns: Columns, standing: Standing, basis: Basis, contracted: Numbers | None = None) -> Tally:
    """Count every service. `contracted` are the places of the services that the scope's council contracts."""
    rule = basis.rule
    in_scope, untold = _in_scope(columns, standing, basis.scope, contracted)
    by_parts = (standing.word == 0) & (standing.worst > 0)
    worst = by_parts & rule.worst
    word = np.where(worst, standing.worst, standing.word)
    published = np.where(worst, standing.oldest, standing.published)
    beds = columns.facts.beds[standing.row] if columns.size else standing.row
    reasons: list[tuple[Numbers, Fate]] = [
        (standing.dormant, Fate.DORMANT),
        (standing.second, Fate.SECOND_REGISTRATION),
        (untold, Fate.TYPE_NOT_TOLD),
    ]
    if not rule.unrated:
        reasons += [(by_parts & (word == 0), Fate.RATED_BY_SERVICE), (word == 0, Fate.NOT_RATED)]
    if not rule.inherited:
        reasons.append(((standing.inherited == 1) & ~worst, Fate.INHERITED))
    if rule.years is not None:
        oldest = day_number(years_before(standing.day, rule.years))
        reasons += [(published == 0, Fate.NO_DATE), (published < oldest, Fate.OLDER_THAN_THREE_YEARS)]
    if rule.beds:
        reasons.append((beds <= 0, Fate.NO_BEDS))
    fate = np.select(
        [~in_scope, *(where for where, _ in reasons)], [OUT_OF_SCOPE, *(why for _, why in reasons)], 0
    )
    weight = np.where(beds > 0, beds, 0) if rule.beds else np.ones(columns.size, dtype=np.int32)
    return Tally(standing, basis, fate.astype(np.int8), word, published, weight, worst)


def three_years_before(day: date) -> int:
    """The number of the day before which a rating is older than three years."""
    return day_number(years_before(day, OVER_YEARS))


def _in_scope(
    columns: Columns, standing: Standing, scope: Scope, contracted: Numbers | None
) -> tuple[Numbers, Numbers]:
    """Which registered services a scope is about, and of which of them nobody told whether they belong to it."""
    inside = standing.registered.copy()
    if not columns.size:
        return inside, inside.copy()
    is_one, untold = of_kind(columns, standing.row, scope.kind)
    inside &= is_one | untold
    if scope.specialism:
        traits = columns.facts.traits[standing.row]
        inside &= np.isin(traits, sets_with(columns, SPECIALISM, (scope.specialism,))) | (traits == 0)
        untold |= traits == 0
    if scope.contracted_by is not None:
        noted = np.zeros(columns.size, dtype=bool)
        noted[contracted if contracted is not None else []] = True
        inside &= noted
    return inside, inside & untold


def of_kind(columns: Columns, row: Numbers, kind: Kind) -> tuple[Numbers, Numbers]:
    """Which services are of a kind, and which may be, as far as anybody told."""
    facts = columns.facts
    category, traits = facts.category[row], facts.traits[row]
    may_be = (category == kind.category) | (category == 0)
    if kind is Kind.CARE_HOME:
        return facts.care_home[row] == 1, may_be & (facts.care_home[row] == -1)
    if kind.types:
        has = np.isin(traits, sets_with(columns, SERVICE_TYPE, kind.types))
        return has & ((category != OTHER) | (kind.category == RESIDENTIAL)), may_be & (traits == 0)
    if kind.category:
        return category == kind.category, category == 0
    return category != OTHER, np.zeros(columns.size, dtype=bool)


def sets_with(columns: Columns, kind: str, names: tuple[str, ...]) -> list[int]:
    """The numbers of the sets of traits that have one of these, of this kind."""
    return sorted({number for name in names for number in columns.traits.get((kind, name), ())})
