"""The council's issued audits as at a day: what each judged, of whom, when, and how it came to be chosen.

An audit counts from the day its report was first issued: a correction moves no audit into another year. What it judged
is read from its newest report, which never changes, and remembered by the report's hash, so that nothing is judged or
read twice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import Select, select

from quality.audits.models import Audit, AuditType, ChosenBecause
from quality.core.clock import LONDON, local
from quality.core.database import db
from quality.frameworks.definition import ServiceType
from quality.frameworks.models import FrameworkVersion
from quality.market.council.rule import AT_LEAST_GOOD
from quality.reports.models import Report
from quality.services.models import Provider, Service

__all__ = [
    "IssuedAudit",
    "Level",
    "end_of",
    "issued_audits",
    "issued_ids",
    "newest_of",
]

_KEPT = "market_judged"


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the council's scale. Rank 0 is the best, none where nothing was judged.

    `is_good` says on which side of the line of `AT_LEAST_GOOD` it lies; none where it was not judged or no line is
    drawn.
    """

    words: str
    rank: int | None
    is_good: bool | None


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a report says: overall, and by the code of each standard; levels best first; the days of the visits."""

    overall: tuple[str, int | None]
    standards: dict[str, tuple[str, int | None]]
    levels: tuple[str, ...]
    visited_on: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class IssuedAudit:
    """One audit whose report was issued. `visited_on` is the first day of its visits; `levels` its scale, best first.

    `issued_on` is the day its first report was issued; all else is as its newest report has it.

    Provider and brand are those the report was issued to; the brand, and all names, as they are now.
    """

    id: int
    reference: str
    report: str
    service_id: int
    service: str
    cqc_id: str
    provider_id: int
    provider: str
    brand_id: str | None
    brand: str | None
    service_type: ServiceType
    audit_type: AuditType
    chosen_because: ChosenBecause
    chosen_note: str
    announced: bool
    framework_version_id: int
    visited_on: date
    issued_on: date
    levels: tuple[str, ...]
    overall: Level
    standards: dict[str, Level]

    @property
    def chosen(self) -> str:
        """How it came to be chosen, in words."""
        return f"{self.chosen_because.words}; {'announced' if self.announced else 'unannounced'}"


def end_of(day: date) -> datetime:
    """The moment a day ends in England: what was issued before it counts as at the day."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=LONDON)


def issued_ids(council: int, as_at: date) -> Select[int]:
    """The numbers of the council's audits whose report was issued by a day, for other statements to narrow to."""
    issued = select(Report.audit_id).where(
        Report.local_authority_id == council, Report.issued_at.is_not(None), Report.issued_at < end_of(as_at)
    )
    return issued.distinct()


def issued_audits(council: int, as_at: date) -> tuple[IssuedAudit, ...]:
    """The council's audits as at a day by the day they were first issued, each by its newest report of that time.

    One statement, and one more for reports that this process has not read yet.
    """
    rows = db.session.execute(_rows(council, as_at)).all()
    newest = {row.audit_id: row for row in rows}
    judged = _judged({row.snapshot_sha256: row.report_id for row in newest.values()})
    first = {row.audit_id: row.issued_at for row in reversed(rows)}
    found = [_issued(row, judged[row.snapshot_sha256], first[row.audit_id]) for row in newest.values()]
    return tuple(sorted(found, key=lambda one: (one.issued_on, one.id)))


def newest_of(audits: tuple[IssuedAudit, ...]) -> dict[int, IssuedAudit]:
    """The newest of these audits for each service, by its number; `audits` are in order."""
    return {audit.service_id: audit for audit in audits}


def _rows(council: int, as_at: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Report.id.label("report_id"),
            Report.number,
            Report.issued_at,
            Report.snapshot_sha256,
            Report.audit_id,
            Report.provider_id,
            Audit.reference,
            Audit.service_type,
            Audit.audit_type,
            Audit.chosen_because,
            Audit.chosen_note,
            Audit.announced,
            Audit.framework_version_id,
            Audit.planned_from,
            FrameworkVersion.code.label("framework_code"),
            Service.id.label("service_id"),
            Service.name.label("service"),
            Service.cqc_id,
            Provider.name.label("provider"),
            Provider.brand_id,
            Provider.brand_name,
        )
        .join(Audit, Audit.id == Report.audit_id)
        .join(FrameworkVersion, FrameworkVersion.id == Audit.framework_version_id)
        .join(Service, Service.id == Audit.service_id)
        .join(Provider, Provider.id == Report.provider_id)
        .where(
            Report.local_authority_id == council,
            Report.issued_at.is_not(None),
            Report.issued_at < end_of(as_at),
        )
        .order_by(Report.audit_id, Report.issue)
    )


def _issued(row: Any, judged: _Judged, first_issued: datetime) -> IssuedAudit:
    line = AT_LEAST_GOOD.good_rank(row.framework_code, judged.levels)
    return IssuedAudit(
        id=row.audit_id,
        reference=row.reference,
        report=row.number,
        service_id=row.service_id,
        service=row.service,
        cqc_id=row.cqc_id,
        provider_id=row.provider_id,
        provider=row.provider,
        brand_id=row.brand_id,
        brand=row.brand_name,
        service_type=row.service_type,
        audit_type=row.audit_type,
        chosen_because=row.chosen_because,
        chosen_note=row.chosen_note,
        announced=row.announced,
        framework_version_id=row.framework_version_id,
        visited_on=min(judged.visited_on, default=row.planned_from),
        issued_on=local(first_issued).date(),
        levels=judged.levels,
        overall=_level(judged.overall, line),
        standards={code: _level(found, line) for code, found in judged.standards.items()},
    )


def _level(found: tuple[str, int | None], line: int | None) -> Level:
    words, rank = found
    return Level(words, rank, None if rank is None or line is None else rank <= line)


def _judged(reports: dict[str, int]) -> dict[str, _Judged]:
    """What the reports with these hashes say. A hash says the same for ever, so nobody has to forget it."""
    kept: dict[str, _Judged] = current_app.extensions.setdefault(_KEPT, {})
    missing = [number for sha256, number in reports.items() if sha256 not in kept]
    if missing:
        snapshots = select(Report.snapshot_sha256, Report.snapshot).where(Report.id.in_(missing))
        kept.update((sha256, _read(json.loads(said))) for sha256, said in db.session.execute(snapshots))
    return kept


def _read(said: dict[str, Any]) -> _Judged:
    levels = tuple(band["words"] for band in reversed(said["method"]["bands"]))

    def level(judged: dict[str, Any]) -> tuple[str, int | None]:
        found = judged["judgement"]["level"]
        return found["words"], None if found["place"] is None else len(levels) - 1 - found["place"]

    return _Judged(
        overall=level(said),
        standards={one["code"]: level(one) for domain in said["domains"] for one in domain["standards"]},
        levels=levels,
        visited_on=tuple(date.fromisoformat(one) for one in said["audit"]["visited_on"]),
    )
