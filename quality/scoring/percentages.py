"""Turning exact fractions into the figures people read."""

from decimal import Decimal
from fractions import Fraction
from math import floor

__all__ = ["percent", "percentage"]


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
