"""The draft of a report: what it would say if the audit were approved as it stands, printed ahead for its reviewer."""

from __future__ import annotations

import hashlib

from quality.audits.models import Audit
from quality.audits.operations import lock_audit
from quality.core.clock import now
from quality.core.database import db
from quality.core.jobs import Job, enqueue, newest_job, task
from quality.evidence.storage import storage
from quality.photographs.queries import erased_from
from quality.reports.building import snapshot_of
from quality.reports.models import ReportDraft
from quality.reports.operations import pictures_of
from quality.reports.queries import report_of
from quality.reports.render import report_pdf
from quality.reports.snapshot import Snapshot

TASK = "reports.draft"


def draft_of(audit: Audit) -> Snapshot:
    """The draft as things stand. Its date is that of the last sending, so it changes only with what it says."""
    issued = report_of(audit)
    return snapshot_of(
        audit,
        number=f"Draft of {audit.reference}",
        replaces=issued.issue if issued else 0,
        issued_at=audit.sent_at or audit.planned_at,
    )


def printed_draft(audit: Audit) -> ReportDraft | None:
    """The printed draft, if it is of what the audit says now."""
    printed = db.session.get(ReportDraft, audit.id)
    return printed if printed and printed.snapshot_sha256 == _sha256(draft_of(audit)) else None


def ask_for_draft(audit: Audit) -> None:
    """Have the draft printed, unless it is under way already."""
    key, last = f"audit-{audit.id}-{_sha256(draft_of(audit))}", job_of(audit)
    if last is None or last.done_at or last.gave_up_at or not last.key.startswith(f"{TASK}:{key}"):
        # The same draft can be wanted again: it was printed otherwise since, or erased.
        enqueue(TASK, key=f"{key}-{last.id if last else 0}", audit_id=audit.id)


def job_of(audit: Audit) -> Job | None:
    """The job that prints the draft, or printed the one before; none while nobody has asked for any."""
    return newest_job(TASK, key_begins=f"audit-{audit.id}-")


@task(TASK)
def print_draft(audit_id: int) -> None:
    """Print the draft of an audit as it stands, outside any transaction, and keep it instead of the one before."""
    said = draft_of(db.session.get_one(Audit, audit_id))
    db.session.rollback()
    pdf = report_pdf(said, pictures_of(said))
    # Whoever erases a photograph comes before this or after it.
    audit = lock_audit(audit_id)
    shown = {one.sha256 for one in said.photographs}
    if shown & {one.printed_sha256 for one in erased_from(audit)}:
        return
    draft = db.session.get(ReportDraft, audit_id) or ReportDraft(audit_id=audit_id)
    before = draft.pdf_sha256
    draft.snapshot_sha256, draft.pdf_sha256, draft.pdf_bytes = _sha256(said), storage().put(pdf), len(pdf)
    draft.made_at = now()
    db.session.add(draft)
    db.session.commit()
    if before and before != draft.pdf_sha256:
        # It may show a photograph that should never have been taken. No other audit's draft has these bytes.
        storage().erase(before)


@task("reports.forget_draft")
def forget_draft(audit_id: int) -> None:
    """Erase the printed draft of an audit, which may show a photograph that was erased."""
    lock_audit(audit_id)
    draft = db.session.get(ReportDraft, audit_id)
    if draft is not None:
        db.session.delete(draft)
        db.session.commit()
        storage().erase(draft.pdf_sha256)


def _sha256(said: Snapshot) -> str:
    return hashlib.sha256(said.as_json().encode()).hexdigest()
