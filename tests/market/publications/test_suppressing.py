"""What is suppressed cannot be worked out from the totals that are shown and the other lines that they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.market.publications.snapshot import SMALL, Role, ScopeSaid
from quality.market.publications.suppressing import Cell, Sum, hidden_cells, suppress
from tests.market.publications.told import a_figure, a_scope

KINDS = ("residential", "community")
AREAS = ("A", "B", "C", "D", "E")
COUNT = st.integers(0, 14).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
TABLES = st.integers(2, len(AREAS)).flatmap(
    lambda many: st.lists(st.tuples(COUNT, COUNT), min_size=many, max_size=many)
)
Counts = dict[Cell, tuple[int, int]]


def table_of(rows: list[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Counts, list[Sum]]:
    """Areas by two kinds of services, with the sums of both: as published, to all services and to the whole region."""
    counts: Counts = {}
    for area, row in zip(AREAS, rows, strict=False):
        for kind, count in zip(KINDS, row, strict=True):
            counts[area, kind] = count
        counts[area, "all"] = added(*row)
    areas = AREAS[: len(rows)]
    for kind in (*KINDS, "all"):
        counts["Region", kind] = added(*(counts[area, kind] for area in areas))
    sums = [Sum((area, "all"), tuple((area, kind) for kind in KINDS)) for area in (*areas, "Region")]
    sums += [Sum(("Region", kind), tuple((area, kind) for area in areas)) for kind in (*KINDS, "all")]
    return counts, sums


def added(*some: tuple[int, int]) -> tuple[int, int]:
    """k and n, each summed."""
    return sum(k for k, _ in some), sum(n for _, n in some)


def worked_out(counts: Counts, sums: list[Sum], hidden: frozenset[Cell]) -> set[Cell]:
    """What a reader can solve who sets up all the sums as equations: those that no other solution leaves open."""
    unknown = sorted(hidden)
    table = np.array(
        [[(cell in one.parts) - (cell == one.total) for cell in unknown] for one in sums], dtype=float
    )
    rank = np.linalg.matrix_rank(table)
    return {
        cell
        for place, cell in enumerate(unknown)
        if np.linalg.matrix_rank(np.vstack([table, np.eye(len(unknown))[place]])) == rank
    }


@given(rows=TABLES)
def test_no_small_figure_can_be_solved_from_what_is_shown(
    rows: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    counts, sums = table_of(rows)
    hidden = hidden_cells(counts, sums)
    small = {cell for cell, (_, n) in counts.items() if n <= SMALL}
    assert small <= hidden
    assert not worked_out(counts, sums, hidden) & small


@given(rows=TABLES)
def test_what_is_missing_from_a_sum_is_never_small_itself_and_never_wholly_good_or_bad(
    rows: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    counts, sums = table_of(rows)
    hidden = hidden_cells(counts, sums)
    for one in sums:
        missing = [counts[cell] for cell in one.parts if cell in hidden]
        if missing and one.total not in hidden:
            k, n = added(*missing)
            assert n > SMALL
            assert 0 < k < n


def test_a_table_without_small_figures_hides_nothing() -> None:
    counts, sums = table_of([((6, 9), (7, 8)), ((9, 20), (6, 7))])
    assert not hidden_cells(counts, sums)


def test_a_figure_that_stands_in_no_sum_is_hidden_alone() -> None:
    counts: Mapping[Cell, tuple[int, int]] = {("A", "all"): (2, 3), ("B", "all"): (5, 9)}
    assert hidden_cells(counts, []) == {("A", "all")}


def test_the_next_smallest_goes_with_it_and_the_councils_own_last() -> None:
    said = a_published_scope()
    (scope,) = suppress([said], {"Region": frozenset({"Own", "Small", "Middling", "Large"})})
    assert {one.area_name for one in scope.figures if one.is_suppressed} == {"Small", "Middling"}
    hidden = next(one for one in scope.figures if one.area_name == "Middling")
    assert (hidden.k, hidden.n, hidden.share, hidden.registered, hidden.left_out) == (
        None,
        None,
        None,
        None,
        (),
    )


@pytest.mark.parametrize(
    "shown", [frozenset({"Own", "Small", "Middling", "Large", "Elsewhere"}), frozenset()]
)
def test_a_total_of_more_than_is_shown_tells_nothing(shown: frozenset[str]) -> None:
    (scope,) = suppress([a_published_scope()], {"Region": shown})
    assert [one.area_name for one in scope.figures if one.is_suppressed] == ["Small"]


def a_published_scope() -> ScopeSaid:
    """A council that is smaller than its neighbours but one, in the table of its region."""
    lines = {"Own": (5, 7), "Small": (1, 2), "Middling": (8, 9), "Large": (20, 40)}
    region = added(*lines.values())
    figures = [replace(a_figure(Role.COMPARATOR, *count), area_name=name) for name, count in lines.items()]
    own = replace(a_figure(Role.OWN, *lines["Own"]), area_name="Own")
    whole = replace(a_figure(Role.REGION, *region), area_name="Region")
    return a_scope(own, whole, *figures)
