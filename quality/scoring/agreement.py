"""How far two raters agree: the council and CQC on the same services, or two officers on the same visits."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import TypeVar

from quality.scoring.proportions import Z95, Interval, wilson

__all__ = ["Agreement", "Kappa", "agreement_of", "fewest_for_kappa"]

Level = TypeVar("Level", bound=Hashable)
Cells = Counter[tuple[int, int]]  # By the places of the first and the second rater's level among the levels.

_TOO_ALIKE = (
    "The comparisons are too alike for kappa to have an interval; that of the observed agreement says more."
)


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond what the raters' habits alone would give: 1 is full, 0 is chance, below 0 is worse than it.

    `interval` is None where the formula gives it no width, which would look like certainty.
    """

    value: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many of n comparisons found two raters at the same level, and kappa where it means something.

    `interval` is the Wilson interval of the observed agreement. `weighted` counts levels one step apart as nearer than
    levels two steps apart. Where something is None, `note` says why in a sentence; otherwise it is empty.
    """

    n: int
    agreed: int
    interval: Interval | None
    kappa: Kappa | None
    weighted: Kappa | None
    note: str

    @property
    def observed(self) -> Fraction | None:
        """The share of the comparisons in which the raters agreed; None when there is nothing to compare."""
        return Fraction(self.agreed, self.n) if self.n else None


def fewest_for_kappa(levels: int) -> int:
    """How many comparisons kappa's interval needs: twice the square of the number of levels.

    Source: Cicchetti, "Testing the normal approximation and minimal sample size requirements of weighted kappa when the
    number of categories is large", Applied Psychological Measurement 5 (1981) 101-104.
    """
    return 2 * levels**2


def agreement_of(pairs: Iterable[tuple[Level, Level]], levels: Sequence[Level], z: float = Z95) -> Agreement:
    """The agreement of two raters, given one pair (the first rater's level, the second's) for each comparison.

    `levels` are all the levels there are, in their order. Raises ValueError when there are fewer than two, one is
    named twice, or a pair holds another.

    Sources: Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960)
    37-46, and for weights, here falling evenly with the steps between two levels, Psychological Bulletin 70 (1968)
    213-220.
    """
    place = {level: position for position, level in enumerate(levels)}
    if len(place) < 2 or len(place) != len(levels):
        raise ValueError("Agreement needs two levels at least, each named once.")
    cells: Cells = Counter()
    for first, second in pairs:
        if first not in place or second not in place:
            raise ValueError(f"{first!r} and {second!r} are not both among the levels.")
        cells[place[first], place[second]] += 1
    n, agreed = cells.total(), sum(cells[each, each] for each in place.values())
    interval = wilson(agreed, n, z) if n else None
    why_not = _why_no_kappa(cells, len(place))
    if why_not:
        return Agreement(n, agreed, interval, None, None, why_not)
    size = range(len(place))
    kappa = _kappa(cells, [[float(row == column) for column in size] for row in size], z)
    steps = len(place) - 1
    weighted = _kappa(cells, [[1 - abs(row - column) / steps for column in size] for row in size], z)
    return Agreement(
        n, agreed, interval, kappa, weighted, "" if kappa.interval and weighted.interval else _TOO_ALIKE
    )


def _why_no_kappa(cells: Cells, levels: int) -> str:
    n, fewest = cells.total(), fewest_for_kappa(levels)
    if n == 0:
        return "There is nothing to compare: no case has a level from both."
    if n < fewest:
        comparisons = "is only 1 comparison" if n == 1 else f"are only {n} comparisons"
        return f"There {comparisons}. Kappa among {levels} levels needs {fewest}, so only the share agreed is given."
    if any(count == n and first == second for (first, second), count in cells.items()):
        return (
            "Both gave every case the same one level. Kappa sets aside the agreement that habit alone would give, and "
            "here that is all of it, so it is not defined."
        )
    return ""


def _kappa(cells: Cells, weights: Sequence[Sequence[float]], z: float) -> Kappa:
    """Kappa with these weights and its large-sample interval; the raters have used two levels between them.

    Source of the standard error: Fleiss, Cohen and Everitt, "Large sample standard errors of kappa and weighted kappa",
    Psychological Bulletin 72 (1969) 323-327.
    """
    n, size = cells.total(), range(len(weights))
    first = [sum(cells[row, column] for column in size) / n for row in size]
    second = [sum(cells[row, column] for row in size) / n for column in size]
    observed = sum(weights[row][column] * count / n for (row, column), count in cells.items())
    expected = sum(weights[row][column] * first[row] * second[column] for row in size for column in size)
    value = (observed - expected) / (1 - expected)
    by_first = [sum(weights[row][column] * second[column] for column in size) for row in size]
    by_second = [sum(weights[row][column] * first[row] for row in size) for column in size]
    squares = sum(
        count / n * (weights[row][column] - (by_first[row] + by_second[column]) * (1 - value)) ** 2
        for (row, column), count in cells.items()
    )
    spread = squares - (value - expected * (1 - value)) ** 2
    # What is nothing in exact figures may be a hair more, or less, in floats.
    if spread < 1e-12:
        return Kappa(value, None)
    error = sqrt(spread / n) / (1 - expected)
    return Kappa(value, Interval(max(value - z * error, -1.0), min(value + z * error, 1.0)))
