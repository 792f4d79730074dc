"""Shares and changes of shares as people read them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.scoring import percent, percent_of, points


@pytest.mark.parametrize(
    ("k", "n", "words"), [(553, 665, "83.2%"), (0, 5, "0%"), (5, 5, "100%"), (14, 20, "70%")]
)
def test_counts_read_as_per_cent(k: int, n: int, words: str) -> None:
    assert percent_of(k, n) == words == percent(Fraction(k, n))


@pytest.mark.parametrize(("k", "n"), [(0, 0), (1, 0), (6, 5), (-1, 5)])
def test_counts_that_are_no_share_are_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError):
        percent_of(k, n)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Fraction(0), "no change"),
        (Fraction(12, 1000), "+1.2 percentage points"),
        (Fraction(-12, 1000), "−1.2 percentage points"),
        (Fraction(1, 100), "+1 percentage point"),
        (Fraction(-1, 3), "−33.3 percentage points"),
        (Fraction(1, 10_000), "less than 0.1 percentage points up"),
        (Fraction(-1, 10_000), "less than 0.1 percentage points down"),
        (Fraction(-125, 100_000), "−0.1 percentage points"),
    ],
)
def test_a_change_reads_as_percentage_points(change: Fraction, words: str) -> None:
    assert points(change) == words


@given(st.fractions(-1, 1).filter(bool))
def test_a_change_and_its_opposite_show_the_same_figure(change: Fraction) -> None:
    there, back = (
        points(each).lstrip("+−").removesuffix(" up").removesuffix(" down") for each in (change, -change)
    )
    assert there == back
    assert points(change) != points(-change)
