"""The difference between two shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.scoring.differences import difference_interval, paired_difference_interval
from quality.scoring.proportions import Comparison, Interval, compared


def ends(interval: Interval) -> tuple[float, float]:
    return interval.low, interval.high


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_two_sets_differ_as_published(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    assert ends(difference_interval(*first, *second)) == pytest.approx((low, high), abs=5e-5)


def test_the_same_services_differ_as_published() -> None:
    # Newcombe, Statistics in Medicine 17 (1998) 2635-2650, method 10.
    first = paired_difference_interval(good_at_both=36, went_up=12, went_down=2, good_at_neither=0)
    assert ends(first) == pytest.approx((0.0569, 0.3404), abs=5e-5)
    # Fagerland, Lydersen and Laake, "Recommended tests and confidence intervals for paired binomial proportions",
    # Statistics in Medicine 33 (2014) 2850-2875: airways before and after a transplant.
    airways = paired_difference_interval(good_at_both=1, went_up=1, went_down=7, good_at_neither=12)
    assert (round(airways.low, 3), round(airways.high, 3)) == (-0.507, -0.026)


SHARE = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
COUNTS = st.tuples(*[st.integers(0, 300)] * 4).filter(any)


@given(SHARE, SHARE)
def test_a_difference_lies_in_its_interval_and_turns_its_sign_with_its_sides(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    there, back = difference_interval(*first, *second), difference_interval(*second, *first)
    assert -1 <= there.low <= first[0] / first[1] - second[0] / second[1] <= there.high <= 1
    assert ends(back) == pytest.approx((-there.high, -there.low))


@given(COUNTS)
def test_a_change_lies_in_its_interval_and_turns_its_sign_with_time(
    counts: tuple[int, int, int, int],
) -> None:
    both, up, down, neither = counts
    there = paired_difference_interval(good_at_both=both, went_up=up, went_down=down, good_at_neither=neither)
    back = paired_difference_interval(good_at_both=both, went_up=down, went_down=up, good_at_neither=neither)
    assert there.low - 1e-9 <= (up - down) / sum(counts) <= there.high + 1e-9
    assert ends(back) == pytest.approx((-there.high, -there.low), abs=1e-9)


def test_knowing_that_the_services_are_the_same_narrows_the_interval() -> None:
    same = paired_difference_interval(good_at_both=150, went_up=20, went_down=6, good_at_neither=24)
    apart = difference_interval(170, 200, 156, 200)
    assert same.high - same.low < apart.high - apart.low
    assert compared(same, 0) is Comparison.HIGHER
    assert compared(apart, 0) is Comparison.SIMILAR


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (5, -1, 2, 3)])
def test_no_services_or_fewer_than_none_are_refused(counts: tuple[int, int, int, int]) -> None:
    both, up, down, neither = counts
    with pytest.raises(ValueError):
        paired_difference_interval(good_at_both=both, went_up=up, went_down=down, good_at_neither=neither)
    with pytest.raises(ValueError):
        difference_interval(0, 0, 1, 2)
