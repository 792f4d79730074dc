"""What changed between two days: who moved, and parts that add up to the change exactly."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from quality.core.errors import Invalid
from quality.market.areas.finding import find_area
from quality.market.figures.away import Away
from quality.market.figures.basis import Basis
from quality.market.figures.counting import Fate
from quality.market.figures.gathering import market
from quality.market.figures.movements import Change, Movements, movements
from quality.market.figures.rules import RULES, Rule, find_rule
from quality.services.models import Service
from tests.builders.cqc_files import Cell
from tests.builders.registers import load_deactivated, load_register, load_rows
from tests.databases import Database
from tests.market.figures.histories import HISTORIES, History, load
from tests.market.figures.test_rules import home, registered

FIRST, LAST = date(2025, 6, 30), date(2026, 6, 30)
AWAY: dict[str, Cell] = {"Location Local Authority": "Southmere"}


def changed(rule: str = "rated") -> Movements:
    """What changed in Northmere."""
    return movements(market(), find_area("Northmere", LAST), FIRST, Basis(LAST, rule=find_rule(rule)))


@pytest.fixture
def a_year(session: Database) -> None:
    """Eight homes, of which each but one moved otherwise."""
    load_register(FIRST, *(registered(number) for number in range(1, 8)), registered(8) | AWAY)
    load_rows(
        [
            home(1, Latest_Rating="Requires improvement"),
            home(2),
            home(3, Latest_Rating="Inadequate"),
            home(4),
            home(5),
            home(6),
            home(7, Latest_Rating="Not Rated", Publication_Date=""),
            home(8) | AWAY,
        ],
        as_at=FIRST,
    )
    load_rows(
        [
            home(1),
            home(2, Latest_Rating="Inadequate"),
            home(3, Latest_Rating="Requires improvement"),
            home(4),
            home(5, Latest_Rating="Not Rated", Publication_Date=""),
            home(6),
            home(7, Latest_Rating="Inadequate"),
            home(8),
        ],
        as_at=LAST,
    )
    load_deactivated(LAST, registered(6), ended="30/06/2026")


def test_who_went_up_down_in_and_out_and_why(session: Database, a_year: None) -> None:
    found = changed()
    ids = dict(session.execute(select(Service.id, Service.cqc_id)).all())
    told = {
        int(ids[one.service_id][-1]): (one.change, one.before, one.after, one.fate) for one in found.moved
    }
    assert told == {
        1: (Change.UP, 3, 2, None),
        2: (Change.DOWN, 2, 4, None),
        3: (Change.UP, 4, 3, None),
        5: (Change.OUT, 2, 0, Fate.NOT_RATED),
        6: (Change.OUT, 2, 0, Away.UNREGISTERED),
        7: (Change.IN, 0, 4, Fate.NOT_RATED),
        8: (Change.IN, 0, 2, Away.ELSEWHERE),
    }
    moved_in = next(one for one in found.moved if one.fate is Away.ELSEWHERE)
    assert (moved_in.was, moved_in.became) == ("Southmere", "Northmere")
    told_counts = {change: count for change, count in found.counts.items() if count}
    assert told_counts == {Change.UP: 2, Change.DOWN: 1, Change.SAME: 1, Change.IN: 2, Change.OUT: 2}


def test_the_parts_of_the_change_are_those_worked_out_by_hand(session: Database, a_year: None) -> None:
    found = changed()
    assert [(one.k, one.n) for one in (found.before, found.after)] == [(4, 6), (3, 6)]
    assert found.contributions is not None
    share = (Fraction(4, 6) + Fraction(3, 6)) / 2
    points = {one.group.value: one.points for one in found.contributions.parts}
    assert points == {
        "went up": Fraction(1, 6),
        "went down": -Fraction(1, 6),
        "came in": ((1 - share) - share) / 6,
        "went out": -2 * (1 - share) / 6,
    }
    assert sum(points.values()) == Fraction(3, 6) - Fraction(4, 6)


def test_the_same_services_are_those_that_counted_on_both_days(session: Database, a_year: None) -> None:
    same = changed().same_services
    assert same is not None
    assert (same.n, same.before, same.after) == (4, 2, 2)
    assert same.difference.low < 0 < same.difference.high


@pytest.mark.parametrize(("since", "rule", "field"), [(LAST, "rated", "as_at"), (FIRST, "beds", "rule")])
def test_days_the_wrong_way_round_and_beds_are_refused(
    session: Database, a_year: None, since: date, rule: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        movements(market(), find_area("Northmere", LAST), since, Basis(LAST, rule=find_rule(rule)))
    assert refused.value.field == field


@settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=HISTORIES, rule=st.sampled_from([rule for rule in RULES if not rule.beds]))
def test_whatever_happened_the_parts_add_up_to_the_change(
    session: Database, history: History, rule: Rule
) -> None:
    savepoint = session.begin_nested()
    try:
        load(history)
        first = market().held.first_day
        assert first is not None
        found = movements(market(), find_area("England", LAST), first, Basis(date(2026, 9, 9), rule=rule))
        _adds_up(found)
    finally:
        savepoint.rollback()
        session.expire_all()


def _adds_up(found: Movements) -> None:
    before, after = found.before, found.after
    if found.refused:
        assert found.contributions is None
        assert {one.change for one in found.moved} <= {Change.UP, Change.DOWN, Change.NOT_COMPARED}
        return
    kinds = Counter(one.change for one in found.moved)
    assert {**kinds, Change.SAME: found.counts[Change.SAME]} == {
        change: count for change, count in found.counts.items() if count or change is Change.SAME
    }
    assert after.n - before.n == found.counts[Change.IN] - found.counts[Change.OUT]
    assert before.n == sum(found.counts[change] for change in Change if change is not Change.IN)
    if found.contributions is None:
        assert not before.n or not after.n
        return
    change = Fraction(after.k, after.n) - Fraction(before.k, before.n)
    assert sum(part.points for part in found.contributions.parts) == found.contributions.change == change
