"""Shares by how deprived, and how rural, the neighbourhoods are that services lie in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from quality.market.areas import Area
from quality.market.areas.neighbourhoods import Rural, fifths_of, rurality_of
from quality.market.figures.basis import Basis
from quality.market.figures.columns import Numbers
from quality.market.figures.counting import Tally
from quality.market.figures.market import Market
from quality.market.figures.share import Share, share_in
from quality.scoring.differences import difference_interval
from quality.scoring.proportions import Interval

__all__ = ["Group", "Groups", "by_deprivation", "by_rurality"]

_FIFTHS = {
    1: "Most deprived fifth of England’s neighbourhoods",
    2: "Second",
    3: "Third",
    4: "Fourth",
    5: "Least deprived fifth",
}
_RURAL = {Rural.URBAN: "Urban neighbourhoods", Rural.RURAL: "Rural neighbourhoods"}


@dataclass(frozen=True)
class Group:
    """The services of an area in one sort of neighbourhood. The code is 1, the most deprived fifth, to 5; or a word."""

    code: str
    words: str
    share: Share


@dataclass(frozen=True)
class Groups:
    """The groups of an area, those that no lookup places left out; by which lookups.

    `difference` is the 95 % interval of the first group's share less the last one's, none where one of them is empty.
    """

    groups: tuple[Group, ...]
    unplaced: int
    places: str
    edition: str
    told_on: date | None
    difference: Interval | None


def by_deprivation(market: Market, area: Area, basis: Basis) -> Groups:
    """The shares by fifth of deprivation. Raises NoLookup where none is loaded, Refused as Market.share."""
    counted = _Counted.of(market, area, basis)
    told = fifths_of(counted.service_ids, basis.day)
    groups = counted.groups(told.of, _FIFTHS)
    return Groups(groups, len(told.unplaced), told.places, told.edition, told.told_on, _difference(groups))


def by_rurality(market: Market, area: Area, basis: Basis) -> Groups:
    """The shares in urban and in rural neighbourhoods. Raises as `by_deprivation`."""
    counted = _Counted.of(market, area, basis)
    told = rurality_of(counted.service_ids, basis.day)
    groups = counted.groups(told.of, _RURAL)
    return Groups(groups, len(told.unplaced), told.places, "", None, _difference(groups))


@dataclass(frozen=True)
class _Counted:
    """The services of an area that are in the scope."""

    market: Market
    area: Area
    tally: Tally
    inside: Numbers

    @classmethod
    def of(cls, market: Market, area: Area, basis: Basis) -> _Counted:
        market.check_day(basis.day)
        tally = market.tally(basis)
        return cls(market, area, tally, market.places_in(area, tally.standing) & (tally.fate >= 0))

    @property
    def service_ids(self) -> list[int]:
        numbers: list[int] = self.market.held.service_ids[self.inside].tolist()
        return numbers

    def groups(self, of: Mapping[int, Any], words: Mapping[Any, str]) -> tuple[Group, ...]:
        found = []
        for group, name in words.items():
            where = np.zeros(self.market.held.size, dtype=bool)
            where[self.market.held.places_of([one for one, mine in of.items() if mine == group])] = True
            found.append(Group(str(group), name, share_in(self.area, self.tally, self.inside & where)))
        return tuple(found)


def _difference(groups: tuple[Group, ...]) -> Interval | None:
    first, last = groups[0].share, groups[-1].share
    if not first.n or not last.n or first.basis.rule.beds:
        return None
    return difference_interval(first.k, first.n, last.k, last.n)
