"""How long something lasts when some of it is not over yet: how long services stay rated requires improvement.

Leaving out what still runs would make it look short, and counting it as over would too. Kaplan and Meier's estimate
counts each spell for as long as it was watched: "Nonparametric estimation from incomplete observations", Journal of the
American Statistical Association 53 (1958) 457-481.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

from quality.scoring.proportions import Z95, Interval

__all__ = ["YEAR", "Spell", "Step", "Still", "Survival", "survival"]

YEAR = 365
"""The days of a year, for the share that still runs after one or two of them."""

_HAIR = 1e-12  # What is half exactly may be a hair more in floats.


@dataclass(frozen=True, slots=True)
class Spell:
    """How many days a spell lasted or, when it has not ended, has lasted so far."""

    days: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Still:
    """The share of spells that still run after some time, from 0 to 1.

    `interval` is None where the formula has none: before the first spell ends, and once all have.
    """

    share: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which spells end: `at_risk` ran until then, `ended` of them ended, and this share runs on."""

    day: int
    at_risk: int
    ended: int
    still: Still


@dataclass(frozen=True, slots=True)
class Survival:
    """How long spells last: the steps down in the share that still runs, by day.

    `median` is the first day after which no more than half still run, and `median_low` to `median_high` its interval
    after Brookmeyer and Crowley, "A confidence interval for the median survival time", Biometrics 38 (1982) 29-41, on
    the log-log scale: the days whose share's interval holds a half. Each is None when the spells were not watched for
    long enough to tell.
    """

    n: int
    ended: int
    watched: int
    steps: tuple[Step, ...]
    median: int | None
    median_low: int | None
    median_high: int | None

    def still_after(self, days: int) -> Still | None:
        """The share that still runs after so many days.

        None when no spell was watched for so long while some still ran. Raises ValueError when days is negative.
        """
        if days < 0:
            raise ValueError("A spell does not last for less than no days.")
        passed = bisect_right(self.steps, days, key=lambda step: step.day)
        still = self.steps[passed - 1].still if passed else Still(1.0, None)
        return None if days > self.watched and still.share > 0 else still


def survival(spells: Iterable[Spell], z: float = Z95) -> Survival:
    """How long the spells last, by Kaplan and Meier, with log-log intervals from Greenwood's variance.

    A spell that still runs on a day others end was there to end with them. Give only spells that would have been seen
    however short they were: those found running when the records begin are the long ones of their time, and would make
    all look longer. Raises ValueError when there is no spell or one of fewer than 0 days.

    Source of the interval: Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data (1980).
    """
    watched = list(spells)
    if not watched:
        raise ValueError("There is no spell whose length could be told.")
    if min(spell.days for spell in watched) < 0:
        raise ValueError("A spell does not last for fewer than no days.")
    steps = tuple(_steps(watched, z))
    return Survival(
        n=len(watched),
        ended=sum(spell.ended for spell in watched),
        watched=max(spell.days for spell in watched),
        steps=steps,
        median=_first(steps, [step.still.share for step in steps]),
        median_low=_first(
            steps, [step.still.interval.low if step.still.interval else None for step in steps]
        ),
        median_high=_first(
            steps, [step.still.interval.high if step.still.interval else None for step in steps]
        ),
    )


def _steps(spells: list[Spell], z: float) -> Iterable[Step]:
    ends = Counter(spell.days for spell in spells if spell.ended)
    leave = Counter(spell.days for spell in spells)
    at_risk, share, greenwood = len(spells), 1.0, 0.0
    for day in sorted(leave):
        if ended := ends[day]:
            share *= 1 - ended / at_risk
            if ended < at_risk:
                greenwood += ended / (at_risk * (at_risk - ended))
            yield Step(day, at_risk, ended, Still(share, _interval(share, greenwood, z)))
        at_risk -= leave[day]


def _interval(share: float, greenwood: float, z: float) -> Interval | None:
    if share == 0:
        return None
    reach = z * sqrt(greenwood) / -log(share)
    return Interval(share ** exp(reach), share ** exp(-reach))


def _first(steps: tuple[Step, ...], figures: list[float | None]) -> int | None:
    """The first day whose figure is no more than a half."""
    for step, figure in zip(steps, figures, strict=True):
        if figure is not None and figure <= 0.5 + _HAIR:
            return step.day
    return None
