"""Whether CQC's ratings of two days mean the same, for two publications to be compared."""

from __future__ import annotations

from datetime import date

from quality.core.errors import Refused
from quality.core.pages import day
from quality.market.areas.finding import find_area
from quality.market.figures.rules import find_rule
from quality.market.figures.trend import breaks_between
from quality.market.publications.comparing import Compared, compare
from quality.market.publications.snapshot import Snapshot
from quality.ratings.comparability import CQC_2014, CQC_SAF, SAF_BEGINS, verdict
from quality.ratings.framework_models import ComparabilityStatus

__all__ = ["compared"]

_OVERALL = "overall"


def compared(then: Snapshot, now: Snapshot) -> Compared:
    """Two publications line by line, the older first; refused where the overall ratings cannot be compared."""
    then, now = sorted((then, now), key=lambda one: (one.as_at, one.number))
    found = verdict((_framework(then.as_at), _OVERALL), (_framework(now.as_at), _OVERALL))
    why_not = found.reason if found.status is ComparabilityStatus.NOT_COMPARABLE else ""
    notes = [found.reason] if found.status is ComparabilityStatus.WITH_CAUTION else []
    return compare(then, now, breaks=(*notes, *_breaks(then, now)), not_comparable=why_not)


def _framework(when: date) -> str:
    return CQC_SAF if when >= SAF_BEGINS else CQC_2014


def _breaks(then: Snapshot, now: Snapshot) -> list[str]:
    try:
        area, rule = find_area(now.council, now.as_at), find_rule(now.rule.key)
    except Refused as refusal:
        return [refusal.sentence]
    return [f"{day(one.day)}: {one.reason}" for one in breaks_between(area, then.as_at, now.as_at, rule)]
