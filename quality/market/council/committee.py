"""The figures of a paper for the council's committee: this year beside the one before, and what moved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from quality.core.calendar import years_before
from quality.core.pages import plural
from quality.findings.models import FindingKind
from quality.market.council.improvement import Theme, by_standard, themes_of
from quality.market.council.issued import (
    IssuedAudit,
    issued_audits,
    newest_of,
)
from quality.market.council.lines import lines_by_question
from quality.market.council.pack.registered import RegisteredService, registered_services
from quality.market.council.recorded import Recorded, recorded_at
from quality.market.council.selection import Selection, selection_of
from quality.scoring.differences import paired_difference_interval
from quality.scoring.proportions import Interval, wilson
from quality.services.queries import authority_name

__all__ = ["CommitteePaper", "Mover", "Paired", "Period", "committee_paper"]


@dataclass(frozen=True)
class Period:
    """The audits issued from one day to another, both included; by level, best first; how they were chosen."""

    begins: date
    ends: date
    audits: tuple[IssuedAudit, ...]
    levels: tuple[tuple[str, int], ...]
    selection: Selection

    @property
    def judged(self) -> int:
        """How many were judged on a scale with a line: n of the share at or above it."""
        return sum(audit.overall.is_good is not None for audit in self.audits)

    @property
    def good(self) -> int:
        """How many were at or above the line."""
        return sum(audit.overall.is_good is True for audit in self.audits)

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of that share."""
        return wilson(self.good, self.judged) if self.judged else None


@dataclass(frozen=True)
class Mover:
    """A service audited in both periods: its newest audit of each. `is_up` is none where the level stayed.

    Levels of two scales, or one that was not judged, cannot be compared.
    """

    before: IssuedAudit
    after: IssuedAudit

    @property
    def is_comparable(self) -> bool:
        """Whether both were judged, and on the same scale."""
        ranks = self.before.overall.rank, self.after.overall.rank
        return self.before.levels == self.after.levels and None not in ranks

    @property
    def is_up(self) -> bool | None:
        """Whether the level rose; none where it stayed, or where the two cannot be compared."""
        before, after = self.before.overall.rank, self.after.overall.rank
        if before is None or after is None or not self.is_comparable or before == after:
            return None
        return before > after

    @property
    def is_paired(self) -> bool:
        """Whether it is known of both on which side of the line they lie."""
        return self.before.overall.is_good is not None and self.after.overall.is_good is not None

    @property
    def moved(self) -> str:
        """Whether it moved, in words."""
        if not self.is_comparable:
            return "Cannot be compared"
        return "No" if self.is_up is None else "Up" if self.is_up else "Down"


@dataclass(frozen=True)
class Paired:
    """The same services in both periods: how many at or above the line in each, and the interval of the change."""

    n: int
    before: int
    after: int
    went_up: int
    went_down: int
    interval: Interval


@dataclass(frozen=True)
class CommitteePaper:
    """All of it. `good_themes` are of audits at or above the line, `low_themes` of those below; the commonest first."""

    council: str
    as_at: date
    now: Period
    before: Period
    movers: tuple[Mover, ...]
    paired: Paired | None
    good_themes: tuple[Theme, ...]
    low_themes: tuple[Theme, ...]
    registered: int
    not_audited: tuple[tuple[str, int, int], ...]

    @property
    def paired_selection(self) -> Selection:
        """How this year's audits of the services that are compared came to be chosen."""
        return selection_of(one.after for one in self.movers if one.is_paired)

    @property
    def in_both(self) -> str:
        """How many services were audited in both years, and how many of them can be compared, as a sentence."""
        number, compared = len(self.movers), self.paired.n if self.paired else 0
        if not number:
            return (
                "No service was audited in both years, so the two years are of different services and their difference "
                "is no change in any of them."
            )
        audited = f"{plural(number, 'service was', 'services were')} audited in both years"
        if not compared:
            return f"{audited}, and none of them was judged against our line both times."
        return (
            f"{audited}."
            if compared == number
            else f"{audited}; {compared:,} judged against our line both times."
        )


def committee_paper(council: int, as_at: date) -> CommitteePaper:
    """The twelve months that end with a day beside the twelve before. A few statements."""
    audits = issued_audits(council, as_at)
    middle, first = years_before(as_at, 1), years_before(as_at, 2)
    now = _period(audits, middle + timedelta(days=1), as_at)
    before = _period(audits, first + timedelta(days=1), middle)
    held = recorded_at(council, as_at, audits)
    registered = registered_services(council, as_at)
    movers = _movers(before, now)
    return CommitteePaper(
        council=authority_name(council),
        as_at=as_at,
        now=now,
        before=before,
        movers=movers,
        paired=_paired(movers),
        good_themes=_themes(held, tuple(one for one in now.audits if one.overall.is_good)),
        low_themes=_themes(held, tuple(one for one in now.audits if one.overall.is_good is False)),
        registered=len(registered),
        not_audited=_not_audited(registered, audits, as_at),
    )


def _period(audits: tuple[IssuedAudit, ...], begins: date, ends: date) -> Period:
    inside = tuple(audit for audit in audits if begins <= audit.issued_on <= ends)
    counts = Counter(audit.overall.words for audit in inside)
    # The scale is told whole, and the same for both periods where they share it.
    scale = {level: None for audit in audits for level in audit.levels} | dict.fromkeys(counts)
    return Period(
        begins, ends, inside, tuple((words, counts[words]) for words in scale), selection_of(inside)
    )


def _movers(before: Period, now: Period) -> tuple[Mover, ...]:
    earlier, later = newest_of(before.audits), newest_of(now.audits)
    found = [Mover(earlier[number], after) for number, after in later.items() if number in earlier]
    order = ("Up", "Down", "No", "Cannot be compared")
    return tuple(sorted(found, key=lambda one: (order.index(one.moved), one.after.service.casefold())))


def _paired(movers: tuple[Mover, ...]) -> Paired | None:
    pairs = [(one.before.overall.is_good, one.after.overall.is_good) for one in movers if one.is_paired]
    if not pairs:
        return None
    counts = Counter(pairs)
    up, down, both = counts[False, True], counts[True, False], counts[True, True]
    interval = paired_difference_interval(
        good_at_both=both, went_up=up, went_down=down, good_at_neither=counts[False, False]
    )
    return Paired(len(pairs), both + down, both + up, up, down, interval)


def _themes(held: Recorded, audits: tuple[IssuedAudit, ...]) -> tuple[Theme, ...]:
    inside = {audit.id for audit in audits}
    some = Recorded(
        audits=audits,
        crosswalk=held.crosswalk,
        findings=tuple(one for one in held.findings if one.audit_id in inside),
        below_met=tuple(one for one in held.below_met if one.audit_id in inside),
    )
    themes = themes_of(lines_by_question(some, by_standard))
    kinds = list(FindingKind)
    return tuple(sorted(themes, key=lambda one: (-one.k, kinds.index(one.kind))))


def _not_audited(
    registered: tuple[RegisteredService, ...], audits: tuple[IssuedAudit, ...], as_at: date
) -> tuple[tuple[str, int, int], ...]:
    """By kind: how many were not audited in the last two years, of how many registered."""
    begins = years_before(as_at, 2)
    recent = {audit.service_id for audit in audits if audit.issued_on > begins}
    counts = Counter(service.kind for service in registered)
    waiting = Counter(service.kind for service in registered if service.id not in recent)
    return tuple((kind, waiting[kind], count) for kind, count in sorted(counts.items()))
