"""A share of services with its uncertainty: k of n, and where chance alone could have put it.

The ratings of an area are all there is and no sample of them. The interval speaks of the chance in which services
were inspected when, by whom and with whom in their care: how far the share could lie elsewhere with the same care.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist

__all__ = [
    "EXACT_UP_TO",
    "Z95",
    "Z998",
    "Comparison",
    "Interval",
    "compared",
    "effective_count",
    "exact_limits",
    "funnel_limits",
    "normal_limits",
    "wilson",
]

Z95 = 1.959963984540054
"""How many standard errors either side hold 95 % of a normal distribution."""
Z998 = 3.090232306167813
"""The same for 99.8 %: the outer limits of a funnel plot, missed once in a thousand on either side."""

EXACT_UP_TO = 1000
"""The largest area, in services, whose funnel limits are exact."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From low to high, both included. Shares lie from 0 to 1, differences of shares from -1 to 1."""

    low: float
    high: float

    def __contains__(self, value: float | Fraction) -> bool:
        return self.low <= value <= self.high


class Comparison(StrEnum):
    """An area's share beside a reference share, in the words of public health's indicator tables."""

    HIGHER = "higher"
    SIMILAR = "similar"
    LOWER = "lower"


def compared(interval: Interval, reference: float | Fraction) -> Comparison:
    """How the share the interval belongs to compares with a reference share, such as England's.

    Higher when the reference lies below the whole interval, lower when it lies above it, otherwise similar: the
    edge belongs to the interval. A difference's interval is compared with 0 in the same way.
    """
    if reference < interval.low:
        return Comparison.HIGHER
    return Comparison.LOWER if reference > interval.high else Comparison.SIMILAR


def wilson(k: float, n: float, z: float = Z95) -> Interval:
    """The Wilson score interval of k of n, as shares.

    Counts are whole; a weighted share gives its share of the `effective_count` as k and that count as n.
    Raises ValueError when there is nothing to have a share of (n = 0) or k is no part of n.

    Source: Office for Health Improvement and Disparities, Fingertips public health technical guidance, Proportions;
    after Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209-212.
    """
    if not n > 0:
        raise ValueError("A share of no services has no interval.")
    if not 0 <= k <= n:
        raise ValueError(f"{k} cannot be a part of {n}.")
    middle = 2 * k + z * z
    spread = z * sqrt(z * z + 4 * k * (1 - k / n))
    scale = 2 * (n + z * z)
    # At the ends the formula gives 0 and 1 exactly; sums of floats may miss them by a hair.
    low = (middle - spread) / scale if k > 0 else 0.0
    high = (middle + spread) / scale if k < n else 1.0
    return Interval(max(low, 0.0), min(high, 1.0))


def effective_count(weights: Iterable[float]) -> float:
    """How many equally weighted services tell as much as these weighted ones: (sum of w)² / sum of w².

    A share weighted by beds rests on the services that were judged, not on the beds in them. Raises ValueError when no
    weight is above 0 or one is below.

    Source: Kish, Survey Sampling (1965).
    """
    weighed = list(weights)
    if not weighed or min(weighed) < 0 or max(weighed) == 0:
        raise ValueError("Weights are never negative, and one at least is above 0.")
    return sum(weighed) ** 2 / sum(each * each for each in weighed)


def funnel_limits(p0: float, n: int, z: float = Z95) -> Interval:
    """Between which shares areas of n services lie by chance alone when each service is good with chance p0.

    Exact (`exact_limits`) up to EXACT_UP_TO services, which takes in every local authority. Beyond that the normal
    approximation (`normal_limits`): for shares of 5 to 95 % it is then within 0.2 of a percentage point of the exact
    limit, where for an area of 50 it can be 3 out. Raises ValueError when p0 is no share or n is below 1.

    Source: Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005)
    1185-1202.
    """
    return exact_limits(p0, n, z) if n <= EXACT_UP_TO else normal_limits(p0, n, z)


def normal_limits(p0: float, n: int, z: float = Z95) -> Interval:
    """p0 plus and minus z times its standard error among n services, cut at 0 and 1. Raises as `funnel_limits`."""
    _check_target(p0, n)
    distance = z * sqrt(p0 * (1 - p0) / n)
    return Interval(max(p0 - distance, 0.0), min(p0 + distance, 1.0))


def exact_limits(p0: float, n: int, z: float = Z95) -> Interval:
    """The limits from the binomial distribution itself. Raises as `funnel_limits`, and when z is not above 0.

    A share of whole services lies below the lower limit exactly when so few or fewer come about by chance less often
    than the tail beyond z; above the upper one likewise. Between the count that is inside and the next, which is
    outside, the limit is interpolated as Spiegelhalter does in his appendix, so that the funnel is a line and no
    staircase. The upper limit mirrors the lower, so that "not good" gives the same funnel upside down.
    """
    _check_target(p0, n)
    if not z > 0:
        raise ValueError(f"Limits lie some standard errors away, not {z}.")
    if p0 == 0 or 1 - p0 in {0, 1}:
        return Interval(p0, p0)
    tail = NormalDist().cdf(-z)
    return Interval(_lower_limit(p0, n, tail), 1 - _lower_limit(1 - p0, n, tail))


def _lower_limit(p0: float, n: int, tail: float) -> float:
    """Where the binomial distribution of n at p0 has summed up to the tail, as a share.

    The sum begins ten standard errors and ten services below the middle: what lies further out is less than a
    thousandth of either funnel's tail.
    """
    first = max(0, int(n * p0 - 10 * sqrt(n * p0 * (1 - p0))) - 10)
    ways = lgamma(n + 1) - lgamma(first + 1) - lgamma(n - first + 1)
    chance = exp(ways + first * log(p0) + (n - first) * log1p(-p0))
    odds = p0 / (1 - p0)
    summed = chance
    count = first
    while summed < tail:
        chance *= (n - count) / (count + 1) * odds
        count += 1
        summed += chance
    return max(count - (summed - tail) / chance, 0.0) / n


def _check_target(p0: float, n: int) -> None:
    if not 0 <= p0 <= 1:
        raise ValueError(f"{p0} is no share: shares lie from 0 to 1.")
    if n < 1:
        raise ValueError("A funnel has no limits for an area without services.")
