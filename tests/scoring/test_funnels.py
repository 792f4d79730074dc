"""The limits between which areas lie by chance alone."""

from math import ceil, floor
from statistics import NormalDist

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quality.scoring.proportions import (
    EXACT_UP_TO,
    Z95,
    Z998,
    Interval,
    exact_limits,
    funnel_limits,
    normal_limits,
)
from tests.scoring.library import chance_of_no_more, fewest_inside

SHARES = st.floats(0.001, 0.999)
ERRORS = st.sampled_from([Z95, Z998])


@pytest.mark.parametrize(
    ("n", "low", "high"), [(50, "71.9", "93.0"), (200, "77.2", "87.7"), (665, "79.5", "85.3")]
)
def test_around_englands_share_of_2024(n: int, low: str, high: str) -> None:
    limits = normal_limits(0.8244, n)
    assert (f"{limits.low * 100:.1f}", f"{limits.high * 100:.1f}") == (low, high)


def test_the_standard_errors_are_those_of_95_and_99_8_per_cent() -> None:
    assert NormalDist().cdf(Z95) == pytest.approx(0.975, abs=1e-12)
    assert NormalDist().cdf(Z998) == pytest.approx(0.999, abs=1e-12)


@given(SHARES, st.integers(1, EXACT_UP_TO), ERRORS)
def test_a_whole_number_of_services_is_outside_exactly_when_chance_gives_it_less_often_than_the_tail(
    p0: float, n: int, z: float
) -> None:
    tail = NormalDist().cdf(-z)
    fewest, most = fewest_inside(p0, n, tail), n - fewest_inside(1 - p0, n, tail)
    # Where the distribution meets the tail exactly, either side is right.
    assume(abs(chance_of_no_more(fewest, n, p0) - tail) > 1e-9)
    assume(abs(chance_of_no_more(n - most, n, 1 - p0) - tail) > 1e-9)
    limits = funnel_limits(p0, n, z)
    assert ceil(limits.low * n - 1e-9) == fewest
    assert floor(limits.high * n + 1e-9) == most


@given(st.floats(0.05, 0.95), st.integers(EXACT_UP_TO + 1, 5000), ERRORS)
def test_beyond_the_exact_sizes_the_approximation_is_near(p0: float, n: int, z: float) -> None:
    exact, shown = exact_limits(p0, n, z), funnel_limits(p0, n, z)
    assert shown == normal_limits(p0, n, z)
    assert shown.low == pytest.approx(exact.low, abs=0.002)
    assert shown.high == pytest.approx(exact.high, abs=0.002)


@given(SHARES, st.integers(1, EXACT_UP_TO))
def test_the_funnel_holds_its_middle_and_the_outer_limits_hold_the_inner(p0: float, n: int) -> None:
    inner, outer = exact_limits(p0, n, Z95), exact_limits(p0, n, Z998)
    assert 0 <= outer.low <= inner.low <= inner.high <= outer.high <= 1
    mirrored = exact_limits(1 - p0, n, Z95)
    assert mirrored.low == pytest.approx(1 - inner.high, abs=1e-6)


def test_one_service_may_be_good_or_not() -> None:
    assert funnel_limits(0.8, 1) == Interval(0.0, 1.0)


@pytest.mark.parametrize("p0", [0.0, 1.0, 1e-20])
def test_where_all_are_alike_there_is_no_width(p0: float) -> None:
    assert funnel_limits(p0, 40) == Interval(p0, p0)
    assert normal_limits(p0, 40).high == pytest.approx(p0, abs=1e-9)


@pytest.mark.parametrize(
    ("p0", "n", "z"), [(0.5, 0, Z95), (-0.1, 5, Z95), (1.1, 5, Z95), (0.5, 5, -1.0), (0.5, 5, 0)]
)
def test_what_has_no_limits_is_refused(p0: float, n: int, z: float) -> None:
    with pytest.raises(ValueError):
        funnel_limits(p0, n, z)
