"""Turning exact fractions into the figures people read."""

from decimal import Decimal
from fractions import Fraction
from math import floor

__all__ = ["percent", "percent_of", "percentage", "points"]


def percentage(share: Fraction) -> Decimal:
    """A share (1 is the whole, never negative) in per cent, to one decimal place, rounded half up."""
    return Decimal(floor(share * 1000 + Fraction(1, 2))) / 10


def percent(share: Fraction) -> str:
    """A share in words: "74.1%", rounded half up.

    A share that is a whole number of per cent exactly is written without a decimal place, so that "70%" is
    seventy per cent and "70.0%" is a figure rounded to it.
    """
    exact = share * 100
    return f"{exact.numerator}%" if exact.denominator == 1 else f"{percentage(share):.1f}%"


def percent_of(k: int, n: int) -> str:
    """k of n in words, as `percent`. Raises ValueError when n is 0 or k is no part of it."""
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no share.")
    return percent(Fraction(k, n))


def points(change: Fraction) -> str:
    """A change of a share in words: "+1.2 percentage points", "−1 percentage point", "no change".

    Rounded as `percent` rounds, so that a change and its opposite show the same figure. One too small to show is said
    to be so: "less than 0.1 percentage points up".
    """
    if change == 0:
        return "no change"
    size = percentage(abs(change))
    if size == 0:
        return f"less than 0.1 percentage points {'up' if change > 0 else 'down'}"
    figure = percent(abs(change)).removesuffix("%")
    return f"{'+' if change > 0 else '−'}{figure} percentage point{'' if figure == '1' else 's'}"
