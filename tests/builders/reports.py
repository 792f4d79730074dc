"""Reports of approved audits, issued by the operations the service itself uses."""

from __future__ import annotations

from typing import Any

from quality.audits.lifecycle import MoveName
from quality.core.database import db
from quality.reports.models import Report
from quality.reports.operations import finish_report, number_report
from quality.reports.render import report_pdf
from quality.reports.snapshot import Snapshot
from quality.services.models import LocalAuthority
from tests.builders.audits import a_manager, go
from tests.builders.findings import an_audit_in_review
from tests.databases import Database


def a_report(session: Database, *, pdf: bytes | None = None, **more: Any) -> Report:
    """An issued report. Its PDF takes a second to make, so a test that only asks who may read it gives other bytes."""
    audit = an_audit_in_review(session, **more)
    go(audit, MoveName.APPROVE, a_manager(session, session.get_one(LocalAuthority, audit.local_authority_id)))
    report = number_report(audit.id)
    made = pdf or report_pdf(Snapshot.from_json(report.snapshot))
    issued = finish_report(report.id, made)
    db.session.flush()
    return issued
