"""The course of each audit, read from the history: what was planned when, and on which day each stage began."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from sqlalchemy import select

from quality.audits.models import Audit, AuditType, ChosenBecause
from quality.core.clock import local
from quality.core.database import db
from quality.history.kinds import Kind
from quality.history.models import Event
from quality.market.council.issued import end_of
from quality.services.models import Service

__all__ = ["STAGES", "Course", "Stage", "courses", "days_words"]

_PLANS = (Kind.AUDIT_PLANNED, Kind.AUDIT_PLAN_CHANGED)
_MOVES = (
    Kind.VISIT_STARTED,
    Kind.SENT_FOR_REVIEW,
    Kind.AUDIT_RETURNED,
    Kind.AUDIT_APPROVED,
    Kind.AUDIT_ABANDONED,
    Kind.REPORT_ISSUED,
)


@dataclass(frozen=True, slots=True)
class Stage:
    """From the first event of one kind to the first of another."""

    title: str
    begins: Kind
    ends: Kind


STAGES = (
    Stage("From planning to the first visit", Kind.AUDIT_PLANNED, Kind.VISIT_STARTED),
    Stage("Visiting and writing up", Kind.VISIT_STARTED, Kind.SENT_FOR_REVIEW),
    Stage("Review, with what was returned", Kind.SENT_FOR_REVIEW, Kind.AUDIT_APPROVED),
    Stage("From approval to the issued report", Kind.AUDIT_APPROVED, Kind.REPORT_ISSUED),
    Stage("Altogether", Kind.AUDIT_PLANNED, Kind.REPORT_ISSUED),
)


@dataclass
class Course:
    """One audit as it was known on a day: its plan then, and the first day of each move made by then."""

    audit_id: int
    reference: str
    service: str
    planned_from: date
    planned_to: date
    audit_type: AuditType
    chosen_because: ChosenBecause
    announced: bool
    days: dict[Kind, date] = field(default_factory=dict)
    returned: int = 0

    def lasted(self, stage: Stage) -> int | None:
        """How many days a stage took; none while it is not over."""
        begin, end = self.days.get(stage.begins), self.days.get(stage.ends)
        return (end - begin).days if begin is not None and end is not None else None


def courses(council: int, as_at: date) -> dict[int, Course]:
    """Every audit that the council had planned by a day, by its number, from the history. Two statements.

    Where the details of an event were erased, the plan is told as it stands now.
    """
    audits = (
        select(
            *(Audit.id, Audit.reference, Service.name, Audit.planned_from, Audit.planned_to),
            *(Audit.audit_type, Audit.chosen_because, Audit.announced),
        )
        .join(Service, Service.id == Audit.service_id)
        .where(Audit.local_authority_id == council, Audit.planned_at < end_of(as_at))
        .order_by(Audit.id)
    )
    found = {row[0]: Course(*row) for row in db.session.execute(audits)}
    events = (
        select(Event.record_id, Event.kind, Event.at, Event.details)
        .where(
            Event.council == council,
            Event.record_type == "audit",
            Event.kind.in_([kind.value for kind in (*_PLANS, *_MOVES)]),
            Event.at < end_of(as_at),
        )
        .order_by(Event.id)
    )
    for audit_id, kind, at, details in db.session.execute(events):
        if audit_id in found:
            _take(found[audit_id], Kind(kind), local(at).date(), details)
    return found


def days_words(days: list[int]) -> str:
    """Some numbers of days in words: the middle one and the range, of how many."""
    if not days:
        return "none finished"
    shown = "1 day" if len(days) == 1 and days[0] == 1 else f"{median(days):g} days"
    return (
        f"{shown} (1 audit)"
        if len(days) == 1
        else f"{shown}, {min(days)} to {max(days)} ({len(days)} audits)"
    )


def _take(course: Course, kind: Kind, day: date, details: str | None) -> None:
    if kind is Kind.AUDIT_RETURNED:
        course.returned += 1
    course.days.setdefault(kind, day)
    if kind in _PLANS and details:
        said: dict[str, Any] = defaultdict(str, json.loads(details))
        plan = said if kind is Kind.AUDIT_PLANNED else said["after"]
        course.planned_from = date.fromisoformat(plan["planned_from"])
        course.planned_to = date.fromisoformat(plan["planned_to"])
        course.audit_type, course.announced = AuditType(plan["audit_type"]), plan["announced"]
        # What was planned before reasons were asked for says none.
        course.chosen_because = ChosenBecause(plan.get("chosen_because", ChosenBecause.NOT_RECORDED))
