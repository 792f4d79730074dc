"""Reports of approved audits, issued by the operations the service itself uses."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import date
from typing import Any

from PIL import Image

from quality.audits.lifecycle import MoveName
from quality.audits.models import Audit
from quality.core.clock import now
from quality.core.database import db
from quality.reports.building import snapshot_of
from quality.reports.models import Report
from quality.reports.operations import finish_report, number_report
from quality.reports.parts import Photograph
from quality.reports.render import report_pdf
from quality.reports.snapshot import Snapshot
from quality.services.models import LocalAuthority
from tests.builders.audits import a_manager, go
from tests.builders.findings import an_audit_in_review
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


def a_photographed_report(session: Database, photograph: Photograph, **more: Any) -> Report:
    """The numbered report of an approved audit, with a photograph in what it says. It is not printed yet."""
    audit = _approved(session, **more)
    plain = snapshot_of(audit, number="R-NM-2026-0901", replaces=0, issued_at=now())
    held = replace(plain.manifest, photographs=1)
    said = replace(plain, photographs=(photograph,), manifest=held).as_json()
    report = Report(
        audit_id=audit.id,
        number=plain.number,
        local_authority_id=audit.local_authority_id,
        provider_id=audit.service.provider_id,
        snapshot=said,
        snapshot_sha256=hashlib.sha256(said.encode()).hexdigest(),
        numbered_at=now(),
    )
    session.add(report)
    session.flush()
    return report


def _approved(session: Database, **more: Any) -> Audit:
    audit = an_audit_in_review(session, **more)
    go(audit, MoveName.APPROVE, a_manager(session, session.get_one(LocalAuthority, audit.local_authority_id)))
    return audit
