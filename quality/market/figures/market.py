"""The market as it is held: shares of an area or of every authority, as at any day. Pages and commands ask here."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from sqlalchemy import select

from quality.core.clock import today
from quality.core.database import db
from quality.core.errors import Invalid, Refused
from quality.market.areas.kinds import Area, AreaKind
from quality.market.figures.basis import Basis
from quality.market.figures.columns import Columns, Numbers
from quality.market.figures.counting import Tally, tally_of
from quality.market.figures.members import Where, lying_in, numbers_of
from quality.market.figures.scopes import Scope
from quality.market.figures.share import Share, share_in
from quality.market.figures.standing import Standing, standing_on
from quality.services.models import Contract

__all__ = ["AuthorityCounts", "Contracts", "Lately", "Market", "NothingHeld"]

_MOST_STANDINGS, _MOST_TALLIES, _MOST_COUNTS = 4, 12, 2_000
_Made = TypeVar("_Made")


class NothingHeld(Refused):
    """No file of CQC's was ever loaded, so that there is no day to give figures of."""


@dataclass(frozen=True)
class AuthorityCounts:
    """k and n of every local authority on a day: an array each, by the database's number of the authority.

    `squares` sums the squares of what the counted services weigh, which is n where each weighs 1.
    """

    k: Numbers
    n: Numbers
    squares: Numbers

    @classmethod
    def of(cls, tally: Tally, held: Columns) -> AuthorityCounts:
        """Summed from a tally."""
        most = max(held.authorities, default=0) + 1
        where, weight = tally.standing.authority, tally.weight.astype(float)

        def summed(which: Numbers, weighed: Numbers) -> Numbers:
            return np.bincount(where[which], weights=weighed[which], minlength=most).astype(np.int64)

        n = summed(tally.counted, weight)
        squares = summed(tally.counted, weight**2) if tally.basis.rule.beds else n
        return cls(summed(tally.good, weight), n, squares)

    def of_all(self, numbers: list[int]) -> tuple[int, int, float | None]:
        """k and n of these authorities together, and how many equal services are as certain, where that is not n."""
        k, n, squares = (int(each[numbers].sum()) for each in (self.k, self.n, self.squares))
        return k, n, n * n / squares if squares != n else None


@dataclass(frozen=True)
class Contracts:
    """A council's contracts: the number of the service in the database, the first and the last day, if any."""

    held: Columns
    noted: tuple[tuple[int, date | None, date | None], ...]

    def on(self, day: date) -> Numbers:
        """The places of the services that are contracted on a day, as `Contract.on` says."""
        return self.held.places_of(
            [number for number, first, last in self.noted if (first or day) <= day <= (last or day)]
        )


class Market:
    """All that is held, and what was counted of it lately. One for each state of the database's editions."""

    def __init__(self, held: Columns) -> None:
        self.held = held
        self._standings: Lately[Standing] = Lately(_MOST_STANDINGS)
        self._tallies: Lately[Tally] = Lately(_MOST_TALLIES)
        self._counts: Lately[AuthorityCounts] = Lately(_MOST_COUNTS)
        self._numbers: Lately[list[int]] = Lately(_MOST_COUNTS)

    def check_day(self, day: date) -> date:
        """The day, where figures can be given as at it. Refused before the first edition and after today."""
        first = self.held.first_day
        if first is None:
            raise NothingHeld("No file of CQC’s has been loaded yet, so there is nothing to count.")
        if day < first:
            raise Invalid(
                "as_at",
                f"The first edition held is of {_words(first)}: nothing is known of an earlier day. "
                f"Ask as at {_words(first)}, or load an older file.",
            )
        if day > today():
            raise Invalid("as_at", f"{_words(day)} has not come yet.")
        return day

    def told_on(self, day: date) -> date:
        """The day of the newest edition up to a day that was checked: what a figure as at the day rests on."""
        days = self.held.edition_days
        return days[bisect_right(days, day) - 1]

    def authority_numbers(self, area: Area, day: date) -> list[int]:
        """The database's numbers of the local authorities that make up an area, or of the provider it is."""
        # Those of a region, and of a provider, are the same on every day, and only what is loaded changes them.
        is_always_so = area.kind in (AreaKind.REGION, AreaKind.PROVIDER)
        key = area.kind, area.code, area.name, None if is_always_so else day
        return self._numbers.get(key, lambda: numbers_of(area, self.held, day))

    def share(self, area: Area, basis: Basis) -> Share:
        """The share of an area. Refused for a day that nothing is held of."""
        self.check_day(basis.day)
        tally = self.tally(basis)
        return share_in(area, tally, self.places_in(area, tally.standing))

    def places_in(self, area: Area, standing: Standing) -> Numbers:
        """Where a service lies in an area on the day of a standing: one truth for each place."""
        return self.lying_in(area)(standing)

    def lying_in(self, area: Area) -> Where:
        """What tells where a service lies in an area, on any day: for whoever asks about many days."""
        return lying_in(area, self.held, self.authority_numbers)

    def standing(self, day: date) -> Standing:
        """How every service stood on a day."""
        return self._standings.get(day, lambda: standing_on(self.held, day))

    def contracts(self, scope: Scope) -> Contracts | None:
        """The contracts of the scope's council, as its own team notes them, for any day; none for any other scope."""
        council = scope.contracted_by
        if council is None:
            return None
        columns = Contract.service_id, Contract.starts_on, Contract.ends_on
        noted = db.session.execute(select(*columns).where(Contract.local_authority_id == council))
        return Contracts(self.held, tuple((number, first, last) for number, first, last in noted))

    def tally(self, basis: Basis, contracts: Contracts | None = None) -> Tally:
        """Every service counted. The scope's contracts are asked for, unless they are given."""
        contracted = self._contracted(basis, contracts)

        def count() -> Tally:
            return tally_of(self.held, self.standing(basis.day), basis, contracted)

        return self._tallies.get(_key(basis, contracted), count)

    def counts(self, basis: Basis, contracts: Contracts | None = None) -> AuthorityCounts:
        """k and n of every authority, as `tally` counts. A trend asks for many days, so their tallies are not kept."""
        contracted = self._contracted(basis, contracts)

        def count() -> AuthorityCounts:
            standing = standing_on(self.held, basis.day)
            return AuthorityCounts.of(tally_of(self.held, standing, basis, contracted), self.held)

        return self._counts.get(_key(basis, contracted), count)

    def _contracted(self, basis: Basis, contracts: Contracts | None) -> Numbers | None:
        """The places of the services that the scope's council contracts on the day."""
        noted = contracts or self.contracts(basis.scope)
        return noted.on(basis.day) if noted else None


class Lately(Generic[_Made]):
    """What was made lately, by what it was made for; the one not asked for longest is forgotten."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._made: OrderedDict[Hashable, _Made] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        # Two threads may make the same at once, which costs less than one waiting for what the other makes.
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return made


def _key(basis: Basis, contracted: Numbers | None) -> Hashable:
    return basis, None if contracted is None else contracted.tobytes()


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
