"""What may be compared between two days, and the reason in words where something may not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlalchemy import func, select

from quality.core.database import db
from quality.core.pages import day as in_words
from quality.market.areas import Area, changes_of
from quality.market.figures.basis import Basis
from quality.market.figures.columns import FRAMEWORKS, Numbers, day_number
from quality.market.figures.counting import Tally
from quality.market.figures.rules import Rule
from quality.ratings.comparability import (
    Verdict,
    break_between,
    eras,
    framework_on,
    known_pairs,
    verdict,
)
from quality.ratings.framework_models import ComparabilityStatus
from quality.ratings.models import OVERALL
from quality.services.models import Edition, EditionKind

__all__ = ["is_refused", "register_between", "verdicts_of", "why_another_ground", "why_not_compared"]

_WHOLE = "overall"
_A_GROUP = "A service group"


@dataclass(frozen=True)
class _Given:
    """A rating as far as comparing goes; of all published in one era, the one of its first day."""

    service_group: str
    framework_code: str | None
    published_on: date | None
    domain: str = OVERALL


def is_refused(found: Verdict | None) -> bool:
    """True where two ratings may not be compared at all."""
    return found is not None and found.status is ComparabilityStatus.NOT_COMPARABLE


def why_another_ground(area: Area, since: date, until: date) -> str:
    """Why an area is not the same ground on two days; empty where it is."""
    return " ".join(one.words for one in changes_of(area, since, until) if not one.is_whole)


def why_not_compared(since: date, basis: Basis) -> str:
    """Why no share of a day can be compared with one of the basis's; empty where it can, with caution perhaps."""
    register = register_between(since, basis.day, basis.rule)
    if register is not None:
        return (
            f"By this rule services without a rating count, and those that CQC has never rated are known only from "
            f"{in_words(register)} on, the day of the first register that is held."
        )
    found = verdict((framework_on(since), _WHOLE), (framework_on(basis.day), _WHOLE))
    return found.reason if is_refused(found) else ""


def register_between(since: date, until: date, rule: Rule) -> date | None:
    """The day of the first register that is held, where a rule counts the unrated and the day lies between two."""
    if not rule.unrated:
        return None
    first = db.session.scalar(select(func.min(Edition.as_at)).where(Edition.kind == EditionKind.REGISTER))
    return first if first is not None and since < first <= until else None


def verdicts_of(tallies: tuple[Tally, Tally], where: Numbers) -> dict[int, Verdict]:
    """What has to be said before the ratings of services on two days are compared, by their place; of those `where`.

    Nothing is said where it is the same rating still, or where there is none on one of the days.
    """
    before, after = (_keys(tally) for tally in tallies)
    rated = where & (tallies[0].word > 0) & (tallies[1].word > 0)
    same = (
        (tallies[0].word == tallies[1].word)
        & (tallies[0].published == tallies[1].published)
        & (tallies[0].by_worst == tallies[1].by_worst)
    )
    places = (rated & ~same).nonzero()[0]
    # Two ratings of 2021 need no more words than two others of 2021: each pair of eras is asked about once.
    turned = tallies[1].published[places] < tallies[0].published[places]
    pairs = np.stack(
        [np.where(turned, after[places], before[places]), np.where(turned, before[places], after[places])]
    )
    known, found = known_pairs(), {}
    for one in np.unique(pairs, axis=1).T if len(places) else ():
        said = break_between(_given(int(one[0])), _given(int(one[1])), known)
        if said is not None:
            of_these = places[(pairs[0] == one[0]) & (pairs[1] == one[1])]
            found.update(dict.fromkeys(of_these.tolist(), said))
    return found


def _keys(tally: Tally) -> Numbers:
    """One number for the era, the framework told and the element of each service's rating; see `_given`."""
    starts = [day_number(day) for day in eras()]
    era: Numbers = np.searchsorted(starts, tally.published, side="right") + 1
    era = np.where(tally.published == 0, 0, era)
    framework = np.where(tally.by_worst, 0, tally.standing.framework)
    keys: Numbers = (era * len(FRAMEWORKS) + framework) * 2 + tally.by_worst
    return keys


def _given(key: int) -> _Given:
    rest, by_worst = divmod(key, 2)
    era, framework = divmod(rest, len(FRAMEWORKS))
    days = (None, eras()[0] - timedelta(days=1), *eras())
    return _Given(_A_GROUP if by_worst else OVERALL, FRAMEWORKS[framework], days[era])
