"""Finding reports. Staff see their own council's; a provider contact sees those issued to their own provider."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import defer, joinedload

from quality.audits.models import Audit
from quality.core.database import db
from quality.core.paging import PAGE_SIZE, Page, offset, page_of
from quality.people.askers import Asker
from quality.people.models import Person
from quality.reports.beside import IssuedJudgement, issued_judgement_of
from quality.reports.models import Report, ReportVariant, Variant
from quality.services.models import Service

__all__ = [
    "ISSUED_FILES",
    "IssuedFile",
    "IssuedJudgement",
    "find_issued",
    "find_report",
    "issued_file",
    "issued_judgement_of",
    "newer_version",
    "readable",
    "replaced_among",
    "report_of",
    "reports_for",
    "variant_with_hash",
    "variants_of",
    "with_hash",
    "without_variants",
]


class IssuedFile(NamedTuple):
    """What it takes to send a report as it was issued."""

    service_name: str
    pdf_sha256: str


ISSUED_FILES = (
    select(
        Service.name.label("service_name"),
        Report.pdf_sha256,
        Report.local_authority_id,
        Report.provider_id,
    )
    .join(Report.audit)
    .join(Audit.service)
    .where(Report.number == bindparam("number"), Report.issued_at.is_not(None))
    .subquery()
)
"""The file of the report with a number, if it is issued, for `sends_a_stored_file`."""


def reports_for(person: Person, number: int = 1) -> Page[Report]:
    """The reports this person may read, newest first, without their contents."""
    rows = db.session.scalars(
        readable(person)
        .options(defer(Report.snapshot))
        .order_by(Report.id.desc())
        .limit(PAGE_SIZE + 1)
        .offset(offset(number))
    )
    return page_of(list(rows), number)


def find_report(number: str, person: Person) -> Report | None:
    """The report of this number; none when it is not this person's to read."""
    return db.session.scalar(readable(person).where(Report.number == number))


def find_issued(number: str, person: Person) -> Report | None:
    """The issued report of this number, without its contents; none when it is not this person's to read."""
    mine = readable(person).where(Report.number == number, Report.issued_at.is_not(None))
    return db.session.scalar(mine.options(defer(Report.snapshot)))


def issued_file(asker: Asker) -> IssuedFile | None:
    """The file that somebody asks for, of `ISSUED_FILES`; none when it is not issued, or not theirs to read."""
    return IssuedFile(*asker.file) if asker.file else None


def report_of(audit: Audit) -> Report | None:
    """The newest report of an audit; none while there is none."""
    newest = select(Report).where(Report.audit_id == audit.id).order_by(Report.issue.desc()).limit(1)
    return db.session.scalar(newest)


def with_hash(sha256: str) -> Select[Report]:
    """The issued report whose bytes have this hash, in its usual form or in another."""
    others = select(ReportVariant.report_id).where(ReportVariant.sha256 == sha256)
    return select(Report).where(or_(Report.pdf_sha256 == sha256, Report.id.in_(others)))


def variant_with_hash(report: Report, sha256: str) -> Variant | None:
    """Which other form of a report these bytes are; none when they are its usual one."""
    return next((one.variant for one in variants_of(report).values() if one.sha256 == sha256), None)


def variants_of(report: Report) -> dict[Variant, ReportVariant]:
    """The other forms of a report that are stored, in the order they are offered."""
    rows = db.session.scalars(select(ReportVariant).where(ReportVariant.report_id == report.id))
    found = {row.variant: row for row in rows}
    return {variant: found[variant] for variant in Variant if variant in found}


def without_variants() -> list[Report]:
    """The issued reports of which a form is not stored, oldest first, without their contents."""
    stored = select(func.count()).where(ReportVariant.report_id == Report.id).scalar_subquery()
    lacking = select(Report).where(Report.issued_at.is_not(None), stored < len(Variant))
    return list(db.session.scalars(lacking.options(defer(Report.snapshot)).order_by(Report.id)))


def newer_version(report: Report) -> Report | None:
    """The issued version that replaced a report; none while it holds."""
    newer = select(Report).where(
        Report.audit_id == report.audit_id, Report.issue > report.issue, Report.issued_at.is_not(None)
    )
    return db.session.scalar(newer.options(defer(Report.snapshot)).order_by(Report.issue.desc()).limit(1))


def replaced_among(reports: Collection[Report]) -> set[int]:
    """The ids of those of these reports that a newer version has replaced."""
    versions = select(Report.audit_id, func.max(Report.issue)).where(
        Report.audit_id.in_([report.audit_id for report in reports]), Report.issued_at.is_not(None)
    )
    newest: dict[int, int] = {
        row[0]: row[1] for row in db.session.execute(versions.group_by(Report.audit_id))
    }
    return {report.id for report in reports if report.issue < newest.get(report.audit_id, 0)}


def readable(person: Person) -> Select[Report]:
    """The reports this person may read, to be narrowed down further."""
    reports = select(Report).options(
        joinedload(Report.audit, innerjoin=True).joinedload(Audit.service, innerjoin=True)
    )
    if person.provider_id is not None:
        return reports.where(Report.provider_id == person.provider_id, Report.issued_at.is_not(None))
    return reports.where(Report.local_authority_id == person.local_authority_id)
