"""Who was concerned first: the council, by a judgement below its line, or CQC, by a rating below Good."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from quality.market.council.issued import IssuedAudit
from quality.market.council.rule import AT_LEAST_GOOD
from quality.market.council.spells import Span, spans
from quality.market.council.told import History, Published
from quality.ratings.models import OVERALL

__all__ = ["RULE", "Concern", "Concerns", "First", "concerns_of"]

Either = Span[IssuedAudit] | Span[Published]
RULE = (
    "The council is concerned from the day it issues a report that judges a service below its line, until it issues "
    "one that does not. CQC is concerned from the day it publishes an overall rating below Good, until it publishes "
    "another that is not. Times that overlap are one concern of both, and whoever began is first. What was over with "
    "CQC before the council’s first report about a service is left out. CQC publishes some weeks after it inspects, as "
    "the council issues some time after it visits; and where the council audits because CQC rated a service low, CQC "
    "is bound to be first."
)


class First(StrEnum):
    """Who was concerned first."""

    COUNCIL = "council"
    CQC = "cqc"
    SAME_DAY = "same_day"
    COUNCIL_ONLY = "council_only"
    CQC_ONLY = "cqc_only"

    @property
    def words(self) -> str:
        """As a table says it."""
        return {
            "council": "The council first",
            "cqc": "CQC first",
            "same_day": "Both on the same day",
            "council_only": "Only the council so far",
            "cqc_only": "Only CQC so far",
        }[self.value]


@dataclass(frozen=True)
class Concern:
    """One concern about a service: since when for each, none where only the other had it; the days between."""

    service_id: int
    service: str
    cqc_id: str
    audit: IssuedAudit | None
    council_on: date | None
    cqc_word: str
    cqc_on: date | None
    first: First

    @property
    def days(self) -> int | None:
        """How many days the first was before the other; none where only one was concerned."""
        if self.council_on is None or self.cqc_on is None:
            return None
        return abs((self.cqc_on - self.council_on).days)


@dataclass(frozen=True)
class Concerns:
    """All concerns about audited services, newest first."""

    found: tuple[Concern, ...]

    def of(self, first: str) -> tuple[Concern, ...]:
        """Those of which this one was first."""
        return tuple(one for one in self.found if one.first is First(first))

    @property
    def of_both(self) -> int:
        """How many concerns both had: n of "the council came first in k of n"."""
        return sum(one.days is not None for one in self.found)

    def days_of(self, first: str) -> tuple[int, ...]:
        """By how many days, shortest first."""
        return tuple(sorted(one.days for one in self.of(first) if one.days is not None))

    def days_words(self, first: str) -> str:
        """By how many days in words: the middle one, the shortest and the longest; empty where there is none."""
        days = self.days_of(first)
        if not days:
            return ""
        if len(days) == 1:
            return f"by {days[0]} days"
        return f"by {median(days):g} days in the middle, {days[0]} to {days[-1]}"


def concerns_of(audits: tuple[IssuedAudit, ...], history: History) -> Concerns:
    """Who was concerned first about each audited service, by the council's audits and CQC's history as at a day."""
    by_service: dict[int, list[IssuedAudit]] = defaultdict(list)
    for audit in audits:
        by_service[audit.service_id].append(audit)
    found = [one for some in by_service.values() for one in _of_service(some, history)]
    newest_first = sorted(found, key=lambda one: one.council_on or one.cqc_on or date.min, reverse=True)
    return Concerns(tuple(newest_first))


def _of_service(audits: list[IssuedAudit], history: History) -> Iterable[Concern]:
    ours = spans((one.issued_on, _not(one.overall.is_good), one) for one in audits)
    told = history.get((audits[0].service_id, OVERALL), [])
    # CQC ceases to be concerned also where it no longer rates the whole.
    theirs = spans((one.on, AT_LEAST_GOOD.is_good(one.word) is False, one) for one in told)
    kept = [one for one in theirs if one.end is None or one.end > audits[0].issued_on]
    for together in _together([*ours, *kept]):
        council = next((one for one in together if isinstance(one.began_with, IssuedAudit)), None)
        cqc = next((one for one in together if isinstance(one.began_with, Published)), None)
        yield Concern(
            service_id=audits[0].service_id,
            service=audits[0].service,
            cqc_id=audits[0].cqc_id,
            audit=council.began_with if council and isinstance(council.began_with, IssuedAudit) else None,
            council_on=council.begin if council else None,
            cqc_word=cqc.began_with.word.words if cqc and isinstance(cqc.began_with, Published) else "",
            cqc_on=cqc.begin if cqc else None,
            first=_first(council.begin if council else None, cqc.begin if cqc else None),
        )


def _together(some: Sequence[Either]) -> Iterable[list[Either]]:
    """The times that overlap, each such group in the order they began."""
    group: list[Either] = []
    for one in sorted(some, key=lambda each: each.begin):
        if group and all(each.end is not None and each.end <= one.begin for each in group):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _first(council_on: date | None, cqc_on: date | None) -> First:
    if cqc_on is None:
        return First.COUNCIL_ONLY
    if council_on is None:
        return First.CQC_ONLY
    if council_on == cqc_on:
        return First.SAME_DAY
    return First.COUNCIL if council_on < cqc_on else First.CQC


def _not(is_good: bool | None) -> bool | None:
    return None if is_good is None else not is_good
