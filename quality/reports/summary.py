"""The first page of a report, for somebody whose mother lives there: short sentences, from the snapshot alone.

What somebody typed (names, titles, the framework's words) stands in it as it is; everything else is ours and plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from quality.printing.wording import counted, days_in_words, in_words, listed
from quality.reports.snapshot import Domain, Finding, FindingKind, Level, Person, Snapshot

NAMED = 3
"""So many titles are named; of the rest the summary says how many they are."""
_MOST_DAYS = 4
_THEM = {1: "it", 2: "both"}
_PLACES = ("", "second ", "third ", "fourth ", "fifth ", "sixth ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One line of a list, and the number of the finding it names; none for a line about several."""

    words: str
    finding: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What the summary says about one thing: a heading, sentences, a text somebody typed, a list."""

    heading: str
    sentences: tuple[str, ...]
    typed: str = ""
    points: tuple[Point, ...] = ()


def summary_parts(report: Snapshot) -> tuple[Part, ...]:
    """The summary in its parts, each with something to say."""
    parts = (_draft(report), _correction(report), _visit(report), _result(report))
    rest = (_good(report), _must_change(report), _next(report), _family(report))
    return tuple(part for part in (*parts, *rest) if part.sentences or part.points)


def summary_sentences(report: Snapshot) -> tuple[str, ...]:
    """The same without headings and links: a short paragraph for each part. What somebody typed is left out."""
    return tuple(
        " ".join((*part.sentences, *(point.words for point in part.points))) for part in summary_parts(report)
    )


def quoted(text: str) -> str:
    """A text as it was typed, on one line, in quotation marks."""
    return f"“{_on_one_line(text) or '…'}”"


def _draft(report: Snapshot) -> Part:
    told = (
        "This is a draft: what the report would say as things stand.",
        "Nobody has approved it yet, and it may change.",
        "Do not use it as a report.",
    )
    return Part(heading="This is a draft", sentences=told if report.is_draft else ())


def _correction(report: Snapshot) -> Part:
    corrects = report.corrects
    if corrects is None:
        return Part(heading="", sentences=())
    who = _person(corrects.decided_by)
    return Part(
        heading=f"What changed since issue {corrects.replaces}",
        sentences=(
            f"This is issue {report.issue}. It replaces issue {corrects.replaces}, which no longer holds.",
            f"{who} decided this and gave the reason.",
        ),
        typed=corrects.what_changed,
    )


def _visit(report: Snapshot) -> Part:
    service, council = _name(report.service.name, "the service"), _name(report.council.name, "The council")
    days = sorted(set(report.audit.visited_on))
    if not days:
        told = [f"{council} looked at the quality of care at {service} without visiting it."]
    else:
        told = [
            f"{council} visited {service} {_on(days)} to look at the quality of care.",
            "The service knew that we were coming."
            if report.audit.announced
            else "The service did not know that we were coming.",
            *_visitors(report.audit.visitors, "visit" if len(days) == 1 else "visits"),
        ]
    return Part(heading="Our visit" if days else "What we did", sentences=(*told, *_seen(report)))


def _on(days: Sequence[date]) -> str:
    if len(days) <= _MOST_DAYS:
        return f"on {days_in_words(days)}"
    return f"on {len(days)} days, from {in_words(days[0])} to {in_words(days[-1])}"


def _visitors(people: Sequence[Person], visit: str) -> Iterable[str]:
    if people:
        yield f"{_named((_name(one.name, 'a colleague') for one in people), 'other', 'others')} made the {visit}."


def _seen(report: Snapshot) -> Iterable[str]:
    people = sum(group.number for group in report.audit.spoken_to)
    records = sum(sample.seen for sample in report.audit.sampled)
    seen = [f"spoke with {counted(people, 'person', 'people')}"] if people > 0 else []
    seen += [f"looked at {counted(records, 'record', 'records')}"] if records > 0 else []
    if seen:
        yield f"We {listed(seen)}."


def _result(report: Snapshot) -> Part:
    level, bands = report.judgement.level, report.method.bands
    if level.place is None:
        told = [
            "We did not see enough to make an overall judgement.",
            "That does not mean that the care is good, or that it is bad.",
        ]
    else:
        told = [f"Our overall judgement is {_ended(quoted(level.words))}", *_place(level.place, len(bands))]
        meaning = _everyday(bands[level.place].meaning)
        told += [f"It means: {_ended(quoted(meaning))}"] if meaning else []
        told.append("This is not a CQC rating.")
    return Part(heading="What we think", sentences=tuple(told))


def _place(place: int, levels: int) -> Iterable[str]:
    """Where a level stands on the scale, counted from its nearer end; the middle one counts from the best."""
    from_top, scale = levels - 1 - place, f"of our {levels} levels"
    nearer, end = (from_top, "best") if from_top <= place else (place, "lowest")
    if levels > 1 and nearer < len(_PLACES):
        yield f"That is the {_PLACES[nearer]}{end} {scale}."


def _everyday(meaning: str) -> str:
    """What a level means to people: its sentences without those about per cent."""
    sentences = re.split(r"(?<=[.!?])\s+", meaning.strip())
    return " ".join(sentence for sentence in sentences if "%" not in sentence)


def _good(report: Snapshot) -> Part:
    good = report.findings_of(FindingKind.GOOD_PRACTICE)
    told = list(_best(report.domains, len(report.method.bands)))
    if good:
        told.append(f"We found {counted(len(good), 'example', 'examples')} of good practice.")
    first = len(report.findings) - len(good) + 1
    titles = [_ended(quoted(finding.title)) for finding in good]
    return Part(heading="What is good", sentences=tuple(told), points=_points(titles, first))


def _best(domains: Sequence[Domain], levels: int) -> Iterable[str]:
    """The parts with the best level, where that is one of the upper half of the scale."""
    judged = [domain for domain in domains if domain.judgement.level.place is not None]
    top = max((_rank(domain.judgement.level) for domain in judged), default=-1)
    if top * 2 < levels:
        return
    best = [domain for domain in judged if _rank(domain.judgement.level) == top]
    words = _ended(quoted(best[0].judgement.level.words))
    if len(best) == len(domains) > 1:
        yield f"We judged every part of the service {words}"
    else:
        titles = _named((quoted(domain.title) for domain in best), "other part", "other parts")
        yield f"{titles} came out best. We judged {_THEM.get(len(best), 'each of them')} {words}"


def _rank(level: Level) -> int:
    return -1 if level.place is None else level.place


def _must_change(report: Snapshot) -> Part:
    must, should = (
        report.findings_of(kind) for kind in (FindingKind.MUST_IMPROVE, FindingKind.IMPROVEMENT_NEEDED)
    )
    found = [f"{counted(len(must), 'thing', 'things')} that must improve"] if must else []
    found += [f"{counted(len(should), 'thing', 'things')} that should get better"] if should else []
    told = [f"We found {listed(found)}."] if found else [_nothing_found(report)]
    if must:
        told.append("Here are the most serious." if len(must) > NAMED else "Here is what must improve.")
    return Part(
        heading="What must change",
        sentences=tuple(told),
        points=_points([_asked(finding) for finding in must], 1),
    )


def _nothing_found(report: Snapshot) -> str:
    if report.is_low:
        return "We wrote down no single thing. “How the judgement was made” says what was wrong."
    return "We found nothing that must improve." if report.findings else "We recorded no separate findings."


def _asked(finding: Finding) -> str:
    title = quoted(finding.title)
    if finding.by_when is None:
        return f"{_ended(title)} No date has been set."
    return f"{_ended(title)} By {in_words(finding.by_when)}."


def _next(report: Snapshot) -> Part:
    asked = [finding for finding in report.findings if finding.kind is not FindingKind.GOOD_PRACTICE]
    provider = _name(report.service.provider_name, "the provider")
    if asked:
        told = [
            f"{provider} runs the service. It has to act on {counted(len(asked), 'finding', 'findings')}."
        ]
    elif report.is_low:
        told = [f"{provider} runs the service. It has to act on what led to our judgement."]
    else:
        told = ["We ask for no changes."]
    told += _dates(sorted({finding.by_when for finding in asked if finding.by_when is not None}))
    told += ["“What happens next” gives each step."] if report.next_steps else []
    return Part(heading="Next steps", sentences=tuple(told))


def _family(report: Snapshot) -> Part:
    told = ["This report does not ask you to do anything."]
    told += ["“Who to talk to” says whom to ask, and where to tell a worry."] if report.complaints else []
    return Part(heading="If you or your family use this service", sentences=tuple(told))


def _dates(dates: Sequence[date]) -> Iterable[str]:
    if len(dates) > 1:
        yield f"The first date is {in_words(dates[0])}. The last is {in_words(dates[-1])}."
    elif dates:
        yield f"The date is {in_words(dates[0])}."


def _points(lines: Sequence[str], first: int) -> tuple[Point, ...]:
    """The first few lines, with the numbers that their findings have, and how many more there are."""
    points = [Point(words=words, finding=first + place) for place, words in enumerate(lines[:NAMED])]
    more = len(lines) - NAMED
    return (*points, *([Point(words=f"And {more:,} more.", finding=None)] if more > 0 else []))


def _named(names: Iterable[str], one: str, many: str) -> str:
    """The first few names and how many others there are: A, B, C and 2 others."""
    every = list(names)
    more = len(every) - NAMED
    return listed([*every[:NAMED], *([counted(more, one, many)] if more > 0 else [])])


def _person(person: Person) -> str:
    name, role = _name(person.name, "The council"), _on_one_line(person.role)
    return f"{name} ({role})" if role else name


def _name(text: str, otherwise: str) -> str:
    return _on_one_line(text) or otherwise


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _ended(quote: str) -> str:
    """A quotation at the end of a sentence: with a full stop, unless it has its own."""
    return quote if quote.rstrip("”").endswith((".", "!", "?", "…")) else f"{quote}."
