"""The draft of a report is printed ahead, says what the report would say, and never passes for one."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import Audit
from quality.core.jobs import run_all_due
from quality.people.models import Person
from quality.reports.drafts import draft_of, printed_draft
from quality.reports.operations import stored_file
from quality.reports.verifying import Verdict, verify_bytes
from tests.builders.audits import a_manager, an_audit, go
from tests.builders.findings import a_finding, a_ready_audit
from tests.databases import Database
from tests.pages import CheckedClient
from tests.printing.documents import text_of

SignIn = Callable[[Person], CheckedClient]
pytestmark = pytest.mark.slow


def _sent(session: Database) -> Audit:
    audit = a_ready_audit(session)
    go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
    session.commit()
    return audit


def test_sending_for_review_prints_the_draft_ahead(session: Database, sign_in: SignIn) -> None:
    audit = _sent(session)
    browser = sign_in(a_manager(session, audit.local_authority))
    browser.get(f"/audits/{audit.reference}/draft")
    assert "The draft is being printed" in browser.words
    session.commit()
    run_all_due()
    browser.get(f"/audits/{audit.reference}/draft")
    assert "Download the draft" in browser.words
    with browser.get(f"/audits/{audit.reference}/draft.pdf") as answer:
        assert answer.data.startswith(b"%PDF")
    assert verify_bytes(io.BytesIO(answer.data)).verdict is Verdict.UNKNOWN


def test_a_draft_says_that_it_is_one_and_who_has_not_approved_it(session: Database) -> None:
    audit = _sent(session)
    run_all_due()
    printed = printed_draft(audit)
    assert printed
    text = text_of(stored_file(printed.pdf_sha256).read_bytes())
    assert "Draft.Nobodyhasapprovedityet" in text
    assert f"Draftof{audit.reference}" in text
    assert "Nobodyyet:thisisadraft" in text


def test_a_draft_is_dated_by_the_sending_so_that_looking_changes_nothing(session: Database) -> None:
    audit = _sent(session)
    assert draft_of(audit) == draft_of(audit)
    assert draft_of(audit).is_draft


def test_a_change_of_the_audit_asks_for_another_draft(session: Database, sign_in: SignIn) -> None:
    audit = _sent(session)
    run_all_due()
    go(audit, MoveName.TAKE_BACK, audit.lead)
    a_finding(audit, title="Written after the draft")
    session.commit()
    browser = sign_in(audit.lead)
    browser.get(f"/audits/{audit.reference}/draft")
    assert "The audit has changed since" in browser.words
    assert browser.get(f"/audits/{audit.reference}/draft.pdf").status_code == 302
    assert browser.post(f"/audits/{audit.reference}/draft").status_code == 303
    session.commit()
    run_all_due()
    assert printed_draft(audit)


def test_before_the_visit_there_is_nothing_to_print(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, at=State.PLANNED)
    assert sign_in(audit.lead).get(f"/audits/{audit.reference}/draft").status_code == 404
