"""What a report says beyond what was recorded: what happens next, and what the audit could not show."""

from __future__ import annotations

from collections.abc import Sequence

from quality.audits.models import Visit
from quality.core.pages import day, plural
from quality.reports.snapshot import Finding, FindingKind
from quality.scoring import Judgement


def next_steps(findings: Sequence[Finding]) -> tuple[str, ...]:
    """What the provider and the council do now, one step a sentence."""
    steps = []
    must = [finding for finding in findings if finding.kind is FindingKind.MUST_IMPROVE]
    dates = sorted(finding.by_when for finding in findings if finding.by_when)
    if must:
        steps.append(
            f"The provider puts right {plural(len(must), 'thing')} that must improve, each by its date."
        )
    if dates:
        steps.append(f"The first date is {day(dates[0])}; the last is {day(dates[-1])}.")
    if findings:
        steps.append("The provider tells the quality officer what has been done about each finding.")
    steps.append(
        "The quality officer checks what has changed before the council considers the findings closed."
    )
    steps.append(
        "A provider who thinks that something here is wrong writes to the council and says what and why."
    )
    return tuple(steps)


def limits_of(visits: Sequence[Visit], judged: Judgement) -> tuple[str, ...]:
    """What a reader should not take this report to show."""
    number = len(visits)
    limits = [
        f"This report says what was seen, heard and read on {plural(number, 'visit')}; it may differ on another day.",
        "Records and people were sampled; what was not sampled was not seen.",
        "The council's judgement is not a CQC rating: it is made for another purpose, in another way.",
    ]
    if judged.counts.not_seen:
        limits.append(
            f"{plural(judged.counts.not_seen, 'question')} could not be looked at and did not count."
        )
    return tuple(limits)
