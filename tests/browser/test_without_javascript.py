"""The officer's way with scripts switched off."""

from __future__ import annotations

import pytest

from quality.audits.lifecycle import State
from quality.core.clock import today
from tests.browser.conftest import Live, OpenBrowser
from tests.browser.journey import NOT_A_FINDING
from tests.browser.pages import Finding
from tests.browser.prepared import prepare
from tests.builders.audits import an_audit
from tests.builders.findings import a_ready_audit

pytestmark = pytest.mark.one_engine


def test_an_officer_begins_an_audit_and_records_in_it(live: Live, open_browser: OpenBrowser) -> None:
    audit = prepare(live, an_audit, at=State.PLANNED)
    officer = open_browser(scripts=False)
    officer.sign_in_as(audit.lead)
    officer.follow(audit.service)
    officer.start_visit()
    officer.record_visit(audit.reference, on=today(), notes="Test text on the visit.")
    officer.open(f"{audit.path}/standards/1.1")
    typed = officer.answer_this_page({"1.1.2": ("partly", "")})
    officer.press("Save and return to the audit")
    officer.open(f"{audit.path}/standards/1.1")
    for code, text in typed.items():
        assert officer.page.locator(f'[name="{code}-evidence"]').input_value() == text
    officer.press("Save and write a finding about this")
    finding = Finding("Should improve", "1.1.2", "Test title", NOT_A_FINDING)
    officer.fill_finding(finding)
    officer.press("Save the finding")
    assert finding.title in officer.words


def test_an_audit_is_sent_and_approved(live: Live, open_browser: OpenBrowser) -> None:
    audit = prepare(live, a_ready_audit)
    officer, manager = open_browser(scripts=False), open_browser(scripts=False)
    officer.sign_in_as(audit.lead)
    officer.send(audit.reference)
    assert "is sent for review" in officer.words
    manager.sign_in_as(audit.manager)
    manager.page.get_by_label("Kind of service").select_option("Care home without nursing")
    manager.press("Show these")
    manager.open(f"{audit.path}/review")
    manager.press("Approve and issue the report")
    assert "is approved" in manager.words
    number = manager.wait_for_report(audit.service)
    assert manager.download(number).startswith(b"%PDF-")


def test_a_form_that_lacks_something_says_what_and_keeps_the_rest(
    live: Live, open_browser: OpenBrowser
) -> None:
    audit = prepare(live, an_audit, at=State.WRITING_UP)
    officer = open_browser(scripts=False)
    officer.sign_in_as(audit.lead)
    officer.open(f"{audit.path}/findings/add")
    officer.page.get_by_label("What was found").fill(NOT_A_FINDING)
    officer.press("Save the finding", answer=422)
    officer.page.get_by_role("link", name="Enter a title for the finding").click()
    assert officer.page.evaluate("location.hash") == "#title"
    assert officer.page.get_by_label("What was found").input_value() == NOT_A_FINDING
