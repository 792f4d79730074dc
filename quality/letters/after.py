"""The words of the letters about an issued report, from its snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from quality.core.pages import day, plural
from quality.letters.case import Case
from quality.letters.letter import Part, Table
from quality.letters.wording import reach
from quality.reports.snapshot import Finding, FindingKind, Snapshot
from quality.scoring import NOT_JUDGED

__all__ = ["MOST_FINDINGS", "due_findings", "outcome", "plan_reminder"]

MOST_FINDINGS = 10
"""A letter names so many findings and sends the reader to the report for the others."""

_HEADINGS = ("Finding", "What it is about", "By when")
_SHORT = {
    FindingKind.MUST_IMPROVE: ("thing that must improve", "things that must improve"),
    FindingKind.IMPROVEMENT_NEEDED: ("thing that should improve", "things that should improve"),
    FindingKind.GOOD_PRACTICE: ("example of good practice", "examples of good practice"),
}


def outcome(case: Case, report: Snapshot) -> tuple[Part, ...]:
    """The judgement, the most important findings with their dates, what happens next, how to disagree."""
    return (
        Part(paragraphs=tuple(_issued(case, report))),
        _important(report),
        Part(heading="What happens next", items=report.next_steps),
        Part(heading="If you disagree, or want to complain", paragraphs=report.complaints),
    )


def _issued(case: Case, report: Snapshot) -> Iterator[str]:
    version = f", version {report.issue}," if report.issue > 1 else ""
    yield (
        f"The report of our audit of {report.service.name} is issued: number {report.number}{version} "
        f"of {day(report.issued_at)}. A copy comes with this letter; your contacts who sign in to our service can read "
        "it there too."
    )
    if report.corrects:
        yield f"It replaces the version before, which no longer holds. What changed: {report.corrects.what_changed}"
    if report.judgement.level.words == NOT_JUDGED:
        yield "We did not see enough to make an overall judgement. The report says what we could judge."
    else:
        yield (
            f"Our overall judgement is “{report.judgement.level.words}”. It is the council’s own judgement and no CQC "
            "rating. The report gives its reasons."
        )
    counts = [
        plural(number, *_SHORT[kind]) for kind in FindingKind if (number := len(report.findings_of(kind)))
    ]
    yield f"It names {'; '.join(counts)}." if counts else "It records no separate findings."
    yield f"If you have a question about it, ask {reach(case)}."


def _important(report: Snapshot) -> Part:
    """What must improve, or, where nothing must, what should: the first of them, in the report's order."""
    must = [one for one in _numbered(report) if one[1].kind is FindingKind.MUST_IMPROVE]
    should = [one for one in _numbered(report) if one[1].kind is FindingKind.IMPROVEMENT_NEEDED]
    shown, heading = (must, "What must improve") if must else (should, "What should improve")
    if not shown:
        words = (
            "The report names no single thing. It says what led to our judgement; please act on that."
            if report.is_low
            else "The report asks for no improvement."
        )
        return Part(heading="What must improve", paragraphs=(words,))
    rows = tuple(
        (f"Finding {number}", one.title, day(one.by_when) or "No day was set")
        for number, one in shown[:MOST_FINDINGS]
    )
    left = len(shown) - len(rows)
    more = (f"The report names {plural(left, 'more such finding')}.",) if left else ()
    return Part(
        heading=heading,
        table=Table("The most important findings, in the report’s order", _HEADINGS, rows),
        after=(*more, "The report says for each what we found and what has to happen."),
    )


def plan_reminder(case: Case, report: Snapshot, *, on: date, by: date) -> tuple[Part, ...]:
    """What is due when. It knows the days that the findings set, and nothing of what was done since."""
    due = due_findings(report)
    rows = tuple((f"Finding {number}", one.title, _when(one, on)) for number, one in due)
    return (
        Part(
            paragraphs=(
                f"Our report {report.number} about {report.service.name}, of {day(report.issued_at)}, set a day for "
                f"{plural(len(due), 'finding')}. This letter lists them. It is made from the report, so it does not "
                "show what you have told us or put right since: if you have written to us already, thank you.",
                f"Please tell us by {day(by)} how far you are: {reach(case)}.",
            )
        ),
        Part(
            heading="What is due",
            table=Table("Findings with a day, the earliest first", _HEADINGS, rows),
        ),
        Part(
            heading="What to tell us, for each",
            items=(
                "what has been done, by whom and when",
                "what shows it: a record, a photograph of a place, a new procedure",
                "what is still to do, and by when",
                "if a day cannot be kept, why, and how people are kept safe until then",
            ),
        ),
    )


def due_findings(report: Snapshot) -> list[tuple[int, Finding]]:
    """The findings with a day, the earliest first, each with its number in the report."""
    dated = [one for one in _numbered(report) if one[1].by_when]
    return sorted(dated, key=lambda one: (one[1].by_when or date.max, one[0]))


def _when(finding: Finding, today: date) -> str:
    if finding.by_when is None:
        return ""
    return f"{day(finding.by_when)}{', has passed' if finding.by_when < today else ''}"


def _numbered(report: Snapshot) -> list[tuple[int, Finding]]:
    """The findings in the report's own order, by the numbers that it prints."""
    in_order = (one for kind in FindingKind for one in report.findings_of(kind))
    return list(enumerate(in_order, 1))
