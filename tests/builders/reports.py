"""Reports of approved audits, issued by the operations the service itself uses."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from typing import Any

from PIL import Image

from quality.audits.lifecycle import MoveName
from quality.audits.models import Audit
from quality.core.database import db
from quality.findings.operations import send_for_review
from quality.reports.models import Report
from quality.reports.operations import finish_report, number_report
from quality.reports.parts import Photograph
from quality.reports.render import report_pdf
from quality.reports.snapshot import Snapshot
from quality.services.models import LocalAuthority
from tests.builders.audits import a_manager, go
from tests.builders.findings import a_ready_audit
from tests.builders.photographs import an_added_photograph
from tests.databases import Database


def a_report(session: Database, *, pdf: bytes | None = None, **more: Any) -> Report:
    """An issued report. Its PDF takes a second to make, so a test that only asks who may read it gives other bytes."""
    report = number_report(_approved(session, **more).id)
    made = pdf or report_pdf(Snapshot.from_json(report.snapshot))
    issued = finish_report(report.id, made)
    db.session.flush()
    return issued


def a_picture() -> bytes:
    """A small JPEG."""
    file = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").resize((320, 240)).save(file, "JPEG", quality=85)
    return file.getvalue()


def a_photograph(file: bytes) -> Photograph:
    """What a report says of a photograph whose file this is."""
    return Photograph(
        sha256=hashlib.sha256(file).hexdigest(),
        width=320,
        height=240,
        caption="The ramp to the garden",
        shows="A wooden ramp with a rail on both sides",
        standard_code="1.1",
        taken_on=date(2026, 6, 9),
    )


def a_photographed_report(session: Database, **more: Any) -> Report:
    """The numbered report of an approved audit whose lead added a photograph. It is not printed yet."""
    audit = a_ready_audit(session, **more)
    an_added_photograph(audit)
    return number_report(_approval_of(session, audit).id)


def _approved(session: Database, **more: Any) -> Audit:
    return _approval_of(session, a_ready_audit(session, **more))


def _approval_of(session: Database, audit: Audit) -> Audit:
    send_for_review(audit.id, by=audit.lead, version=audit.version)
    council = session.get_one(LocalAuthority, audit.local_authority_id)
    return go(audit, MoveName.APPROVE, a_manager(session, council))
