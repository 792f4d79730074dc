"""The first words of a report, for somebody whose mother lives there."""

from __future__ import annotations

from quality.printing.wording import counted, days_in_words, listed
from quality.reports.snapshot import FindingKind, Snapshot


def summary_sentences(report: Snapshot) -> tuple[str, ...]:
    """What was done and what came of it, in plain English; each entry is a short paragraph."""
    return tuple(part for part in (_visit(report), _seen(report), _result(report), _findings(report)) if part)


def _visit(report: Snapshot) -> str:
    service, council = report.service.name, report.council.name
    if not report.audit.visited_on:
        return f"{council} looked at the quality of care at {service} without visiting it."
    when = days_in_words(report.audit.visited_on)
    known = (
        "The service knew we were coming."
        if report.audit.announced
        else "The service did not know we were coming."
    )
    return f"{council} visited {service} on {when} to look at the quality of care. {known}"


def _seen(report: Snapshot) -> str:
    people = sum(group.number for group in report.audit.spoken_to)
    records = sum(sample.seen for sample in report.audit.sampled)
    seen = [f"spoke with {counted(people, 'person', 'people')}"] if people else []
    seen += [f"looked at {counted(records, 'record', 'records')}"] if records else []
    return f"We {listed(seen)}." if seen else ""


def _result(report: Snapshot) -> str:
    level = report.judgement.level
    if level.place is None:
        return "We did not see enough to make an overall judgement."
    return f"Our overall judgement is: {level.words}."


def _findings(report: Snapshot) -> str:
    must, should, good = (len(report.findings_of(kind)) for kind in FindingKind)
    parts = [f"{counted(must, 'thing', 'things')} that must improve"] if must else []
    parts += [f"{counted(should, 'thing', 'things')} where improvement is needed"] if should else []
    parts += [f"{counted(good, 'example', 'examples')} of good practice"] if good else []
    return f"We found {listed(parts)}." if parts else "We recorded no separate findings."
