"""The council's latest issued judgement of a service, and where it and CQC's key questions speak of the same thing.

It is shown beside CQC's ratings, in columns and on a scale of its own. Nothing here turns one into the other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, select

from quality.audits.models import Audit
from quality.core.clock import LONDON, local
from quality.core.database import db
from quality.frameworks.models import FrameworkVersion, Question, Standard
from quality.frameworks.vocabulary import KeyQuestion, ServiceType
from quality.people.models import Person
from quality.people.permissions import Permission
from quality.reports.models import Report
from quality.reports.plain import from_plain
from quality.reports.snapshot import Judgement


@dataclass(frozen=True)
class IssuedLine:
    """The level given to a domain, or overall, in the framework's words. Rank 0 is the best level; none: not judged."""

    title: str
    words: str
    rank: int | None


@dataclass(frozen=True)
class CrosswalkRow:
    """One of CQC's key questions, and the council's standards with questions that speak to it, as "1.2 Consent"."""

    key_question: str
    standards: tuple[str, ...]


@dataclass(frozen=True)
class IssuedJudgement:
    """What the newest issued report of a service says of it; `scale` is the framework's levels, best first."""

    number: str
    issued_on: date
    visited_on: tuple[date, ...]
    framework_title: str
    framework_version: int
    overall: IssuedLine
    domains: tuple[IssuedLine, ...]
    scale: tuple[str, ...]
    crosswalk: tuple[CrosswalkRow, ...]


def issued_judgement_of(service_id: int, person: Person, as_at: date | None = None) -> IssuedJudgement | None:
    """What the council's newest report of a service says, or said on a day; none without one, or for other people.

    It reads what was issued and judges nothing again. One query once a process has read the report.
    """
    if not (person.is_staff and person.may(Permission.READ_AUDITS)):
        return None
    reports = _ISSUED.where(
        Audit.service_id == service_id, Report.local_authority_id == person.local_authority_id
    )
    if as_at is not None:
        next_day = datetime.combine(as_at + timedelta(days=1), time.min, tzinfo=LONDON)
        reports = reports.where(Report.issued_at < next_day)
    newest = db.session.execute(reports.order_by(Report.issued_at.desc(), Report.id.desc()).limit(1)).first()
    return _read(*newest) if newest else None


_ISSUED = (
    select(Report.id, Report.snapshot_sha256)
    .join(Audit, Audit.id == Report.audit_id)
    .where(Report.issued_at.is_not(None))
)


@lru_cache(maxsize=1024)
def _read(report_id: int, snapshot_sha256: str) -> IssuedJudgement:
    """What an issued report says. Neither it nor its framework can ever change, so it is read once.

    The hash is there to tell it from a report of another database with the same number.
    """
    found = db.session.execute(
        select(
            Report.number,
            Report.issued_at,
            Report.snapshot,
            Audit.service_type,
            FrameworkVersion.id,
            FrameworkVersion.title,
            FrameworkVersion.version,
        )
        .join(Audit, Audit.id == Report.audit_id)
        .join(FrameworkVersion, FrameworkVersion.id == Audit.framework_version_id)
        .where(Report.id == report_id, Report.snapshot_sha256 == snapshot_sha256)
    ).one()
    said = json.loads(found.snapshot)
    places = _places(found.id, found.service_type)
    codes = {place.domain_title: place.domain_code for place in places}
    return IssuedJudgement(
        number=found.number,
        issued_on=local(found.issued_at).date(),
        visited_on=tuple(date.fromisoformat(one) for one in said["audit"]["visited_on"]),
        framework_title=found.title,
        framework_version=found.version,
        overall=_line("Overall", said, said),
        domains=tuple(_line(f"{codes[one['title']]} {one['title']}", one, said) for one in said["domains"]),
        scale=tuple(band["words"] for band in reversed(said["method"]["bands"])),
        crosswalk=_crosswalk(places),
    )


def _line(title: str, judged: dict[str, Any], said: dict[str, Any]) -> IssuedLine:
    level = from_plain(Judgement, judged["judgement"]).level
    rank = None if level.place is None else len(said["method"]["bands"]) - 1 - level.place
    return IssuedLine(title, level.words, rank)


def _places(framework_version_id: int, service_type: ServiceType) -> list[Row[*tuple[Any, ...]]]:
    """Every question that is put to this kind of service, as its standard's place and its key question, in order."""
    questions = (
        select(
            Standard.domain_code,
            Standard.domain_title,
            Standard.code,
            Standard.title,
            Question.key_question,
            Question.service_types,
        )
        .join(Question, Question.standard_id == Standard.id)
        .where(Standard.framework_version_id == framework_version_id)
        .order_by(Standard.position, Question.position)
    )
    return [one for one in db.session.execute(questions) if service_type.value in one.service_types]


def _crosswalk(places: list[Row[*tuple[Any, ...]]]) -> tuple[CrosswalkRow, ...]:
    standards: dict[str, list[str]] = {key_question: [] for key_question in KeyQuestion}
    for place in places:
        named = f"{place.code} {place.title}"
        if named not in standards[place.key_question]:
            standards[place.key_question].append(named)
    return tuple(CrosswalkRow(one.words, tuple(standards[one])) for one in KeyQuestion)
