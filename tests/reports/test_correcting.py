"""A correction is a new version that says what changed; the version it replaces stays as it was, and says so."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import Audit
from quality.core.errors import Invalid, NotAllowed, Refused
from quality.people.models import Person
from quality.people.permissions import Role
from quality.reports.models import Report
from quality.reports.operations import finish_report, number_report
from quality.reports.snapshot import Snapshot
from quality.reports.verifying import Verdict, verify_bytes
from tests.builders.audits import a_manager, go
from tests.builders.findings import a_finding
from tests.builders.people import a_person
from tests.builders.reports import a_report
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]
WRONG = "The medicines count was of April, not of May. The finding says April now."
FIRST, SECOND = b"%PDF-1.7 first", b"%PDF-1.7 second"


def _correcting(session: Database) -> tuple[Report, Audit, Person]:
    """An issued report, its audit while it is being corrected, and the manager who wanted that."""
    report = a_report(session, pdf=FIRST)
    manager = a_manager(session, report.audit.local_authority)
    return report, go(report.audit, MoveName.CORRECT, manager, WRONG), manager


def _corrected(session: Database) -> tuple[Report, Report]:
    first, audit, _ = _correcting(session)
    a_finding(audit, title="Medicines are counted each month")
    go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
    go(audit, MoveName.APPROVE, a_manager(session, audit.local_authority))
    second = finish_report(number_report(audit.id).id, SECOND)
    session.flush()
    return first, second


def test_a_correction_opens_the_audit_and_leaves_the_report_as_it_is(session: Database) -> None:
    report, audit, _ = _correcting(session)
    assert (audit.state, audit.approved_by, audit.correcting) == (State.WRITING_UP, None, WRONG)
    assert report.issued_at
    assert verify_bytes(io.BytesIO(FIRST)).verdict is Verdict.GENUINE


def test_the_new_version_says_what_changed_and_which_it_replaces(session: Database) -> None:
    first, second = _corrected(session)
    assert (second.number, second.issue) == (f"{first.number}-2", 2)
    said = Snapshot.from_json(second.snapshot)
    assert said.corrects
    assert (said.corrects.replaces, said.corrects.what_changed) == (1, WRONG)
    assert "Medicines are counted each month" in {finding.title for finding in said.findings}
    assert Snapshot.from_json(first.snapshot).corrects is None


def test_a_second_correction_counts_on_from_the_first_number(session: Database) -> None:
    first, second = _corrected(session)
    audit = second.audit
    go(audit, MoveName.CORRECT, a_manager(session, audit.local_authority), "The date was wrong.")
    go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
    go(audit, MoveName.APPROVE, a_manager(session, audit.local_authority))
    assert number_report(audit.id).number == f"{first.number}-3"


def test_drawing_up_twice_after_one_approval_makes_one_version(session: Database) -> None:
    _, second = _corrected(session)
    assert number_report(second.audit_id).id == second.id
    assert len(session.scalars(select(Report)).all()) == 2


def test_a_file_of_the_first_version_is_genuine_but_replaced(session: Database) -> None:
    _corrected(session)
    assert verify_bytes(io.BytesIO(FIRST)).verdict is Verdict.SUPERSEDED
    assert verify_bytes(io.BytesIO(SECOND)).verdict is Verdict.GENUINE
    assert verify_bytes(io.BytesIO(FIRST + b" ")).verdict is Verdict.UNKNOWN


def test_the_page_of_a_replaced_version_leads_to_the_one_that_holds(
    session: Database, sign_in: SignIn
) -> None:
    first, second = _corrected(session)
    contact = a_person(session, Role.PROVIDER_CONTACT, provider=first.audit.service.provider)
    browser = sign_in(contact)
    browser.get(f"/reports/{first.number}")
    assert "This version no longer holds. Version 2 replaced it" in browser.words
    assert browser.page.select_one(f'a[href="/reports/{second.number}"]')
    browser.get("/reports")
    assert "Replaced by a newer version" in browser.words
    browser.get(f"/reports/{second.number}")
    assert "What changed since issue 1" in browser.words
    assert "no longer holds. Version" not in browser.words


def test_a_correction_needs_a_reason_and_a_manager(session: Database) -> None:
    report = a_report(session, pdf=FIRST)
    with pytest.raises(Invalid, match="Enter the reason"):
        go(report.audit, MoveName.CORRECT, a_manager(session, report.audit.local_authority))
    with pytest.raises(NotAllowed):
        go(report.audit, MoveName.CORRECT, report.audit.lead, WRONG)


def test_an_audit_whose_report_was_issued_is_never_abandoned(session: Database) -> None:
    _, audit, _ = _correcting(session)
    with pytest.raises(Refused, match="A report of this audit was issued"):
        go(audit, MoveName.ABANDON, audit.lead, "No longer wanted")


def test_the_command_tells_a_replaced_file_by_its_exit_status(
    session: Database, app: Flask, tmp_path: Path
) -> None:
    _corrected(session)
    file = tmp_path / "report.pdf"
    file.write_bytes(FIRST)
    told = app.test_cli_runner().invoke(args=["reports", "verify", str(file)])
    assert told.exit_code == 3
    assert "Superseded" in told.output
