"""A share's interval and its comparison with another, against published figures and a statistics library."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.scoring.proportions import Z95, Z998, Comparison, Interval, compared, effective_count, wilson
from tests.scoring.library import wilson_interval


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998)
        # 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_one(k: int, n: int, low: float, high: float) -> None:
    interval = wilson(k, n)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (553, 665, "80.1", "85.8"),  # 83.16 % as a council published it, were it of 665.
        (17, 32, "36.4", "69.1"),
        (28, 32, "71.9", "95.0"),
        (23, 29, "61.6", "90.2"),
        (18, 28, "45.8", "79.3"),
    ],
)
def test_the_interval_of_shares_councils_have_published(k: int, n: int, low: str, high: str) -> None:
    interval = wilson(k, n)
    assert (f"{interval.low * 100:.1f}", f"{interval.high * 100:.1f}") == (low, high)


@given(st.integers(1, 30_000), st.data())
def test_the_interval_is_the_librarys(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    for z, confidence in ((Z95, 0.95), (Z998, 0.998)):
        ours, theirs = wilson(k, n, z), wilson_interval(k, n, confidence)
        assert ours.low == pytest.approx(theirs.low, abs=1e-9)
        assert ours.high == pytest.approx(theirs.high, abs=1e-9)


@given(st.integers(1, 30_000), st.data())
def test_the_interval_holds_the_share_and_mirrors_that_of_the_rest(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    interval, rest = wilson(k, n), wilson(n - k, n)
    assert 0 <= interval.low <= k / n <= interval.high <= 1
    assert Fraction(k, n) in interval
    assert rest.low == pytest.approx(1 - interval.high, abs=1e-12)
    assert wilson(k, n, Z998).low <= interval.low
    assert wilson(k, n, Z998).high >= interval.high


def test_none_and_all_are_the_ends_exactly() -> None:
    assert wilson(0, 7).low == 0
    assert wilson(7, 7).high == 1


@pytest.mark.parametrize(("k", "n"), [(0, 0), (0, -1), (-1, 5), (6, 5), (float("nan"), 5), (1, float("nan"))])
def test_what_is_no_share_has_no_interval(k: float, n: float) -> None:
    with pytest.raises(ValueError):
        wilson(k, n)


def test_an_area_compares_by_whether_the_reference_lies_in_its_interval() -> None:
    interval = Interval(0.801, 0.858)
    assert compared(interval, 0.8) is Comparison.HIGHER
    assert compared(interval, 0.8244) is Comparison.SIMILAR
    assert compared(interval, 0.86) is Comparison.LOWER
    assert compared(interval, 0.801) is compared(interval, 0.858) is Comparison.SIMILAR
    assert [compared(interval, Fraction(each, 100)).value for each in (80, 82, 86)] == [
        "higher",
        "similar",
        "lower",
    ]


def test_equal_weights_count_as_many_as_they_are() -> None:
    assert effective_count([40.0] * 12) == pytest.approx(12)
    assert effective_count([1, 0, 0]) == 1


@given(st.lists(st.integers(1, 200), min_size=1, max_size=60))
def test_unequal_weights_count_as_fewer(beds: list[int]) -> None:
    effective = effective_count(beds)
    assert 1 - 1e-9 <= effective <= len(beds) + 1e-9
    assert (effective == pytest.approx(len(beds))) == (len(set(beds)) == 1)


@pytest.mark.parametrize("weights", [[], [0, 0], [3, -1]])
def test_weights_that_weigh_nothing_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError):
        effective_count(weights)
