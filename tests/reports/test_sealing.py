"""A council with a certificate seals what it issues; a council without one issues the same report without a seal."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from config import Settings
from quality.audits.lifecycle import MoveName
from quality.core.database import db
from quality.core.pages import settings
from quality.printing.seal import SealError, open_seal, seal_of, sealed
from quality.reports.models import Report
from quality.reports.operations import issue, pdf_of
from quality.reports.render import report_pdf
from quality.reports.snapshot import Snapshot
from quality.running.doctor import Check, Finding, examine
from quality.services.models import LocalAuthority
from tests.builders.audits import a_manager, go
from tests.builders.findings import an_audit_in_review
from tests.builders.reports import a_report
from tests.databases import Database
from tests.printing.documents import NOON, a_pdf
from tests.printing.test_seal import NAME, PASSWORD, WHOLE, a_seal


def use_seal(app: Flask, monkeypatch: pytest.MonkeyPatch, file: Path, password: str = PASSWORD) -> None:
    """Run this app with this seal."""
    changed = Settings.model_copy(
        app.extensions["settings"], update={"seal_file": str(file), "seal_password": password}
    )
    monkeypatch.setitem(app.extensions, "settings", changed)


def an_issued_report(session: Database) -> Report:
    """A report issued as the job issues it."""
    audit = an_audit_in_review(session)
    council = session.get_one(LocalAuthority, audit.local_authority_id)
    go(audit, MoveName.APPROVE, a_manager(session, council))
    session.commit()
    issue(audit.id)
    return session.scalars(select(Report).where(Report.audit_id == audit.id)).one()


@pytest.mark.slow
def test_an_issued_report_is_sealed_with_the_moment_it_was_issued(
    app: Flask, session: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use_seal(app, monkeypatch, a_seal(tmp_path))
    report = an_issued_report(session)
    stored, said = pdf_of(report), Snapshot.from_json(report.snapshot)
    assert seal_of(stored) == WHOLE
    plain = report_pdf(said)
    assert stored.startswith(plain)
    assert stored == sealed(plain, open_seal(tmp_path / "seal.p12", PASSWORD), said.issued_at)


@pytest.mark.slow
def test_without_a_certificate_nothing_is_sealed(session: Database) -> None:
    assert not settings().seal_file
    report = an_issued_report(session)
    assert pdf_of(report) == report_pdf(Snapshot.from_json(report.snapshot))


def test_no_report_is_issued_without_the_seal_that_was_asked_for(
    app: Flask, session: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use_seal(app, monkeypatch, a_seal(tmp_path), password="another")  # It is wrong.
    with pytest.raises(SealError, match="cannot be opened"):
        an_issued_report(session)
    session.rollback()
    assert session.scalars(select(Report)).one().issued_at is None


def test_the_doctor_says_whose_seal_it_is_or_why_it_cannot_be_used(tmp_path: Path) -> None:
    a_seal(tmp_path)
    assert seal_checks(tmp_path, "") == []
    assert seal_checks(tmp_path, "seal.p12") == [
        Check("Seal", Finding.GOOD, f"Issued reports are sealed by {NAME}.")
    ]
    (missing,) = seal_checks(tmp_path, "none.p12")
    assert missing.finding is Finding.BAD
    assert "Check SEAL_FILE and SEAL_PASSWORD" in missing.sentence


def seal_checks(folder: Path, file: str) -> list[Check]:
    """What the doctor says of the seal in this folder."""
    asked = Settings(
        database_url=f"sqlite:///{folder / 'a.sqlite3'}",
        storage_url=str(folder),
        seal_file=str(folder / file) if file else "",
        seal_password=PASSWORD,
    )
    with create_app(asked).app_context():
        found = [check for check in examine() if check.subject == "Seal"]
        db.session.remove()
        db.engine.dispose()
    return found


def test_the_command_tells_a_sealed_file_from_one_that_was_changed(
    fresh_database: Flask, tmp_path: Path
) -> None:
    pdf = sealed(a_pdf(), open_seal(a_seal(tmp_path), PASSWORD), NOON)
    with fresh_database.app_context():
        a_report(db.session, pdf=pdf)
        db.session.commit()
        db.session.remove()
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    verify = fresh_database.test_cli_runner().invoke
    whole = verify(args=["reports", "verify", str(file)])
    assert whole.exit_code == 0
    assert f"Sealed by {NAME}, whole." in whole.output
    assert "Genuine" in whole.output
    file.write_bytes(pdf + b" ")
    changed = verify(args=["reports", "verify", str(file)])
    assert (changed.exit_code, f"Sealed by {NAME}, and changed since." in changed.output) == (1, True)
