"""A report as easy read: one idea a line, a few of each list, and nothing that the full report does not say.

What somebody wrote (the titles of findings, what happens next, who can be asked) is quoted as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from quality.printing.colour import in_colour
from quality.printing.templates import print_css, print_html
from quality.printing.wording import counted, days_in_words, in_words
from quality.reports.easy_parts import Group, Line, Section, with_hard_words
from quality.reports.render import as_pdf
from quality.reports.snapshot import Finding, FindingKind, Level, Snapshot, Term

MOST = 5
"""How many of a list are told; of the rest, only how many they are."""

_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def easy_read_pdf(report: Snapshot) -> bytes:
    """The report as easy read, as accessible as the full one; the same snapshot gives the same bytes. PrintingError."""
    title = f"{report.service.name}: easy read of report {report.number}"
    return as_pdf(report, printed_easy(report), title=title)


def printed_easy(report: Snapshot) -> tuple[str, str]:
    """What is printed, as HTML and CSS. Raises PrintingError."""
    sections, terms = easy_read(report)
    html = print_html("reports/easy/report.html", report=report, sections=sections, terms=terms)
    return html, in_colour(print_css("reports/easy/report.css"), report.council.colour)


def easy_read(report: Snapshot) -> tuple[tuple[Section, ...], tuple[Term, ...]]:
    """The sections, and the words of the report's glossary that stand in them."""
    sections = (
        _visited(report),
        _found(report),
        _cqc(report),
        _good(report),
        _better(report),
        _next(report),
        _talk(report),
    )
    return with_hard_words(sections, report.glossary)


def _visited(report: Snapshot) -> Section:
    audit = report.audit
    when = f"We visited on {days_in_words(audit.visited_on)}." if audit.visited_on else "We did not visit."
    known = (
        "The service knew we were coming." if audit.announced else "The service did not know we were coming."
    )
    talks, records = sum(one.number for one in audit.spoken_to), sum(one.seen for one in audit.sampled)
    return Section(
        drawing="visit",
        shows="A house and a magnifying glass",
        question="Who visited?",
        groups=(
            Group(
                said=(
                    f"{report.council.name} looked at the care at {report.service.name}.",
                    when,
                    *((known,) if audit.visited_on else ()),
                )
            ),
            _group(
                "These people visited:", (Line(words=f"{one.name}, {one.role}") for one in audit.visitors)
            ),
            _group(
                f"We talked to {counted(talks, 'person', 'people')}:",
                (Line(words=f"{one.role}: {one.number}") for one in audit.spoken_to),
            ),
            Group(said=(f"We looked at {counted(records, 'record', 'records')}.",) if records else ()),
        ),
    )


def _found(report: Snapshot) -> Section:
    level, bands = report.judgement.level, report.method.bands
    levels = [
        Line(words=band.words, level=Level(place=place, words=band.words), here=place == level.place)
        for place, band in enumerate(bands)
    ]
    said: tuple[str, ...]
    if level.place is None:
        said = ("We did not see enough to make an overall judgement.",)
    else:
        said = (
            f"Our judgement is: {level.words}.",
            f"This is level {level.place + 1} of {len(bands)}. Level {len(bands)} is the best.",
        )
    parts = (
        Line(words=f"{one.title}: {one.judgement.level.words}", level=one.judgement.level)
        for one in report.domains
    )
    return Section(
        drawing="found",
        shows="Steps that go up, with a flag on the top step",
        question="What did we find?",
        groups=(
            Group(said=said),
            Group(said=("These are the levels. The best is last.",), lines=tuple(levels)),
            _group("We judged each part of the service:", parts),
        ),
    )


def _cqc(report: Snapshot) -> Section:
    overall = [one for one in report.cqc.ratings if one.domain == "Overall"]
    lines = (
        Line(
            words=f"{'The whole service' if one.service_group == 'Overall' else one.service_group}: {one.rating}",
            note=f"CQC published this on {in_words(one.published_on)}." if one.published_on else "",
        )
        for one in overall
    )
    told = _group(f"This is what CQC said, as we knew it on {in_words(report.cqc.as_at)}:", lines)
    return Section(
        drawing="cqc",
        shows="A sheet of paper with a seal",
        question="What does CQC say?",
        groups=(
            Group(
                said=(
                    "CQC checks care services in England.",
                    "CQC’s rating and our judgement are not the same thing.",
                )
            ),
            told if overall else Group(said=("We had no overall rating from CQC for this service.",)),
            Group(
                said=("CQC has given newer ratings since then.", "The full report shows them.")
                if report.cqc.newer
                else ()
            ),
        ),
    )


def _good(report: Snapshot) -> Section:
    good = report.findings_of(FindingKind.GOOD_PRACTICE)
    return Section(
        drawing="good",
        shows="A star",
        question="What is good?",
        groups=(
            _group("We saw good things:", (Line(words=one.title) for one in good))
            if good
            else Group(said=("We wrote down no example of good practice.",)),
        ),
    )


def _better(report: Snapshot) -> Section:
    must = report.findings_of(FindingKind.MUST_IMPROVE)
    needed = report.findings_of(FindingKind.IMPROVEMENT_NEEDED)
    nothing = (
        "We wrote down no single thing. The full report says what was wrong."
        if report.is_low
        else "We wrote down nothing that must get better."
    )
    return Section(
        drawing="better",
        shows="An arrow that goes up",
        question="What must get better?",
        groups=_those_that_speak(
            _group("These things must get better:", map(_asked, must)),
            _group("Improvement is needed here:", map(_asked, needed)),
        )
        or (Group(said=(nothing,)),),
    )


def _next(report: Snapshot) -> Section:
    plan = counted(len(report.plan), "thing", "things")
    answers = counted(len(report.responses), "time", "times")
    return Section(
        drawing="next",
        shows="A page of a calendar",
        question="What happens next?",
        groups=(
            *(_told(report.next_steps) or (Group(said=("We ask nothing more of the service.",)),)),
            Group(
                said=(f"The provider answered us {answers}. The full report says what.",)
                if report.responses
                else ()
            ),
            Group(
                said=(f"The provider’s plan has {plan} to do. The full report lists them.",)
                if report.plan
                else ()
            ),
        ),
    )


def _talk(report: Snapshot) -> Section:
    nobody = (Group(said=(f"You can ask {report.council.name}.",)),)
    return Section(
        drawing="talk",
        shows="Two speech bubbles",
        question="Who can I talk to?",
        groups=_told(report.complaints) or nobody,
    )


def _asked(finding: Finding) -> Line:
    return Line(words=finding.title, note=f"By {in_words(finding.by_when)}." if finding.by_when else "")


def _group(said: str, lines: Iterable[Line]) -> Group:
    """The first few of a list; nothing at all where it is empty."""
    every = tuple(lines)
    return Group(said=(said,) if every else (), lines=every[:MOST], more=max(0, len(every) - MOST))


def _those_that_speak(*groups: Group) -> tuple[Group, ...]:
    """The groups that say something: the first stands beside the drawing, and must not be empty."""
    return tuple(group for group in groups if group.said)


def _told(texts: Sequence[str]) -> tuple[Group, ...]:
    """The first few of the report's own texts, each sentence on a line of its own; the first two by themselves."""
    every = (sentence for text in texts[:MOST] for sentence in _SENTENCE_ENDS.split(text.strip()))
    said = tuple(sentence for sentence in every if sentence)
    rest = Group(said=said[2:], more=max(0, len(texts) - MOST))
    return (Group(said=said[:2]), rest) if said else ()
