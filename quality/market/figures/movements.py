"""What changed between two days: who went up, went down, came in and went out, and how much of the change each is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from quality.core.errors import Invalid
from quality.market.areas.kinds import Area
from quality.market.figures.away import Away, authority_words, category_words, why_away
from quality.market.figures.basis import Basis
from quality.market.figures.columns import Numbers
from quality.market.figures.comparable import is_refused, verdicts_of, why_another_ground, why_not_compared
from quality.market.figures.counting import Fate, Tally
from quality.market.figures.market import Market
from quality.market.figures.share import Share, share_in
from quality.ratings.comparability import Verdict
from quality.scoring.contributions import Contributions, contributions
from quality.scoring.differences import paired_difference_interval
from quality.scoring.proportions import Interval

__all__ = ["Change", "Moved", "Movements", "SameServices", "movements"]


_BOTH_WAYS = {Away.CATEGORY: category_words, Away.ELSEWHERE: authority_words}


class Change(StrEnum):
    """What became of a service between two days.

    It went up, went down or stayed only where its two ratings may be compared; else it counted on both days, and that
    is all that is told.
    """

    UP = "up"
    DOWN = "down"
    NOT_COMPARED = "not_compared"
    IN = "in"
    OUT = "out"
    SAME = "same"


@dataclass(frozen=True)
class Moved:
    """One service that moved: its number in the database, and its rating before and after, 0 where it did not count.

    `fate` is why it did not count on the day on which it did not; `was` and `became` are the two areas or categories,
    where that is why. `verdict` is what has to be said before its two ratings are compared.
    """

    service_id: int
    change: Change
    before: int
    after: int
    fate: Fate | Away | None = None
    was: str = ""
    became: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True)
class SameServices:
    """Of `n` services that counted on both days, how many were good before and after; the change's 95 % interval.

    Those whose two ratings may not be compared are not among them.
    """

    n: int
    before: int
    after: int
    difference: Interval


@dataclass(frozen=True)
class Movements:
    """The change of a share between two days.

    `counts` are by rating: one that went from Inadequate to Requires improvement went up. `contributions` says how
    much of the change of the share each kind of movement explains: there, up means that a service became good, and one
    whose two ratings may not be compared went out with the first and came in with the second.

    Where `refused` says why the two shares may not be compared, there are no contributions, nobody came in or went out,
    and only the same services are told of. Where the ground is another one, these are the ones there on the second day.
    """

    before: Share
    after: Share
    refused: str
    moved: tuple[Moved, ...]
    counts: dict[Change, int]
    same_services: SameServices | None
    contributions: Contributions | None

    @property
    def said(self) -> dict[Verdict, int]:
        """What has to be said of the ratings of those that moved, and of how many of them."""
        return dict(Counter(one.verdict for one in self.moved if one.verdict is not None))


@dataclass(frozen=True)
class _Days:
    """Who counted in an area on two days, by place; the verdicts of those that did on both."""

    market: Market
    area: Area
    tallies: tuple[Tally, Tally]
    inside: tuple[Numbers, Numbers]
    counted: tuple[Numbers, Numbers]
    verdicts: dict[int, Verdict]

    @property
    def both(self) -> Numbers:
        """Where a service counted on both days."""
        both: Numbers = self.counted[0] & self.counted[1]
        return both

    @property
    def compared(self) -> Numbers:
        """Where a service counted on both days, by ratings that may be compared."""
        compared = self.both
        compared[[place for place, one in self.verdicts.items() if is_refused(one)]] = False
        return compared

    def only_on(self, which: int) -> Numbers:
        """Where a service counted on one of the days, and not on the other."""
        only: Numbers = self.counted[which] & ~self.counted[1 - which]
        return only


def movements(market: Market, area: Area, since: date, basis: Basis) -> Movements:
    """What changed in an area since a day, up to that of the basis. Invalid where it is not later."""
    if since >= basis.day:
        raise Invalid("as_at", "The second day must be after the first.")
    if basis.rule.beds:
        raise Invalid("rule", "Movements are told of services, not of beds: choose another rule.")
    days = _days(market, area, since, basis)
    shares = [share_in(area, *each) for each in zip(days.tallies, days.inside, strict=True)]
    ground = why_another_ground(area, since, basis.day)
    refused = ground or why_not_compared(since, basis)
    if ground:
        # Where the services of today's ground lay before makes no difference to how they were rated.
        days = replace(days, counted=(days.tallies[0].counted, days.counted[1]))
        days = replace(days, verdicts=verdicts_of(days.tallies, days.both))
    changes = _changes(days)
    if refused:
        del changes[Change.IN], changes[Change.OUT]
    return Movements(
        before=shares[0],
        after=shares[1],
        refused=refused,
        moved=tuple(_moved(days, changes)),
        counts={change: int(where.sum()) for change, where in changes.items()},
        same_services=_same_services(days),
        contributions=None if refused else _contributions(days),
    )


def _days(market: Market, area: Area, since: date, basis: Basis) -> _Days:
    contracts = market.contracts(basis.scope)
    first, last = (market.tally(basis.on(market.check_day(day)), contracts) for day in (since, basis.day))
    lies = market.lying_in(area)
    inside = lies(first.standing), lies(last.standing)
    counted = first.counted & inside[0], last.counted & inside[1]
    verdicts = verdicts_of((first, last), counted[0] & counted[1])
    return _Days(market, area, (first, last), inside, counted, verdicts)


def _changes(days: _Days) -> dict[Change, Numbers]:
    compared = days.compared
    # Words are numbered from the best, 1; 0 is none, which only counts where a rule says that the unrated do.
    worth = [np.where(tally.word == 0, 9, tally.word) for tally in days.tallies]
    return {
        Change.UP: compared & (worth[1] < worth[0]),
        Change.DOWN: compared & (worth[1] > worth[0]),
        Change.NOT_COMPARED: days.both & ~compared,
        Change.IN: days.only_on(1),
        Change.OUT: days.only_on(0),
        Change.SAME: compared & (worth[1] == worth[0]),
    }


def _moved(days: _Days, changes: dict[Change, Numbers]) -> list[Moved]:
    return [
        _one(days, change, int(place))
        for change, where in changes.items()
        if change is not Change.SAME
        for place in where.nonzero()[0]
    ]


def _one(days: _Days, change: Change, place: int) -> Moved:
    number = int(days.market.held.service_ids[place])
    before, after = (int(tally.word[place]) for tally in days.tallies)
    if change is Change.IN:
        return Moved(number, change, 0, after, *_why(days, 0, place))
    if change is Change.OUT:
        return Moved(number, change, before, 0, *_why(days, 1, place))
    return Moved(number, change, before, after, verdict=days.verdicts.get(place))


def _why(days: _Days, absent: int, place: int) -> tuple[Fate | Away, str, str]:
    """Why a service did not count on one of the days, and what it was and became where that is why."""
    held = days.market.held
    why = why_away(held, days.area, days.tallies[absent], days.inside[absent], place)
    tell = _BOTH_WAYS.get(why) if isinstance(why, Away) else None
    was, became = (tell(held, tally, place) for tally in days.tallies) if tell else ("", "")
    return (why, was, became) if was != became else (why, "", "")


def _contributions(days: _Days) -> Contributions | None:
    """How much of the change of the share each kind of movement explains; none where nobody counted on one day."""
    counted = days.counted
    if not counted[0].any() or not counted[1].any():
        return None
    good = [tally.good & where for tally, where in zip(days.tallies, counted, strict=True)]
    compared = days.compared
    came, went = counted[1] & ~compared, counted[0] & ~compared
    return contributions(
        int(good[0].sum()),
        int(counted[0].sum()),
        went_up=int((compared & good[1] & ~good[0]).sum()),
        went_down=int((compared & good[0] & ~good[1]).sum()),
        came_in_good=int((came & good[1]).sum()),
        came_in_not_good=int((came & ~good[1]).sum()),
        went_out_good=int((went & good[0]).sum()),
        went_out_not_good=int((went & ~good[0]).sum()),
    )


def _same_services(days: _Days) -> SameServices | None:
    both = days.compared
    good = [tally.good & both for tally in days.tallies]
    if not both.any():
        return None
    return SameServices(
        n=int(both.sum()),
        before=int(good[0].sum()),
        after=int(good[1].sum()),
        difference=paired_difference_interval(
            good_at_both=int((good[0] & good[1]).sum()),
            went_up=int((good[1] & ~good[0]).sum()),
            went_down=int((good[0] & ~good[1]).sum()),
            good_at_neither=int((both & ~good[0] & ~good[1]).sum()),
        ),
    )
