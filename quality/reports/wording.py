"""What a report says beyond what was recorded: what happens next, and what the audit could not show."""

from __future__ import annotations

from collections.abc import Sequence

from quality.audits.models import Visit
from quality.core.pages import day, plural
from quality.reports.snapshot import Finding, FindingKind, Term
from quality.scoring import Judgement


def next_steps(findings: Sequence[Finding]) -> tuple[str, ...]:
    """What the provider and the council do now, one step a sentence."""
    asked = [finding for finding in findings if finding.kind is not FindingKind.GOOD_PRACTICE]
    must = [finding for finding in asked if finding.kind is FindingKind.MUST_IMPROVE]
    should = [finding for finding in asked if finding.kind is FindingKind.IMPROVEMENT_NEEDED]
    steps = []
    if must:
        steps.append(
            f"The provider puts right {plural(len(must), 'thing')} that must improve{_by_when(must)}."
        )
    if should:
        number = plural(len(should), "thing")
        steps.append(f"The provider improves {number} where improvement is needed{_by_when(should)}.")
    if asked:
        steps.append("The provider tells the quality officer what has been done about each finding.")
        steps.append(
            "The quality officer checks what has changed. Only then does the council close a finding."
        )
    steps.append(
        "A provider who thinks that something here is wrong writes to the council and says what and why."
    )
    return tuple(steps)


def _by_when(findings: Sequence[Finding]) -> str:
    dates = sorted({finding.by_when for finding in findings if finding.by_when})
    if not dates:
        return ""
    all_have_one = all(finding.by_when for finding in findings)
    if len(dates) > 1:
        each = "each by its date" if all_have_one else "those with a date by that date"
        return f", {each}: the first is {day(dates[0])}, the last {day(dates[-1])}"
    return f", by {day(dates[0])}" if all_have_one else f", those with a date by {day(dates[0])}"


def how_to_check(*, is_draft: bool) -> tuple[str, ...]:
    """How anybody finds out whether a copy of a report is as it was issued; of a draft, that it never is."""
    if is_draft:
        return (
            "This is a draft. It was never issued, so checking it always answers “unknown”.",
            "A report that has been issued can be checked by anybody.",
        )
    return (
        "Anybody can check a copy of this report. Open the page “Check a report” on the council’s quality service, "
        "which needs no account, and give it the PDF.",
        "The page answers genuine, replaced or unknown, and keeps nothing. One changed byte makes another file: a "
        "PDF that was saved anew or scanned is unknown.",
    )


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


def complaints(contact: str) -> tuple[str, ...]:
    """What somebody can do who disagrees with the report, or worries. `contact` is how one reaches the team.

    The Ombudsman and CQC, with their telephone numbers, as they name themselves on www.lgo.org.uk and www.cqc.org.uk.
    """
    reach = f": {contact}" if contact else ""
    return (
        f"Anybody who wants to ask about this report can ask the council's quality team{reach}.",
        "Anybody who worries about the care somebody receives can tell the council, and CQC: www.cqc.org.uk, "
        "03000 61 61 61. In an emergency, call 999.",
        "Anybody can complain about how the council carried out this audit, through the council's complaints "
        "procedure. Anybody who is not content with the answer can ask the Local Government and Social Care "
        "Ombudsman: www.lgo.org.uk, 0300 061 0614.",
        "A provider who thinks that a fact or a judgement in this report is wrong can ask the council to look at it "
        "again. Say which part, and why. If the council agrees, a new version says what changed.",
    )


def glossary() -> tuple[Term, ...]:
    """The words of the report that a resident's family may not know, in alphabetical order."""
    return tuple(Term(word=word, meaning=meaning) for word, meaning in _GLOSSARY)


_GLOSSARY = (
    ("Announced", "The service knew the day of the visit beforehand."),
    ("Audit", "The council's look at how good a service is: visits, records, and talks with people."),
    ("Coverage", "How much of what applies to the service could be looked at, by weight."),
    ("CQC", "The Care Quality Commission, the national regulator of health and social care in England."),
    (
        "Critical question",
        "A question so important that a bad answer limits how good its standard can be judged.",
    ),
    ("Evidence", "What was seen, heard or read, and noted down."),
    ("Finding", "A statement about what must improve, should improve, or is good practice."),
    ("Framework", "The list of standards and questions that every audit of this kind uses, and its rules."),
    ("Judgement", "The council's own word for how good something is. It is not a CQC rating."),
    ("Key question", "One of the five things CQC rates: safe, effective, caring, responsive, well-led."),
    ("Rating", "CQC's own word for how good a service is."),
    ("Registered manager", "The person CQC holds responsible for running the service day by day."),
    ("Weight", "How much an answer counts: from 1, counts once, to 3, counts three times."),
)
