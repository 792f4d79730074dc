"""How long spells last, against the best known data of their kind and a statistics library."""

from itertools import pairwise
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.scoring.durations import YEAR, Spell, Still, survival
from tests.scoring.library import running_shares

# Freireich and others, Blood 21 (1963) 699-716: weeks in remission on 6-mercaptopurine and on placebo, as given by Cox
# and Oakes, Analysis of Survival Data (1984).
ENDED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
RUNNING = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
TREATED = [Spell(each, True) for each in ENDED] + [Spell(each, False) for each in RUNNING]
PLACEBO = [
    Spell(each, True) for each in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)
]

SPELLS = st.lists(st.builds(Spell, st.integers(0, 60), st.booleans()), min_size=1, max_size=60)


def test_the_treated_stay_in_remission_as_published() -> None:
    found = survival(TREATED)
    assert [(step.day, step.at_risk, step.ended, f"{step.still.share:.3f}") for step in found.steps] == [
        (6, 21, 3, "0.857"),
        (7, 17, 1, "0.807"),
        (10, 15, 1, "0.753"),
        (13, 12, 1, "0.690"),
        (16, 11, 1, "0.627"),
        (22, 7, 1, "0.538"),
        (23, 6, 1, "0.448"),
    ]
    assert (found.n, found.ended, found.watched) == (21, 9, 35)
    assert (found.median, found.median_low, found.median_high) == (23, 13, None)


def test_those_on_placebo_relapse_as_published() -> None:
    found = survival(PLACEBO)
    assert (found.median, found.median_low, found.median_high) == (8, 4, 11)
    assert found.still_after(8) == found.steps[5].still
    assert found.still_after(400) == Still(0.0, None)


def test_the_share_after_some_time_is_that_of_the_last_step_before() -> None:
    found = survival(TREATED)
    still = found.still_after(12)
    assert still is not None
    assert still == found.steps[2].still
    assert still.interval is not None
    assert (f"{still.interval.low:.4f}", f"{still.interval.high:.4f}") == ("0.5032", "0.8894")
    assert found.still_after(5) == Still(1.0, None)


def test_what_nobody_watched_for_is_not_told() -> None:
    found = survival(TREATED)
    assert found.still_after(35) == found.steps[-1].still
    assert found.still_after(36) is None
    assert found.still_after(YEAR) is None


def test_spells_that_all_run_have_no_median() -> None:
    found = survival([Spell(400, False), Spell(30, False)])
    assert (found.ended, found.steps) == (0, ())
    assert (found.median, found.median_low, found.median_high) == (None, None, None)
    assert found.still_after(YEAR) == Still(1.0, None)
    assert found.still_after(2 * YEAR) is None


def test_a_half_is_no_more_than_a_half() -> None:
    assert survival([Spell(each, True) for each in range(1, 11)]).median == 5


def test_a_spell_that_runs_on_a_day_others_end_was_there_to_end() -> None:
    assert survival([Spell(10, True), Spell(10, False)]).steps[0].at_risk == 2


@given(SPELLS)
def test_the_steps_and_their_intervals_are_the_librarys(spells: list[Spell]) -> None:
    theirs = {day: rest for day, *rest in running_shares(spells)}
    for step in survival(spells).steps:
        share, low, high = theirs[step.day]
        assert step.still.share == pytest.approx(share, abs=1e-12)
        if step.still.interval is None:
            assert share == pytest.approx(0, abs=1e-12)
        elif not isnan(low):
            assert (step.still.interval.low, step.still.interval.high) == pytest.approx((low, high))


@given(SPELLS)
def test_the_share_only_falls_and_the_median_is_where_it_passes_a_half(spells: list[Spell]) -> None:
    found = survival(spells)
    shares = [1.0] + [step.still.share for step in found.steps]
    assert all(later < earlier for earlier, later in pairwise(shares))
    assert sum(step.ended for step in found.steps) == found.ended
    if found.median is None:
        assert shares[-1] > 0.5
    else:
        after = found.still_after(found.median)
        assert after is not None
        assert after.share <= 0.5 + 1e-9
        assert found.median_low is None or found.median_low <= found.median
        assert found.median_high is None or found.median <= found.median_high


@given(st.lists(st.integers(0, 60), min_size=1, max_size=60), st.integers(0, 60))
def test_when_all_have_ended_it_is_plain_counting(days: list[int], day: int) -> None:
    still = survival([Spell(each, True) for each in days]).still_after(day)
    assert still is not None
    assert still.share == pytest.approx(sum(each > day for each in days) / len(days))


@pytest.mark.parametrize("spells", [[], [Spell(-1, True)]])
def test_what_cannot_be_told_is_refused(spells: list[Spell]) -> None:
    with pytest.raises(ValueError):
        survival(spells)


def test_a_time_before_the_beginning_is_refused() -> None:
    with pytest.raises(ValueError):
        survival(TREATED).still_after(-1)
