"""The same figures from scipy, which only the tests use."""

import warnings
from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, prod, sin

from scipy import integrate, stats  # type: ignore[import-untyped]

from quality.scoring.durations import Spell
from quality.scoring.proportions import Interval


def wilson_interval(k: int, n: int, confidence: float) -> Interval:
    found = stats.binomtest(k, n).proportion_ci(confidence, method="wilson")
    return Interval(float(found.low), float(found.high))


def fewest_inside(p0: float, n: int, tail: float) -> int:
    """The smallest count that, with all smaller ones, is at least as likely as the tail."""
    return int(stats.binom.ppf(tail, n, p0))


def chance_of_no_more(count: int, n: int, p0: float) -> float:
    return float(stats.binom.cdf(count, n, p0))


def chance_of_being_first(areas: Sequence[tuple[int, int]], index: int) -> float:
    """By integrating, over all shares the area could have, the chance that the others all lie below."""
    curves = [stats.beta(k + 0.5, n - k + 0.5) for k, n in areas]
    others = curves[:index] + curves[index + 1 :]

    def at(angle: float) -> float:
        share = sin(angle) ** 2
        density = curves[index].pdf(share) * 2 * sin(angle) * cos(angle)
        return float(density * prod(other.cdf(share) for other in others))

    pieces = 40
    ends = [pi / 2 * each / pieces for each in range(pieces + 1)]
    ends[0], ends[-1] = 1e-9, pi / 2 - 1e-9
    return float(sum(integrate.quad(at, *piece)[0] for piece in pairwise(ends)))


def running_shares(spells: Sequence[Spell]) -> list[tuple[int, float, float, float]]:
    """Kaplan and Meier's steps: the day, the share still running, and its log-log interval."""
    data = stats.CensoredData(
        uncensored=[spell.days for spell in spells if spell.ended],
        right=[spell.days for spell in spells if not spell.ended],
    )
    running = stats.ecdf(data).sf
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # It says so where it divides by nothing: at the ends, which are left out.
        interval = running.confidence_interval(0.95, method="log-log")
    rows = zip(
        running.quantiles,
        running.probabilities,
        interval.low.probabilities,
        interval.high.probabilities,
        strict=True,
    )
    return [(int(day), float(share), float(low), float(high)) for day, share, low, high in rows]
