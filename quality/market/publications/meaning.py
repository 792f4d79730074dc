"""Whether CQC's ratings of two days mean the same, for two publications to be compared."""

from __future__ import annotations

from datetime import date

from quality.core.errors import Refused
from quality.core.pages import day
from quality.market.areas.finding import find_area
from quality.market.areas.kinds import AreaKind
from quality.market.areas.membership import authorities_at, authorities_in
from quality.market.figures.rules import find_rule
from quality.market.figures.trend import breaks_between
from quality.market.publications.comparing import Compared, Ground, compare
from quality.market.publications.snapshot import Figure, Role, Snapshot
from quality.ratings.comparability import CQC_2014, CQC_SAF, SAF_BEGINS, verdict
from quality.ratings.framework_models import ComparabilityStatus

__all__ = ["compared", "ground_between"]

_OVERALL = "overall"


def compared(then: Snapshot, now: Snapshot) -> Compared:
    """Two publications line by line, the older first; refused where the overall ratings cannot be compared."""
    then, now = sorted((then, now), key=lambda one: (one.as_at, one.number))
    found = verdict((_framework(then.as_at), _OVERALL), (_framework(now.as_at), _OVERALL))
    why_not = found.reason if found.status is ComparabilityStatus.NOT_COMPARABLE else ""
    notes = [found.reason] if found.status is ComparabilityStatus.WITH_CAUTION else []
    breaks = (*notes, *_breaks(then, now))
    return compare(
        then, now, breaks=breaks, not_comparable=why_not, ground=ground_between(then.as_at, now.as_at)
    )


def ground_between(then: date, now: date) -> Ground:
    """How to tell whether an area was made of the same on both days: by its code, and by what lay in it on each.

    Another code is another area. Of one code whose members are others, a region or England covers the same ground, so
    it is compared and the change is said; an authority does not, and is refused.
    """

    def ground(old: Figure, new: Figure) -> tuple[str, str]:
        if old.area_code != new.area_code:
            codes = [one.area_code or "an area without a code" for one in (old, new)]
            return f"Not the same area: {codes[0]} then, {codes[1]} now.", ""
        if old.area_code == "" and old.area_name != new.area_name:
            return f"Not the same area: {old.area_name} then, {new.area_name} now.", ""
        before, after = _members(old, then), _members(new, now)
        if before == after:
            return "", f"Called {old.area_name} then." if old.area_name != new.area_name else ""
        changed = f"only then {_listed(before - after)}; only now {_listed(after - before)}"
        if old.role in (Role.REGION, Role.ENGLAND):
            return "", f"Its authorities are others: {changed}. Its ground is the same."
        return f"Made of other areas: {changed}.", ""

    return ground


def _members(one: Figure, day: date) -> frozenset[str]:
    """What an area was made of on a day: a region or England of authorities, an authority of those on its ground."""
    try:
        area = find_area(one.area_code or one.area_name, day)
    except Refused:
        return frozenset()
    if area.kind in (AreaKind.REGION, AreaKind.COUNTRY):
        is_whole = area.kind is AreaKind.COUNTRY
        return frozenset(each.name for each in authorities_at(day) if is_whole or each.region == area.name)
    return frozenset(authorities_in(area, day))


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def _framework(when: date) -> str:
    return CQC_SAF if when >= SAF_BEGINS else CQC_2014


def _breaks(then: Snapshot, now: Snapshot) -> list[str]:
    try:
        area, rule = find_area(now.council, now.as_at), find_rule(now.rule.key)
    except Refused as refusal:
        return [refusal.sentence]
    return [f"{day(one.day)}: {one.reason}" for one in breaks_between(area, then.as_at, now.as_at, rule)]
