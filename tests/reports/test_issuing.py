"""From an approval to an issued report: numbered once, stored by its hash, told, and served as bytes ever after."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from quality.audits.lifecycle import MoveName
from quality.audits.models import Audit
from quality.core.database import db
from quality.core.jobs import Job, run_all_due
from quality.evidence.storage import storage
from quality.history.kinds import Kind
from quality.history.queries import timeline
from quality.messages.queries import unread
from quality.people.models import Person
from quality.people.permissions import Role
from quality.reports.models import Report
from quality.reports.operations import finish_report, issue, number_report, pdf_of
from quality.reports.snapshot import Snapshot
from quality.services.models import LocalAuthority
from tests.builders.audits import a_manager, go
from tests.builders.findings import an_audit_in_review
from tests.builders.people import a_person
from tests.builders.reports import a_report
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def _approved(session: Database) -> Audit:
    audit = an_audit_in_review(session)
    go(audit, MoveName.APPROVE, a_manager(session, session.get_one(LocalAuthority, audit.local_authority_id)))
    session.commit()
    return audit


def test_an_approval_leads_to_an_issued_report(session: Database) -> None:
    audit = _approved(session)
    contact = a_person(session, Role.PROVIDER_CONTACT, provider=audit.service.provider)
    session.commit()
    run_all_due()
    report = session.scalars(select(Report).where(Report.audit_id == audit.id)).one()
    pdf = pdf_of(report)
    assert report.issued_at
    assert report.pdf_sha256 == hashlib.sha256(pdf).hexdigest()
    assert report.pdf_bytes == len(pdf)
    kinds = [entry.kind for entry in timeline("audit", audit.id)][:5]
    assert kinds[:2] == [Kind.REPORT_VARIANT_STORED] * 2
    assert kinds[2:] == [Kind.REPORT_ISSUED, Kind.REPORT_NUMBERED, Kind.AUDIT_APPROVED]
    assert [notice.path for notice in unread(contact.id)] == [f"/reports/{report.number}"]


def test_issuing_again_changes_nothing(session: Database) -> None:
    audit = _approved(session)
    issue(audit.id)
    first = session.scalars(select(Report)).one()
    kept = (first.number, first.pdf_sha256, first.issued_at)
    issue(audit.id)
    again = session.scalars(select(Report)).one()
    assert (again.number, again.pdf_sha256, again.issued_at) == kept


def test_a_crash_between_numbering_and_storing_is_mended_by_the_next_run(session: Database) -> None:
    audit = _approved(session)
    number = number_report(audit.id).number
    session.commit()
    issue(audit.id)
    report = session.scalars(select(Report)).one()
    assert report.number == number
    assert report.issued_at


def test_the_snapshot_says_what_was_recorded(session: Database) -> None:
    report = a_report(session, pdf=b"%PDF-1.7 issued")
    said = Snapshot.from_json(report.snapshot)
    audit = report.audit
    assert said.service.name == audit.service.name
    assert said.audit.reference == audit.reference
    assert [day.isoformat() for day in said.audit.visited_on] == [
        v.visited_on.isoformat() for v in audit.visits
    ]
    assert said.manifest == said.counted()
    assert said.findings[0].title == "Meals are a pleasure"
    assert hashlib.sha256(report.snapshot.encode()).hexdigest() == report.snapshot_sha256


def test_an_audit_that_is_not_approved_has_no_report(session: Database) -> None:
    audit = an_audit_in_review(session)
    with pytest.raises(ValueError, match="is not approved"):
        number_report(audit.id)


@pytest.mark.parametrize("change", ["snapshot = '{}'", "number = 'R-1'", "pdf_sha256 = snapshot_sha256"])
def test_the_database_refuses_to_change_an_issued_report(session: Database, change: str) -> None:
    a_report(session, pdf=b"%PDF-1.7 issued")
    with pytest.raises(Exception, match="cannot be changed"):
        session.execute(text(f"UPDATE report SET {change}"))  # noqa: S608 -- The three changes above.


def test_the_database_refuses_to_delete_a_report(session: Database) -> None:
    a_report(session, pdf=b"%PDF-1.7 issued")
    with pytest.raises(Exception, match="never deleted"):
        session.execute(text("DELETE FROM report"))


def test_a_contact_reads_and_downloads_their_own_providers_report(session: Database, sign_in: SignIn) -> None:
    report = a_report(session, pdf=b"%PDF-1.7 issued")
    contact = a_person(session, Role.PROVIDER_CONTACT, provider=report.audit.service.provider)
    browser = sign_in(contact)
    browser.get("/reports")
    assert report.number in browser.words
    browser.get(f"/reports/{report.number}")
    assert "Meals are a pleasure" in browser.words
    with browser.get(f"/reports/{report.number}.pdf") as answer:
        assert answer.data == b"%PDF-1.7 issued"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_another_providers_contact_sees_nothing_of_it(session: Database, sign_in: SignIn) -> None:
    report = a_report(session, pdf=b"%PDF-1.7 issued")
    browser = sign_in(a_person(session, Role.PROVIDER_CONTACT))
    browser.get("/reports")
    assert report.number not in browser.words
    assert browser.get(f"/reports/{report.number}").status_code == 404
    assert browser.get(f"/reports/{report.number}.pdf").status_code == 404


def test_a_contact_does_not_see_a_report_before_it_is_issued(session: Database, sign_in: SignIn) -> None:
    audit = _approved(session)
    report = number_report(audit.id)
    contact = a_person(session, Role.PROVIDER_CONTACT, provider=audit.service.provider)
    assert sign_in(contact).get(f"/reports/{report.number}").status_code == 404
    manager = a_manager(session, session.get_one(LocalAuthority, audit.local_authority_id))
    browser = sign_in(manager)
    assert browser.get(f"/reports/{report.number}").status_code == 200
    assert "being drawn up" in browser.words
    assert browser.get(f"/reports/{report.number}.pdf").status_code == 404
    finish_report(report.id, b"%PDF-1.7 issued")
    assert sign_in(contact).get(f"/reports/{report.number}").status_code == 200


def test_bytes_that_were_changed_on_the_disk_are_not_served(session: Database, sign_in: SignIn) -> None:
    report = a_report(session, pdf=b"%PDF-1.7 issued for one test only")
    manager = a_manager(session, session.get_one(LocalAuthority, report.local_authority_id))
    place = next(storage().folder.rglob(str(report.pdf_sha256)))
    place.write_bytes(b"%PDF-1.7 forged")
    answer = sign_in(manager).get(f"/reports/{report.number}.pdf")
    assert answer.status_code == 500
    assert b"forged" not in answer.data


def test_a_file_is_told_genuine_or_unknown(fresh_database: Flask, tmp_path: Path) -> None:
    with fresh_database.app_context():
        report = a_report(db.session, pdf=b"%PDF-1.7 issued")
        number = report.number
        db.session.commit()
        db.session.remove()
    runner = fresh_database.test_cli_runner()
    written = tmp_path / "report.pdf"
    assert runner.invoke(args=["reports", "render", number, "--out", str(written)]).exit_code == 0
    genuine = runner.invoke(args=["reports", "verify", str(written)])
    assert (genuine.exit_code, number in genuine.output) == (0, True)
    written.write_bytes(written.read_bytes() + b" ")
    unknown = runner.invoke(args=["reports", "verify", str(written)])
    assert unknown.exit_code == 1
    assert "Unknown" in unknown.output
    assert runner.invoke(args=["reports", "render", "R-none", "--out", str(written)]).exit_code == 2


def test_after_the_approval_the_page_of_the_audit_says_how_far_its_report_is(
    session: Database, sign_in: SignIn
) -> None:
    audit = _approved(session)
    browser = sign_in(a_manager(session, audit.local_authority))
    path = f"/audits/{audit.reference}"
    browser.get(path)
    assert browser.page.select_one("[data-look-again]")
    assert "The report is being drawn up" in browser.words
    job = session.scalars(select(Job).where(Job.task == "reports.issue")).one()
    job.attempts, job.gave_up_at, job.sentence = 4, job.queued_at, "It has more than 1,000 pages."
    session.commit()
    browser.get(path)
    assert (
        "could not be printed, after 4 tries. It has more than 1,000 pages. What it says is kept"
        in browser.words
    )
    assert not browser.page.select_one("[data-look-again]")
    report = finish_report(number_report(audit.id).id, b"%PDF-1.7 issued")
    browser.get(path)
    assert f"Report {report.number} was issued on" in browser.words
