"""The difference between two shares, with its interval: of two sets of services, or of the same set at two dates."""

from math import sqrt

from quality.scoring.proportions import Z95, Interval, wilson

__all__ = ["difference_interval", "paired_difference_interval"]


def difference_interval(k1: int, n1: int, k0: int, n0: int, z: float = Z95) -> Interval:
    """The interval of k1/n1 - k0/n0, from -1 to 1, for two sets of services that have none in common.

    An area and one it lies in share services: compare it with the rest of that area. Raises ValueError as `wilson`.

    Source: Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
    methods", Statistics in Medicine 17 (1998) 873-890, method 10.
    """
    first, second = wilson(k1, n1, z), wilson(k0, n0, z)
    return _squared_and_added(k1 / n1, first, k0 / n0, second, 0.0)


def paired_difference_interval(
    *, good_at_both: int, went_up: int, went_down: int, good_at_neither: int, z: float = Z95
) -> Interval:
    """The interval of the change in share among the same services at two dates, from -1 to 1.

    Services that stayed as they were carry no news of a change, but how alike the two dates are narrows it. Raises
    ValueError when a count is below 0 or all are 0.

    Source: Newcombe, "Improved confidence intervals for the difference between binomial proportions based on paired
    data", Statistics in Medicine 17 (1998) 2635-2650, method 10. It is chosen over McNemar's exact test, whose p says
    whether there is a change and not how large one may be.
    """
    counts = (good_at_both, went_up, went_down, good_at_neither)
    if min(counts) < 0:
        raise ValueError("Counts of services are never negative.")
    n = sum(counts)
    after, before = good_at_both + went_up, good_at_both + went_down
    first, second = wilson(after, n, z), wilson(before, n, z)
    return _squared_and_added(after / n, first, before / n, second, _alike(*counts))


def _alike(good_at_both: int, went_up: int, went_down: int, good_at_neither: int) -> float:
    """Newcombe's phi: how far the two dates go together, moved towards none by half a service when above it."""
    after, before = good_at_both + went_up, good_at_both + went_down
    n = after + went_down + good_at_neither
    margins = after * (n - after) * before * (n - before)
    if margins == 0:
        return 0.0  # All good, or none, at one of the dates: nothing could go together.
    together = good_at_both * good_at_neither - went_up * went_down
    if together > 0:
        return max(together - n / 2, 0.0) / sqrt(margins)
    return together / sqrt(margins)


def _squared_and_added(p1: float, first: Interval, p0: float, second: Interval, alike: float) -> Interval:
    """The two Wilson intervals' arms, squared and added, with what they have in common taken off."""
    down = _arm(p1 - first.low, second.high - p0, alike)
    up = _arm(first.high - p1, p0 - second.low, alike)
    difference = p1 - p0
    return Interval(max(difference - down, -1.0), min(difference + up, 1.0))


def _arm(one: float, other: float, alike: float) -> float:
    # The sum is never below 0, phi being between -1 and 1; a sum of floats may be by a hair.
    return sqrt(max(one * one - 2 * alike * one * other + other * other, 0.0))
