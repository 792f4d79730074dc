"""The agreement of two raters, against published tables."""

from collections.abc import Callable
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.scoring.agreement import Agreement, Kappa, agreement_of, fewest_for_kappa
from quality.scoring.proportions import Z95, wilson

Table = list[list[int]]
RATINGS = ("Outstanding", "Good", "Requires improvement", "Inadequate")

# The example of SAS's PROC FREQ, "Agreement study": two dermatologists.
SKIN: Table = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]
# Fleiss, Statistical Methods for Rates and Proportions (2nd edition, 1981), table 13.1: two diagnosticians.
DIAGNOSES: Table = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
# Landis and Koch, Biometrics 33 (1977) 363-374, as in Agresti, Categorical Data Analysis: two pathologists.
CARCINOMA: Table = [[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]]


def agreement(table: Table) -> Agreement:
    levels = range(len(table))
    return agreement_of(
        [(row, column) for row in levels for column in levels for _ in range(table[row][column])], levels
    )


def shown(kappa: Kappa | None) -> tuple[str, ...]:
    assert kappa is not None
    assert kappa.interval is not None
    return f"{kappa.value:.4f}", f"{kappa.interval.low:.4f}", f"{kappa.interval.high:.4f}"


def test_two_dermatologists_agree_as_published() -> None:
    found = agreement(SKIN)
    assert (found.n, found.agreed, found.observed, found.note) == (88, 45, Fraction(45, 88), "")
    assert found.interval == wilson(45, 88)
    assert shown(found.kappa) == ("0.3449", "0.2030", "0.4868")
    assert shown(found.weighted) == ("0.5082", "0.3798", "0.6366")


def test_two_diagnosticians_agree_as_published() -> None:
    found = agreement(DIAGNOSES)
    assert found.kappa is not None
    assert found.kappa.value == pytest.approx((0.89 - 0.66) / (1 - 0.66))


def test_two_pathologists_agree_as_published() -> None:
    kappa = agreement(CARCINOMA).kappa
    assert kappa is not None
    assert kappa.interval is not None
    assert round(kappa.value, 3) == 0.493
    assert round((kappa.interval.high - kappa.interval.low) / 2 / Z95, 3) == 0.057


TABLES = st.integers(2, 4).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 30), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


def kappa_of(shares: list[list[float]], weight: Callable[[int, int], float]) -> float:
    """Kappa as a function of the shares of the cells, for the derivatives below."""
    size = range(len(shares))
    total = sum(map(sum, shares))
    first = [sum(row) / total for row in shares]
    second = [sum(row[column] for row in shares) / total for column in size]
    observed = sum(weight(row, column) * shares[row][column] / total for row in size for column in size)
    expected = sum(weight(row, column) * first[row] * second[column] for row in size for column in size)
    return (observed - expected) / (1 - expected)


@given(TABLES)
def test_the_intervals_follow_from_kappas_own_slopes(table: Table) -> None:
    """The large-sample variance of any function of shares is that of its derivatives over the cells."""
    found, n = agreement(table), sum(map(sum, table))
    steps = len(table) - 1
    weights: list[tuple[Kappa | None, Callable[[int, int], float]]] = [
        (found.kappa, lambda row, column: float(row == column)),
        (found.weighted, lambda row, column: 1 - abs(row - column) / steps),
    ]
    for kappa, weight in weights:
        if kappa is None or kappa.interval is None or not -1 < kappa.interval.low < kappa.interval.high < 1:
            continue
        shares = [[count / n for count in row] for row in table]
        assert kappa.value == pytest.approx(kappa_of(shares, weight), abs=1e-9)
        slopes = []
        for row in range(len(table)):
            for column in range(len(table)):
                up, down = ([list(each) for each in shares] for _ in range(2))
                up[row][column] += 1e-5
                down[row][column] -= 1e-5
                slope = (kappa_of(up, weight) - kappa_of(down, weight)) / 2e-5
                slopes.append((shares[row][column], slope))
        mean = sum(share * slope for share, slope in slopes)
        variance = sum(share * slope**2 for share, slope in slopes) - mean**2
        error = (kappa.interval.high - kappa.interval.low) / 2 / Z95
        assert error == pytest.approx(sqrt(max(variance, 0) / n), rel=1e-3, abs=1e-4)


@given(TABLES)
def test_it_does_not_matter_who_is_first(table: Table) -> None:
    there, back = agreement(table), agreement([list(column) for column in zip(*table, strict=True)])
    assert (there.n, there.agreed, there.interval, there.note) == (
        back.n,
        back.agreed,
        back.interval,
        back.note,
    )
    if there.kappa and back.kappa and there.weighted and back.weighted:
        assert there.kappa.value == pytest.approx(back.kappa.value)
        assert there.weighted.value == pytest.approx(back.weighted.value)


def test_nothing_to_compare_is_said() -> None:
    assert agreement_of([], RATINGS) == Agreement(
        0, 0, None, None, None, "There is nothing to compare: no case has a level from both."
    )
    assert agreement_of([], RATINGS).observed is None


def test_too_few_comparisons_have_no_kappa() -> None:
    found = agreement_of([("Good", "Good"), ("Good", "Requires improvement")], RATINGS)
    assert (found.kappa, found.weighted, found.observed) == (None, None, Fraction(1, 2))
    assert found.note == (
        "There are only 2 comparisons. Kappa among 4 levels needs 32, so only the share agreed is given."
    )
    assert agreement_of([("Good", "Good")], RATINGS).note.startswith("There is only 1 comparison. ")
    enough = [("Good", "Good"), ("Good", "Requires improvement")] * 16
    assert fewest_for_kappa(4) == len(enough)
    assert agreement_of(enough, RATINGS).kappa is not None


def test_one_level_throughout_has_no_kappa() -> None:
    found = agreement_of([("Good", "Good")] * 60, RATINGS)
    assert (found.kappa, found.weighted, found.interval) == (None, None, wilson(60, 60))
    assert found.note.startswith("Both gave every case the same one level.")


@pytest.mark.parametrize(
    ("table", "value"),
    [([[20, 0], [0, 30]], 1), ([[0, 25], [25, 0]], -1), ([[0, 50], [0, 0]], 0), ([[25, 25], [0, 0]], 0)],
)
def test_comparisons_all_alike_have_a_kappa_without_an_interval(table: Table, value: float) -> None:
    found = agreement(table)
    assert found.kappa == found.weighted
    assert found.kappa is not None
    assert found.kappa.value == pytest.approx(value)
    assert found.kappa.interval is None
    assert found.note.startswith("The comparisons are too alike for kappa to have an interval")


def test_an_interval_stays_where_kappa_can_be() -> None:
    found = agreement([[49, 1], [0, 1]])
    assert found.kappa is not None
    assert found.kappa.interval is not None
    assert 0 < found.kappa.interval.low < found.kappa.value < found.kappa.interval.high == 1


@pytest.mark.parametrize(
    ("pairs", "levels"),
    [
        ([("Good", "Met")], RATINGS),
        ([], ("Good",)),
        ([], ("Good", "Good")),
        ([], ("Good", "Inadequate", "Good")),
    ],
)
def test_other_levels_are_refused(pairs: list[tuple[str, str]], levels: tuple[str, ...]) -> None:
    with pytest.raises(ValueError):
        agreement_of(pairs, levels)
