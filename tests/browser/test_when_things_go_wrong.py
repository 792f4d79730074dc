"""Whatever goes wrong between two clicks: nothing typed is lost, nothing done twice, nobody sees what is not theirs."""

from __future__ import annotations

import http.client
import socket

import pytest
from sqlalchemy import update

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.core.clock import now
from quality.findings.queries import answers_of, findings_of, held_of
from quality.history.kinds import Kind
from quality.people.models import SignIn
from quality.people.permissions import Role
from tests.browser.conftest import Live, OpenBrowser
from tests.browser.pages import Finding, Someone
from tests.browser.prepared import Prepared, events, number_of, prepare
from tests.builders.audits import an_audit
from tests.builders.findings import a_ready_audit, an_audit_in_review
from tests.builders.people import a_council, a_person

TYPED = "Typed with care: three of eight charts had gaps on the night of the 4th."
FINDING = Finding("Should improve", "1.1", "Night charts have gaps", TYPED)
WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])


def at_the_browser(open_browser: OpenBrowser, email: str, **options: object) -> Someone:
    """Somebody who has signed in."""
    person = open_browser(**options)
    person.come_signed_in_as(email)
    return person


def evidence_box(person: Someone, code: str = "1.1.1") -> None:
    """Type into the first question of the page that is open."""
    person.page.locator(f'[name="{code}-evidence"]').fill(TYPED)


def test_an_answer_typed_while_a_colleague_sent_the_audit_is_shown_on_the_page_that_answers(
    live: Live, open_browser: OpenBrowser
) -> None:
    audit = prepare(live, a_ready_audit)
    lead, colleague = (at_the_browser(open_browser, one) for one in (audit.lead, audit.colleague))
    lead.open(f"{audit.path}/standards/1.1")
    colleague.send(audit.reference)
    evidence_box(lead)
    lead.press("Save and return to the audit", answer=409)
    assert lead.heading == "Somebody else was here first"
    assert "sent the audit for review" in lead.words
    assert TYPED in lead.words


def test_a_reason_typed_while_the_officer_took_the_audit_back_is_shown_on_the_page_that_answers(
    live: Live, open_browser: OpenBrowser
) -> None:
    audit = prepare(live, an_audit_in_review)
    lead, manager = (at_the_browser(open_browser, one) for one in (audit.lead, audit.manager))
    manager.open(f"{audit.path}/review")
    lead.open(f"{audit.path}/move/take-back")
    lead.press("Take back from review")
    manager.page.get_by_label("What has to change before it can be approved?").fill(TYPED)
    manager.press("Return to the officer", answer=409)
    assert "took the audit back" in manager.words
    assert TYPED in manager.words
    assert events(live, audit, Kind.AUDIT_RETURNED) == 0


@pytest.mark.parametrize("how", ["the cookie is gone", "the sign-in was ended"])
def test_what_was_typed_when_the_sign_in_had_expired_is_offered_again_and_saved(
    live: Live, open_browser: OpenBrowser, how: str
) -> None:
    audit = prepare(live, an_audit, at=State.WRITING_UP)
    lead = at_the_browser(open_browser, audit.lead)
    lead.open(f"{audit.path}/standards/1.1")
    evidence_box(lead)
    if how == "the cookie is gone":
        lead.context.clear_cookies()
    else:
        end_sign_ins(live, audit.lead)
    lead.press("Save and return to the audit", answer=401)
    assert "What you typed is kept" in lead.words
    lead.type_credentials(audit.lead)
    assert lead.heading == "Check and send what you typed"
    assert TYPED in lead.words
    lead.press("Send what you typed")
    assert lead.path == audit.path
    assert evidence_of(live, audit) == TYPED


def end_sign_ins(live: Live, email: str) -> None:
    """End every sign-in of this person behind their back, as time would."""
    with live.database() as session:
        mine = SignIn.person_id == number_of(email)
        session.execute(update(SignIn).where(mine).values(ended_at=now()))


def evidence_of(live: Live, audit: Prepared, code: str = "1.1.1") -> str:
    """The evidence that is stored under a question."""
    with live.database() as session:
        answers = answers_of(session.get_one(Audit, audit.id)).values()
        return next(one.evidence for one in answers if one.question.code == code)


@WITH_AND_WITHOUT_SCRIPT
def test_a_double_click_writes_one_finding(live: Live, open_browser: OpenBrowser, scripts: bool) -> None:
    audit = prepare(live, an_audit, at=State.WRITING_UP)
    lead = at_the_browser(open_browser, audit.lead, scripts=scripts)
    lead.open(f"{audit.path}/findings/add")
    lead.fill_finding(FINDING)
    lead.double_click("Save the finding")
    assert lead.heading == "Findings"
    with live.database() as session:
        assert [one.title for one in findings_of(session.get_one(Audit, audit.id))] == [FINDING.title]


@WITH_AND_WITHOUT_SCRIPT
def test_a_double_click_sends_an_audit_once(live: Live, open_browser: OpenBrowser, scripts: bool) -> None:
    audit = prepare(live, a_ready_audit)
    lead = at_the_browser(open_browser, audit.lead, scripts=scripts)
    lead.open(f"{audit.path}/check")
    lead.double_click("Send for review")
    assert not scripts or "is sent for review" in lead.words
    assert events(live, audit, Kind.SENT_FOR_REVIEW) == 1


@WITH_AND_WITHOUT_SCRIPT
def test_a_double_click_approves_an_audit_once(live: Live, open_browser: OpenBrowser, scripts: bool) -> None:
    audit = prepare(live, an_audit_in_review)
    manager = at_the_browser(open_browser, audit.manager, scripts=scripts)
    manager.open(f"{audit.path}/review")
    manager.double_click("Approve and issue the report")
    assert not scripts or "is approved" in manager.words
    assert events(live, audit, Kind.AUDIT_APPROVED) == 1
    manager.wait_for_report(audit.service)
    assert events(live, audit, Kind.REPORT_NUMBERED) == 1


def test_two_officers_who_answer_the_same_question_keep_both_texts(
    live: Live, open_browser: OpenBrowser
) -> None:
    audit = prepare(live, an_audit, at=State.VISITING)
    lead, colleague = (at_the_browser(open_browser, one) for one in (audit.lead, audit.colleague))
    for person in (lead, colleague):
        person.open(f"{audit.path}/standards/1.1")
    evidence_box(lead)
    lead.press("Save and return to the audit")
    other = "Typed by the colleague: the charts of the day shift were complete."
    colleague.page.locator('[name="1.1.1-evidence"]').fill(other)
    colleague.press("Save and return to the audit")
    assert "both texts are below" in colleague.words
    assert colleague.page.locator('[name="1.1.1-evidence"]').input_value() == TYPED
    assert other in colleague.page.locator(".house-held").inner_text()

    colleague.page.get_by_label("Keep both, one below the other").check()
    colleague.press("Save and return to the audit")
    kept = evidence_of(live, audit)
    assert TYPED in kept
    assert other in kept
    with live.database() as session:
        assert held_of(session.get_one(Audit, audit.id)) == []


@pytest.mark.parametrize(
    "path", ["/nowhere", "/audits/NMR-1999-0001", "/services/1-0", "/people/1", "/reports/R-1"]
)
def test_an_address_that_is_unknown_or_not_theirs_is_not_found(
    live: Live, open_browser: OpenBrowser, path: str
) -> None:
    with live.database() as session:
        officer = a_person(session, Role.QUALITY_OFFICER).email
    person = at_the_browser(open_browser, officer)
    person.open(path, answer=404)
    assert person.heading == "Page not found"


def test_another_councils_audit_is_not_found(live: Live, open_browser: OpenBrowser) -> None:
    audit = prepare(live, an_audit_in_review)
    with live.database() as session:
        elsewhere = a_council(session, "Southmere", "SMR")
        stranger = a_person(session, Role.MANAGER, council=elsewhere).email
    person = at_the_browser(open_browser, stranger)
    for path in (audit.path, f"{audit.path}/review", f"{audit.path}/check"):
        person.open(path, answer=404)
        assert audit.service not in person.words


def test_the_open_browser_of_somebody_who_is_disabled_is_refused_at_once(
    live: Live, open_browser: OpenBrowser
) -> None:
    audit = prepare(live, an_audit, at=State.WRITING_UP)
    with live.database() as session:
        administrator = a_person(session, Role.ADMINISTRATOR).email
        leaver = number_of(audit.lead)
    lead, admin = (at_the_browser(open_browser, one) for one in (audit.lead, administrator))
    lead.open(f"{audit.path}/standards/1.1")
    admin.open(f"/people/{leaver}/disable")
    admin.press("Disable")
    evidence_box(lead)
    lead.press("Save and return to the audit", answer=401)
    assert "your sign-in was ended" in lead.words
    lead.type_credentials(audit.lead, answer=422)
    lead.open(audit.path)
    assert lead.path.startswith("/sign-in")
    with live.database() as session:
        assert answers_of(session.get_one(Audit, audit.id)) == {}


def test_connections_that_browsers_open_ahead_of_use_keep_nobody_waiting(live: Live) -> None:
    host, port = live.address.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=50)
    idle = [socket.create_connection((host, int(port))) for _ in range(8)]
    try:
        # A server that waits for an idle connection ends that process only after a minute.
        connection.request("GET", "/healthy")
        assert connection.getresponse().status == 200
    finally:
        connection.close()
        for one in idle:
            one.close()
