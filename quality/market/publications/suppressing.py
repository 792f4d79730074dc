"""Small numbers are suppressed, and as many others as it takes that none can be worked out from what is shown.

Figures add up in two ways: authorities to their region and to England, where all of them are shown, and kinds of
services to the kind that takes them in. A figure that is the only one missing from such a sum is no secret, so the next
smallest is suppressed with it (complementary suppression), until no sum, and no sums together, tell any that is small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from quality.market.publications.snapshot import SMALL, Figure, Role, ScopeSaid

__all__ = ["Cell", "Sum", "hidden_cells", "suppress"]

Cell = tuple[str, str]
"""A figure by its area and its scope. The same area may stand in several lines of a table; it is one cell."""
_MADE_OF = {"all": ("residential", "community"), "care-home": ("nursing", "no-nursing")}


@dataclass(frozen=True)
class Sum:
    """What is shown as a total, and what it is the total of."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All of it."""
        return (self.total, *self.parts)


def suppress(scopes: Sequence[ScopeSaid], places: Mapping[str, frozenset[str]]) -> tuple[ScopeSaid, ...]:
    """The scopes with what is small, and what would tell it, suppressed.

    `places` says which areas make up an area in whole: for a region and for England, all the authorities, by area.
    """
    counts = {_cell(one, scope): (one.k or 0, one.n or 0) for scope in scopes for one in scope.figures}
    own = {_cell(one, scope) for scope in scopes for one in scope.of(Role.OWN)}
    hidden = hidden_cells(counts, _sums(counts, scopes, places), last=own)
    return tuple(_without(scope, hidden) for scope in scopes)


def hidden_cells(
    counts: Mapping[Cell, tuple[int, int]], sums: Sequence[Sum], *, last: Iterable[Cell] = ()
) -> frozenset[Cell]:
    """Which cells, each with its k and n, have to be hidden. Those of `last` are only hidden where no other helps."""
    reluctant = frozenset(last)
    small = {cell for cell, (_, n) in counts.items() if n <= SMALL}
    hidden = set(small)
    while True:
        open_sums = [one for one in sums if _is_open(one, hidden, counts)] or _telling(sums, hidden, small)
        more = next((cell for one in open_sums for cell in _next(one, hidden, counts, reluctant)), None)
        if more is None:
            return frozenset(hidden)
        hidden.add(more)


def _is_open(one: Sum, hidden: set[Cell], counts: Mapping[Cell, tuple[int, int]]) -> bool:
    """True where what is shown tells what is hidden: it is alone, or so little is missing that it is all nothing."""
    missing = [cell for cell in one.cells if cell in hidden]
    if not missing or (one.total in hidden and len(missing) > 1):
        return False
    k, n = (sum(counts[cell][which] for cell in missing) for which in (0, 1))
    # Where none or all of the missing are good, every missing share is told, and 5 or fewer together are small too.
    return len(missing) == 1 or n <= SMALL or k in (0, n)


def _next(
    one: Sum, hidden: set[Cell], counts: Mapping[Cell, tuple[int, int]], reluctant: frozenset[Cell]
) -> list[Cell]:
    """What to hide of a sum: its smallest part that is shown; its total, where none is left."""
    shown = [cell for cell in one.parts if cell not in hidden]
    shown.sort(key=lambda cell: (cell in reluctant, counts[cell][1], cell))
    return [*shown, *([one.total] if one.total not in hidden else [])][:1]


def _telling(sums: Sequence[Sum], hidden: set[Cell], small: set[Cell]) -> list[Sum]:
    """The sums, those first in which a small cell stands that all together tell; none where none is told so."""
    told = _worked_out(sums, hidden) & small
    return sorted(sums, key=lambda one: not told & set(one.cells)) if told else []


def _worked_out(sums: Sequence[Sum], hidden: set[Cell]) -> set[Cell]:
    """What follows from the sums: Gauss and Jordan's elimination, of which a row with one unknown tells it."""
    solved: dict[Cell, dict[Cell, Fraction]] = {}
    for one in sums:
        row = {cell: Fraction(-1 if cell == one.total else 1) for cell in one.cells if cell in hidden}
        for cell in [cell for cell in row if cell in solved]:
            row = _less(row, solved[cell], row[cell])
        if not row:
            continue
        pivot = next(iter(row))
        row = {cell: share / row[pivot] for cell, share in row.items()}
        solved = {
            cell: _less(other, row, other[pivot]) if pivot in other else other
            for cell, other in solved.items()
        }
        solved[pivot] = row
    return {pivot for pivot, row in solved.items() if len(row) == 1}


def _less(row: dict[Cell, Fraction], other: dict[Cell, Fraction], times: Fraction) -> dict[Cell, Fraction]:
    both = {
        cell: row.get(cell, Fraction()) - times * other.get(cell, Fraction()) for cell in {**row, **other}
    }
    return {cell: share for cell, share in both.items() if share}


def _sums(
    counts: Mapping[Cell, tuple[int, int]], scopes: Sequence[ScopeSaid], places: Mapping[str, frozenset[str]]
) -> list[Sum]:
    found = []
    for scope in scopes:
        for total in scope.of(Role.REGION, Role.ENGLAND):
            parts = places.get(total.area_code or total.area_name, frozenset())
            cells = tuple((area, scope.key) for area in sorted(parts))
            if cells and all(cell in counts for cell in cells):
                found.append(Sum(_cell(total, scope), cells))
    for area, word in counts:
        kind, dot, narrower = word.partition(".")
        parts_of = tuple((area, f"{part}{dot}{narrower}") for part in _MADE_OF.get(kind, ()))
        if parts_of and all(cell in counts for cell in parts_of):
            found.append(Sum((area, word), parts_of))
    return found


def _cell(one: Figure, scope: ScopeSaid) -> Cell:
    return one.area_code or one.area_name, scope.key


def _without(scope: ScopeSaid, hidden: frozenset[Cell]) -> ScopeSaid:
    figures = tuple(_blank(one) if _cell(one, scope) in hidden else one for one in scope.figures)
    is_own_hidden = any(one.is_suppressed for one in figures if one.role is Role.OWN)
    return replace(scope, figures=figures, place="" if is_own_hidden else scope.place)


def _blank(one: Figure) -> Figure:
    # What is registered and left out would tell how many count, so it is not told either.
    return replace(
        one,
        k=None,
        n=None,
        share=None,
        low=None,
        high=None,
        against_england=None,
        is_suppressed=True,
        registered=None,
        left_out=(),
    )
