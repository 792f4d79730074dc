"""What changed between two days: who went up, went down, came in and went out, and how much of the change each is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quality.core.errors import Invalid
from quality.market.areas.kinds import Area
from quality.market.figures.basis import Basis
from quality.market.figures.columns import Numbers
from quality.market.figures.counting import Fate, Tally
from quality.market.figures.market import Market
from quality.market.figures.share import Share, share_in
from quality.scoring.contributions import Contributions, contributions
from quality.scoring.differences import paired_difference_interval
from quality.scoring.proportions import Interval

__all__ = ["Change", "Moved", "Movements", "SameServices", "movements"]


class Change(StrEnum):
    """What became of a service between two days."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    IN = "in"
    OUT = "out"


@dataclass(frozen=True)
class Moved:
    """One service that moved: its number in the database, and its rating before and after, 0 where it did not count.

    `fate` is why it did not count on the day on which it did not; none where it was not registered in the area then.
    """

    service_id: int
    change: Change
    before: int
    after: int
    fate: Fate | None


@dataclass(frozen=True)
class SameServices:
    """Of `n` services that counted on both days, how many were good before and after; the change's 95 % interval."""

    n: int
    before: int
    after: int
    difference: Interval


@dataclass(frozen=True)
class Movements:
    """The change of a share between two days.

    `counts` are by rating: one that went from Inadequate to Requires improvement went up. `contributions` says how
    much of the change of the share each kind of movement explains: there, up means that a service became good.
    """

    before: Share
    after: Share
    moved: tuple[Moved, ...]
    counts: dict[Change, int]
    same_services: SameServices | None
    contributions: Contributions | None


def movements(market: Market, area: Area, since: date, basis: Basis) -> Movements:
    """What changed in an area since a day, up to that of the basis. Invalid where it is not later."""
    if since >= basis.day:
        raise Invalid("as_at", "The second day must be after the first.")
    if basis.rule.beds:
        raise Invalid("rule", "Movements are told of services, not of beds: choose another rule.")
    tallies = [market.tally(basis.on(market.check_day(day))) for day in (since, basis.day)]
    inside = [market.places_in(area, tally.standing) for tally in tallies]
    shares = [share_in(area, tally, where) for tally, where in zip(tallies, inside, strict=True)]
    counted = [tally.counted & where for tally, where in zip(tallies, inside, strict=True)]
    changes = _changes(tallies, counted)
    return Movements(
        before=shares[0],
        after=shares[1],
        moved=_moved(market, tallies, inside, changes),
        counts={change: int(where.sum()) for change, where in changes.items()},
        same_services=_same_services(tallies, counted),
        contributions=_contributions(tallies, counted),
    )


def _changes(tallies: list[Tally], counted: list[Numbers]) -> dict[Change, Numbers]:
    before, after = tallies[0].word, tallies[1].word
    both = counted[0] & counted[1]
    # Words are numbered from the best, 1; 0 is none, which only counts where a rule says that the unrated do.
    worth = [(word == 0) * 9 + word for word in (before, after)]
    return {
        Change.UP: both & (worth[1] < worth[0]),
        Change.DOWN: both & (worth[1] > worth[0]),
        Change.SAME: both & (worth[1] == worth[0]),
        Change.IN: counted[1] & ~counted[0],
        Change.OUT: counted[0] & ~counted[1],
    }


def _moved(
    market: Market, tallies: list[Tally], inside: list[Numbers], changes: dict[Change, Numbers]
) -> tuple[Moved, ...]:
    found = []
    for change, where in changes.items():
        if change is Change.SAME:
            continue
        for place in where.nonzero()[0]:
            absent = {Change.IN: 0, Change.OUT: 1}.get(change)
            found.append(
                Moved(
                    service_id=int(market.held.service_ids[place]),
                    change=change,
                    before=0 if absent == 0 else int(tallies[0].word[place]),
                    after=0 if absent == 1 else int(tallies[1].word[place]),
                    fate=None if absent is None else _fate(tallies[absent], inside[absent], int(place)),
                )
            )
    return tuple(found)


def _fate(tally: Tally, inside: Numbers, place: int) -> Fate | None:
    if not inside[place] or tally.fate[place] < 0:
        return None
    return Fate(int(tally.fate[place]))


def _contributions(tallies: list[Tally], counted: list[Numbers]) -> Contributions | None:
    """How much of the change of the share each kind of movement explains; none where nobody counted on one day."""
    if not counted[0].any() or not counted[1].any():
        return None
    good = [tally.good & where for tally, where in zip(tallies, counted, strict=True)]
    both, came, went = counted[0] & counted[1], counted[1] & ~counted[0], counted[0] & ~counted[1]
    return contributions(
        int(good[0].sum()),
        int(counted[0].sum()),
        went_up=int((both & good[1] & ~good[0]).sum()),
        went_down=int((both & good[0] & ~good[1]).sum()),
        came_in_good=int((came & good[1]).sum()),
        came_in_not_good=int((came & ~good[1]).sum()),
        went_out_good=int((went & good[0]).sum()),
        went_out_not_good=int((went & ~good[0]).sum()),
    )


def _same_services(tallies: list[Tally], counted: list[Numbers]) -> SameServices | None:
    both = counted[0] & counted[1]
    good = [tally.good & both for tally in tallies]
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
