"""The council's own work: done against plan, how audits were chosen, how long each stage took, what was judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quality.core.pages import short_day
from quality.history.kinds import Kind
from quality.market.council.issued import IssuedAudit
from quality.market.council.pack.data import PackData, period_begins
from quality.market.council.pack.figures import PackFigure, PackPart, PackRow
from quality.market.council.pack.stages import STAGES, Course, days_words
from quality.market.council.selection import Selection, selection_of

__all__ = ["judged_parts", "work_figures"]

_ISSUED = "Audits whose report was issued in the twelve months up to the day."


def work_figures(data: PackData) -> list[PackFigure]:
    """The figures about the council's own work in twelve months."""
    recent = data.issued_since(1)
    return [_against_plan(data), _selection(data, recent), _stages(data, recent), _judged(data, recent)]


def judged_parts(audits: tuple[IssuedAudit, ...]) -> tuple[PackPart, ...]:
    """How many audits were judged at each level, best first; levels of several scales one after the other."""
    levels = {level: None for audit in audits for level in audit.levels}
    counts = Counter(audit.overall.words for audit in audits)
    others = [words for words in counts if words not in levels]
    return tuple(PackPart(words, counts[words], len(audits)) for words in (*levels, *others))


def _against_plan(data: PackData) -> PackFigure:
    begins = period_begins(data.as_at)
    planned = [one for one in data.courses.values() if begins <= one.planned_from <= data.as_at]
    fates = [(course, _fate(course)) for course in planned]
    counts = Counter(fate for _, fate in fates)
    chosen = selection_of(planned)
    return PackFigure(
        key="against-plan",
        title="Audits done against plan",
        words="Audits planned to begin in the last twelve months whose visit has begun, of all that were planned to.",
        rule="By the first day of the plan as it was last changed by the day, and the day the visit began, both from "
        "the history. Audits that were abandoned stay in the number planned.",
        as_at=data.as_at,
        k=sum(Kind.VISIT_STARTED in course.days for course in planned),
        n=len(planned),
        chosen=chosen.words,
        parts=(
            *(PackPart(fate, counts[fate], len(planned)) for fate in _FATES),
            *_begun_by_reason(planned, chosen),
        ),
        headings=(
            "Audit",
            "Service",
            "Why chosen",
            "Planned from",
            "Planned to",
            "Visit begun",
            "What became of it",
        ),
        rows=tuple(_plan_row(course, fate) for course, fate in fates),
    )


_FATES = _IN_TIME, _LATER, _ABANDONED, _WAITING = (
    "Begun by the last planned day",
    "Begun later than planned",
    "Abandoned before a visit",
    "Not begun yet",
)


def _begun_by_reason(planned: list[Course], chosen: Selection) -> Iterator[PackPart]:
    """Of the audits planned for each reason, how many have begun."""
    begun = Counter(one.chosen_because for one in planned if Kind.VISIT_STARTED in one.days)
    for reason, count in chosen.by_reason:
        yield PackPart(f"{reason.words}: begun", begun[reason], count)


def _plan_row(course: Course, fate: str) -> PackRow:
    cells = (
        course.reference,
        course.service,
        course.chosen_because.words,
        short_day(course.planned_from),
        short_day(course.planned_to),
        short_day(course.days.get(Kind.VISIT_STARTED)),
        fate,
    )
    return PackRow(cells, f"/audits/{course.reference}")


def _fate(course: Course) -> str:
    begun = course.days.get(Kind.VISIT_STARTED)
    if begun is not None:
        return _IN_TIME if begun <= course.planned_to else _LATER
    return _ABANDONED if Kind.AUDIT_ABANDONED in course.days else _WAITING


def _selection(data: PackData, recent: tuple[IssuedAudit, ...]) -> PackFigure:
    chosen = selection_of(recent)
    return PackFigure(
        key="selection",
        title="How audits were chosen",
        words=chosen.words,
        rule=f"{_ISSUED} Reason, type and whether it was announced are as planned.",
        as_at=data.as_at,
        parts=(
            *(PackPart(reason.words, count, chosen.n) for reason, count in chosen.by_reason),
            *(PackPart(f"Type: {kind.words}", count, chosen.n) for kind, count in chosen.by_type),
            PackPart("Announced", chosen.announced, chosen.n),
        ),
        headings=("Audit", "Service", "Why chosen", "More about why", "Type", "Announced", "Visited on"),
        rows=tuple(_chosen_row(audit) for audit in recent),
    )


def _chosen_row(audit: IssuedAudit) -> PackRow:
    announced = "Yes" if audit.announced else "No"
    why = audit.chosen_because.words, audit.chosen_note
    cells = (
        *(audit.reference, audit.service, *why),
        *(audit.audit_type.words, announced, short_day(audit.visited_on)),
    )
    return PackRow(cells, f"/audits/{audit.reference}")


def _stages(data: PackData, recent: tuple[IssuedAudit, ...]) -> PackFigure:
    some = [data.courses[audit.id] for audit in recent if audit.id in data.courses]
    parts = []
    for stage in STAGES:
        lasted = [days for course in some if (days := course.lasted(stage)) is not None]
        parts.append(PackPart(stage.title, value=days_words(lasted)))
    returned = sum(course.returned > 0 for course in some)
    return PackFigure(
        key="stages",
        title="Days each stage took",
        words="The middle number of days (the median), with the shortest and the longest.",
        rule=f"{_ISSUED} Calendar days between the first event of each kind in the history.",
        as_at=data.as_at,
        chosen=selection_of(some).words,
        parts=(*parts, PackPart("Returned to the officer at least once", returned, len(some))),
        headings=("Audit", "Service", *(stage.title for stage in STAGES), "Times returned"),
        rows=tuple(_stages_row(course) for course in some),
    )


def _stages_row(course: Course) -> PackRow:
    lasted = [course.lasted(stage) for stage in STAGES]
    days = ("" if one is None else str(one) for one in lasted)
    cells = (course.reference, course.service, *days, str(course.returned))
    return PackRow(cells, f"/audits/{course.reference}")


def _judged(data: PackData, recent: tuple[IssuedAudit, ...]) -> PackFigure:
    fifths = data.places.deprivation or {}
    groups: dict[str, list[bool]] = {}
    for audit in sorted(recent, key=lambda one: one.service_type.words):
        if audit.overall.is_good is not None:
            groups.setdefault(audit.service_type.words, []).append(audit.overall.is_good)
    for audit in sorted(recent, key=lambda one: fifths.get(one.service_id, "")):
        if audit.overall.is_good is not None and audit.service_id in fifths:
            title = f"Fifth of deprivation {fifths[audit.service_id]}"
            groups.setdefault(title, []).append(audit.overall.is_good)
    even = (
        PackPart(f"{title}: at or above our line", sum(some), len(some)) for title, some in groups.items()
    )
    return PackFigure(
        key="judgements",
        title="Audits by judgement",
        words="What the council judged overall, by level, by kind of service and by the deprivation of its place.",
        rule=f"{_ISSUED} {data.beside.rule.words}",
        as_at=data.as_at,
        chosen=selection_of(recent).words,
        parts=(*judged_parts(recent), *even),
        headings=("Audit", "Service", "Kind", "Issued on", "Judgement", "How it was chosen"),
        rows=tuple(_judged_row(audit) for audit in recent),
    )


def _judged_row(audit: IssuedAudit) -> PackRow:
    kind, issued = audit.service_type.words, short_day(audit.issued_on)
    cells = (audit.reference, audit.service, kind, issued, audit.overall.words, audit.chosen)
    return PackRow(cells, f"/audits/{audit.reference}")
