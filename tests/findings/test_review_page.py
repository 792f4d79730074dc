"""The review: a manager reads everything on one page, and approves or returns it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.findings import queries
from quality.findings.judging import judgement_of
from quality.people.models import Person
from quality.people.permissions import Role
from quality.scoring import AnswerValue
from tests.builders.audits import a_manager, a_visit, an_audit
from tests.builders.findings import a_finding, a_ready_audit, an_audit_in_review, answered, save
from tests.builders.people import a_council, a_person
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


@pytest.fixture
def audit(session: Database) -> Audit:
    return an_audit_in_review(session)


@pytest.fixture
def manager(session: Database, audit: Audit, sign_in: SignIn) -> CheckedClient:
    return sign_in(a_manager(session, audit.local_authority, name="Grace Lindqvist"))


def review_of(audit: Audit) -> str:
    return f"/audits/{audit.reference}/review"


def test_answers_evidence_judgement_findings_and_ratings_are_on_one_page(
    audit: Audit, manager: CheckedClient
) -> None:
    manager.get(review_of(audit))
    words = manager.words
    for question in queries.recorded(audit).questions:
        assert f"Seen in the records and heard from staff, for {question.code}." in words
    for reason in judgement_of(audit).trace:
        assert reason.sentence in words
    assert "Meals are a pleasure" in words
    assert "CQC ratings" in words
    assert "Arrived at nine, welcomed by the deputy." in words
    assert f"{audit.lead.name} sent the audit for review." in words


def test_a_manager_who_took_no_part_is_told_so_and_may_approve(audit: Audit, manager: CheckedClient) -> None:
    manager.get(review_of(audit))
    assert "You took no part in this audit, so you may approve it or return it." in manager.words
    answer = manager.post(f"{review_of(audit)}/approve", data={"version": audit.version})
    assert answer.status_code == 303
    assert audit.state is State.PUBLISHED
    assert audit.approved_by is not None
    assert audit.approved_by.name == "Grace Lindqvist"


@pytest.mark.parametrize(
    ("opened_on", "words", "stands_out"),
    [
        ("2026-03-09 10:00", "Due today", False),
        ("2026-03-12 10:00", "3 days overdue", True),
    ],
)
def test_the_deadline_is_told_in_the_words_of_the_queue(
    session: Database, sign_in: SignIn, opened_on: str, words: str, stands_out: bool
) -> None:
    with time_machine.travel("2026-03-02 10:00", tick=False):
        audit = an_audit_in_review(session)
    with time_machine.travel(opened_on, tick=False):
        browser = sign_in(a_manager(session, audit.local_authority))
        browser.get(review_of(audit))
        assert words in browser.words
        assert "9 March 2026" in browser.words
        assert bool(browser.page.select("main strong.house-audits__overdue")) is stands_out
        browser.get("/queue")
        assert words in browser.words


def test_a_manager_who_led_the_audit_is_told_why_they_cannot_approve(
    session: Database, sign_in: SignIn
) -> None:
    lead = a_manager(session, a_council(session))
    audit = an_audit_in_review(session, lead=lead, council=a_council(session))
    browser = sign_in(lead)
    browser.get(review_of(audit))
    assert "You led this audit, so another manager has to approve it." in browser.words
    assert browser.page.find("form", action=f"{review_of(audit)}/approve") is None
    assert browser.post(f"{review_of(audit)}/approve", data={"version": audit.version}).status_code == 403
    assert audit.state is State.IN_REVIEW


def test_an_audit_is_returned_with_a_reason(audit: Audit, manager: CheckedClient) -> None:
    answer = manager.post(
        f"{review_of(audit)}/return",
        data={"version": audit.version, "reason": "Say which records were read."},
    )
    assert answer.location == "/queue"
    assert audit.state is State.WRITING_UP
    assert audit.reason == "Say which records were read."


def test_an_audit_is_not_returned_without_a_reason(audit: Audit, manager: CheckedClient) -> None:
    answer = manager.post(f"{review_of(audit)}/return", data={"version": audit.version, "reason": "  "})
    assert answer.status_code == 422
    assert "Enter what has to change" in manager.words
    assert audit.state is State.IN_REVIEW


def test_a_reason_that_is_too_long_is_kept_on_the_page(audit: Audit, manager: CheckedClient) -> None:
    reason = "Too long. " * 600
    answer = manager.post(f"{review_of(audit)}/return", data={"version": audit.version, "reason": reason})
    assert answer.status_code == 422
    assert reason.strip() in manager.page.find(id="reason").get_text()  # type: ignore[union-attr]


@pytest.mark.parametrize("decision", ["approve", "return"])
def test_a_decision_on_a_page_that_is_out_of_date_is_told_and_keeps_the_reason(
    audit: Audit, manager: CheckedClient, decision: str
) -> None:
    form = {"version": audit.version - 1, "reason": "Say which records were read."}
    answer = manager.post(f"{review_of(audit)}/{decision}", data=form)
    assert answer.status_code == 409
    assert "Say which records were read." in manager.words
    assert audit.state is State.IN_REVIEW


def test_an_audit_that_is_not_in_review_offers_no_decision(session: Database, sign_in: SignIn) -> None:
    audit = a_ready_audit(session)
    browser = sign_in(a_manager(session, audit.local_authority))
    browser.get(review_of(audit))
    assert "This audit is writing up" in browser.words
    assert browser.page.select_one("main form") is None


@pytest.mark.parametrize("role", [Role.QUALITY_OFFICER, Role.ADMINISTRATOR, Role.PROVIDER_CONTACT])
@pytest.mark.parametrize("page", ["", "/approve", "/return"])
def test_the_review_is_for_managers_alone(
    session: Database, audit: Audit, sign_in: SignIn, role: Role, page: str
) -> None:
    browser = sign_in(a_person(session, role, council=audit.local_authority))
    answer = browser.post(review_of(audit) + page) if page else browser.get(review_of(audit))
    assert answer.status_code == 404


def test_a_manager_of_another_council_sees_no_such_page(
    session: Database, audit: Audit, sign_in: SignIn
) -> None:
    browser = sign_in(a_manager(session, a_council(session, "Southmere", "SMR")))
    assert browser.get(review_of(audit)).status_code == 404
    assert browser.post(f"{review_of(audit)}/approve", data={"version": audit.version}).status_code == 404


def test_the_page_takes_as_many_queries_for_a_full_audit_as_for_an_empty_one(
    session: Database, sign_in: SignIn
) -> None:
    audit = an_audit(session, at=State.VISITING)
    manager = sign_in(a_manager(session, audit.local_authority))
    a_visit(audit)
    a_finding(audit, "1.1.1")
    save(audit, "1.1.1", AnswerValue.MET)
    manager.get(review_of(audit))
    before = len(manager.statements)
    answered(session, audit)
    a_visit(audit)
    for code in ("1.1.1", "2.2.1", "5.1"):
        a_finding(audit, code)
    manager.get(review_of(audit))
    assert len(manager.statements) == before
