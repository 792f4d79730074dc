"""The share of services rated Good or Outstanding: always k of n, with its interval, its rule and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from quality.market.areas.kinds import Area
from quality.market.figures.basis import Basis
from quality.market.figures.columns import Numbers
from quality.market.figures.counting import Fate, Tally, three_years_before
from quality.market.figures.rules import Rule
from quality.scoring.percentages import percentage
from quality.scoring.proportions import Interval, effective_count, wilson

__all__ = ["Among", "Share", "share_in"]

_DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Among:
    """What the counted services are like: how many ratings are inherited or old, how old the middle one is, the mix.

    `mix` counts services by rating, 1 Outstanding to 4 Inadequate and 0 without one; ages are in years.
    """

    inherited: int
    older_than_three_years: int
    median_age: float | None
    mix: dict[int, int]


@dataclass(frozen=True)
class Share:
    """k of n services of an area, on a basis.

    Weighted by beds, k and n are beds and `services` how many have them. `interval` is the 95 % Wilson interval, none
    where n is 0; where services weigh differently it is of as many services as would be as certain if all weighed the
    same (Kish 1965, the square of the sum over the sum of the squares). `left_out` counts the services that are
    registered, in the scope, and do not count, each once by its reason; with them `services` adds up to `registered`.
    """

    area: Area
    basis: Basis
    k: int
    n: int
    services: int
    registered: int
    interval: Interval | None
    left_out: dict[Fate, int]
    among: Among

    @property
    def share(self) -> float | None:
        """From 0 to 1; none where nobody counts."""
        return self.k / self.n if self.n else None

    @property
    def words(self) -> str:
        """The share as people read it: in per cent with one decimal place, or that there is none."""
        return percent_words(self.k, self.n)

    def as_json(self) -> dict[str, Any]:
        """The figure for programs. Shares are from 0 to 1."""
        return {
            "area": self.area.name,
            "area_code": self.area.code,
            "area_kind": self.area.kind.value,
            "as_at": self.basis.day.isoformat(),
            "scope": self.basis.scope.kind.value,
            "contracted": self.basis.scope.contracted_by is not None,
            "specialism": self.basis.scope.specialism,
            "rule": self.basis.rule.key,
            "k": self.k,
            "n": self.n,
            "share": _rounded(self.share),
            "low": _rounded(self.interval.low if self.interval else None),
            "high": _rounded(self.interval.high if self.interval else None),
            "registered": self.registered,
            "left_out": {fate.key: self.left_out.get(fate, 0) for fate in Fate if fate is not Fate.COUNTED},
            "among": {
                "inherited": self.among.inherited,
                "older_than_three_years": self.among.older_than_three_years,
                "median_age_years": self.among.median_age,
            },
        }


def percent_words(k: int, n: int) -> str:
    """k of n in per cent, always with one decimal place; "no figure" where n is 0."""
    if not n:
        return "no figure"
    return f"{percentage(Fraction(k, n)):.1f}%"


def share_in(area: Area, tally: Tally, inside: Numbers) -> Share:
    """The share of an area, whose services are `inside` (one truth for each place)."""
    fates = np.bincount(tally.fate[inside & (tally.fate >= 0)], minlength=len(Fate))
    counted, good = tally.counted & inside, tally.good & inside
    weights = tally.weight[counted]
    k, n = int(tally.weight[good].sum()), int(weights.sum())
    return Share(
        area=area,
        basis=tally.basis,
        k=k,
        n=n,
        services=int(fates[Fate.COUNTED]),
        registered=int(fates.sum()),
        interval=interval_of(k, n, _as_certain_as(weights, tally.basis.rule)),
        left_out={fate: int(fates[fate]) for fate in Fate if fate is not Fate.COUNTED and fates[fate]},
        among=_among(tally, counted),
    )


def interval_of(k: int, n: int, certain_as: float | None = None) -> Interval | None:
    """The Wilson interval of k of n; with as much certainty as so many equal services give, where that is another."""
    if not n:
        return None
    if certain_as is None:
        return wilson(k, n)
    return wilson(k / n * certain_as, certain_as)


def _as_certain_as(weights: Numbers, rule: Rule) -> float | None:
    return effective_count(weights.tolist()) if rule.beds and len(weights) else None


def _among(tally: Tally, counted: Numbers) -> Among:
    standing, published = tally.standing, tally.published[counted]
    dated = published[published > 0]
    ages = (standing.number - dated) / _DAYS_A_YEAR
    mix = np.bincount(tally.word[counted], minlength=5)
    return Among(
        inherited=int((standing.inherited[counted] == 1).sum()),
        older_than_three_years=int((dated < three_years_before(standing.day)).sum()),
        median_age=round(float(np.median(ages)), 1) if len(ages) else None,
        mix={word: int(count) for word, count in enumerate(mix[:5])},
    )


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 6)
