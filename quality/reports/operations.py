"""Issuing a report: numbered with its snapshot, rendered outside any transaction, then stored and made known."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.audits.operations import lock_audit, lock_counter, next_reference
from quality.core.clock import now
from quality.core.database import db
from quality.core.jobs import enqueue, task
from quality.evidence.storage import storage
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.messages.operations import notify, withdraw
from quality.people.queries import contacts_of_provider
from quality.photographs.operations import note_in_report
from quality.reports.building import snapshot_of
from quality.reports.models import Report, ReportVariant, Variant
from quality.reports.queries import report_of
from quality.reports.render import report_pdf
from quality.reports.sealing import with_seal
from quality.reports.snapshot import Snapshot

VARIANTS_TASK = "reports.variants"


@task("reports.issue")
def issue(audit_id: int) -> None:
    """Issue the report of an approved audit. May be run again after a crash at any point: each step is done once.

    Opens and commits its own transactions, and holds none while it renders.
    """
    report = number_report(audit_id)
    db.session.commit()
    if report.issued_at is not None:
        return
    said = Snapshot.from_json(report.snapshot)
    db.session.rollback()
    pdf = with_seal(report_pdf(said, pictures_of(said)), said.issued_at)
    finish_report(report.id, pdf)
    db.session.commit()


def number_report(audit_id: int) -> Report:
    """Give the report of an approved audit its number and fix what it says; the one there is, when there is one."""
    audit = lock_audit(audit_id)
    newest = report_of(audit)
    # A version that was drawn up since the approval is the one that this approval asked for.
    if newest is not None and (audit.approved_at is None or newest.numbered_at >= audit.approved_at):
        return newest
    if audit.state is not State.PUBLISHED:
        raise ValueError(f"Audit {audit.reference} is not approved.")
    number, replaced = _next_number(audit, newest), newest.issue if newest else 0
    moment = now()
    said = snapshot_of(audit, number=number, replaces=replaced, issued_at=moment).as_json()
    note_in_report(audit, moment)
    report = Report(
        audit_id=audit.id,
        number=number,
        issue=replaced + 1,
        local_authority_id=audit.local_authority_id,
        provider_id=audit.service.provider_id,
        snapshot=said,
        snapshot_sha256=hashlib.sha256(said.encode()).hexdigest(),
        numbered_at=moment,
    )
    db.session.add(report)
    db.session.flush()
    _record(Kind.REPORT_NUMBERED, audit, number=number, snapshot_sha256=report.snapshot_sha256)
    return report


def _next_number(audit: Audit, newest: Report | None) -> str:
    """The next number of the council, or that of the first version with the new version behind it: R-NM-2026-0004-2."""
    if newest is None:
        return "R-" + next_reference(audit.local_authority, lock_counter(audit.local_authority, "report"))
    first = newest.number.removesuffix(f"-{newest.issue}") if newest.issue > 1 else newest.number
    return f"{first}-{newest.issue + 1}"


def finish_report(report_id: int, pdf: bytes) -> Report:
    """Store the bytes, mark the report issued, and tell the provider's contacts and the lead officer."""
    report = db.session.get_one(Report, report_id, with_for_update={"of": Report}, populate_existing=True)
    if report.issued_at is not None:
        return report
    report.pdf_sha256 = storage().put(pdf)
    report.pdf_bytes = len(pdf)
    report.issued_at = now()
    db.session.flush()
    _record(Kind.REPORT_ISSUED, report.audit, number=report.number, sha256=report.pdf_sha256)
    ask_for_variants(report)
    _tell(report)
    return report


def ask_for_variants(report: Report) -> None:
    """Have an issued report made in its other forms, unless that is under way or done already."""
    if report.issued_at is None:
        raise ValueError(f"Report {report.number} has not been issued.")
    enqueue(VARIANTS_TASK, key=variants_key(report), report_id=report.id)


def variants_key(report: Report) -> str:
    """What the job is called by that makes the other forms of a report."""
    return f"report-{report.id}"


def keep_variant(report_id: int, variant: Variant, pdf: bytes) -> None:
    """Store one other form of an issued report, unless it is stored already."""
    report = db.session.get_one(Report, report_id, with_for_update={"of": Report}, populate_existing=True)
    if db.session.get(ReportVariant, (report_id, variant)) is not None:
        return
    sha256 = storage().put(pdf)
    kept = ReportVariant(report_id=report_id, variant=variant, sha256=sha256, size=len(pdf), made_at=now())
    db.session.add(kept)
    db.session.flush()
    _record(Kind.REPORT_VARIANT_STORED, report.audit, number=report.number, form=variant.words, sha256=sha256)


def pictures_of(report: Snapshot) -> dict[str, bytes]:
    """The files of its photographs by SHA-256. Raises StorageError when one is gone or changed."""
    return {one.sha256: storage().get(one.sha256) for one in report.photographs}


def pdf_of(report: Report) -> bytes:
    """The bytes that were issued, checked against their hash. Raises StorageError when they are gone or changed."""
    if report.pdf_sha256 is None:
        raise ValueError(f"Report {report.number} has not been issued.")
    return storage().get(report.pdf_sha256)


def stored_file(sha256: str) -> Path:
    """A file as it was stored, to be sent as it is. Raises StorageError when it is gone or changed."""
    return storage().checked(sha256)


def file_name(number: str, service_name: str, form: str = "pdf") -> str:
    """The name a download gets: the number and the service, in plain letters, and what kind of file it is."""
    service = re.sub(r"[^a-z0-9]+", "-", service_name.lower()).strip("-")
    return f"{number}-{service}.{form}"


def _record(kind: Kind, audit: Audit, **details: object) -> None:
    record(kind, council=audit.local_authority_id, about=("audit", audit.id), by=None, details=dict(details))


def _tell(report: Report) -> None:
    service, path = report.audit.service.name, f"/reports/{report.number}"
    contacts = [person.id for person in contacts_of_provider(report.provider_id)]
    notify(
        contacts,
        key=f"report-{report.id}",
        subject=f"The findings for {service} are ready",
        text=f"Report {report.number} about {service} has been issued. You can read it here and download it.",
        path=path,
    )
    # The lead was told of the approval; the report that came of it says both.
    withdraw([report.audit.lead_id], key_begins=f"audit-{report.audit_id}-")
    notify(
        [report.audit.lead_id],
        key=f"report-{report.id}",
        subject=f"Report {report.number} was issued",
        text=f"The audit of {service} was approved, its report issued, and the provider's contacts told.",
        path=path,
    )
