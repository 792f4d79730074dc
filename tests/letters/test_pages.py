"""The pages of letters, over audits that real operations brought where they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import Audit
from quality.core.clock import today
from quality.core.jobs import run_all_due
from quality.core.pages import day
from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.audits import a_manager, a_visit, an_audit, go
from tests.builders.findings import a_finding, a_ready_audit
from tests.builders.people import a_council, a_person
from tests.builders.reports import a_report
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def _of(audit: Audit, rest: str = "") -> str:
    return f"/audits/{audit.reference}/letters{rest}"


def test_the_list_offers_what_is_right_and_says_why_not_else(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, at=State.PLANNED, announced=True)
    browser = sign_in(audit.lead)
    browser.get(f"/audits/{audit.reference}")
    assert browser.page.find("a", href=_of(audit))
    browser.get(_of(audit))
    assert {link["href"] for link in browser.page.select(".govuk-summary-list__key a")} == {
        _of(audit, "/notification"),
        _of(audit, "/document-request"),
    }
    assert "so there is no outcome to tell" in browser.words


def test_a_letter_that_would_be_wrong_is_refused_by_its_address(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, at=State.PLANNED, announced=False)
    browser = sign_in(audit.lead)
    for address in ("/notification", "/notification.pdf", "/document-request.odt", "/outcome"):
        assert browser.get(_of(audit, address)).status_code == 422
    browser.get(_of(audit, "/notification"))
    assert "This audit is unannounced, so the service is not told beforehand." in browser.words
    assert browser.get(_of(audit, "/birthday-card")).status_code == 404


def test_a_notification_names_the_service_as_registered_and_the_lead(
    session: Database, sign_in: SignIn
) -> None:
    audit = an_audit(session, at=State.PLANNED, announced=True)
    browser = sign_in(audit.lead)
    browser.get(_of(audit, "/notification"))
    for words in (
        audit.service.name,
        audit.service.postcode,
        audit.service.provider.name,
        audit.lead.name,
        audit.reference,
        "Northmere",
    ):
        assert words in browser.words


def test_the_day_to_answer_by_is_the_officers_and_goes_into_the_files(
    session: Database, sign_in: SignIn
) -> None:
    audit = an_audit(session, at=State.VISITING)
    a_visit(audit)
    browser = sign_in(audit.lead)
    by = today() + timedelta(days=30)
    asked = f"?by-day={by.day}&by-month={by.month}&by-year={by.year}"
    browser.get(_of(audit, f"/document-request{asked}"))
    assert f"by {day(by)}" in browser.words
    assert browser.page.find("a", href=_of(audit, f"/document-request.pdf{asked}"))
    assert browser.get(_of(audit, f"/document-request.odt{asked}")).data.startswith(b"PK")


def test_a_day_in_the_past_is_refused_and_shown_again(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, at=State.VISITING)
    browser = sign_in(audit.lead)
    asked = "?by-day=1&by-month=1&by-year=2001"
    assert browser.get(_of(audit, f"/document-request{asked}")).status_code == 422
    assert "The day must be today or later" in browser.words
    assert browser.page.find("input", id="by-year", value="2001")
    assert browser.get(_of(audit, f"/document-request.pdf{asked}")).status_code == 422


@pytest.mark.slow
def test_the_letters_follow_an_audit_to_its_end(session: Database, sign_in: SignIn) -> None:
    audit = a_ready_audit(session)
    a_finding(audit, title="Medicine records have gaps")
    browser = sign_in(audit.lead)
    go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
    browser.get(_of(audit, "/draft-cover"))
    assert "Please check its facts" in browser.words
    go(audit, MoveName.APPROVE, a_manager(session, audit.local_authority))
    assert browser.get(_of(audit, "/outcome")).status_code == 422
    assert "still being drawn up" in browser.words
    run_all_due()
    browser.get(_of(audit, "/outcome"))
    assert "Medicine records have gaps" in browser.words
    answer = browser.get(_of(audit, "/plan-reminder.pdf"))
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")


def test_a_report_that_is_being_corrected_has_no_outcome_to_tell(session: Database, sign_in: SignIn) -> None:
    report = a_report(session, pdf=b"%PDF-1.7 issued")
    audit = report.audit
    manager = a_manager(session, audit.local_authority)
    go(audit, MoveName.CORRECT, manager, reason="A date was wrong.")
    browser = sign_in(manager)
    assert browser.get(_of(audit, "/outcome")).status_code == 422
    assert browser.get(_of(audit, "/document-request")).status_code == 200


def test_providers_administrators_and_other_councils_find_no_letters(
    session: Database, sign_in: SignIn
) -> None:
    audit = an_audit(session, at=State.PLANNED, announced=True)
    strangers = [
        a_person(
            session, Role.PROVIDER_CONTACT, council=audit.local_authority, provider=audit.service.provider
        ),
        a_person(session, Role.ADMINISTRATOR, council=audit.local_authority),
        a_person(session, Role.MANAGER, council=a_council(session, "Southmere", "SMR")),
    ]
    for person in strangers:
        browser = sign_in(person)
        for address in ("", "/notification", "/notification.pdf"):
            assert browser.get(_of(audit, address)).status_code == 404
