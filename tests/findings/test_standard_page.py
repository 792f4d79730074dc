"""The page an officer answers on: what it shows and asks, and that it saves at any time and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from quality.audits.models import Audit
from quality.findings import queries
from quality.findings.merging import Content
from quality.findings.operations import send_for_review
from quality.people.models import Person
from quality.scoring import AnswerValue
from tests.builders.audits import a_manager
from tests.builders.findings import a_finding, a_ready_audit, answered, save
from tests.databases import Database
from tests.findings.answering import address_of, fields_on, opened, stored
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def test_the_page_shows_each_question_with_its_guidance_and_what_is_critical(
    audit: Audit, officer: CheckedClient
) -> None:
    officer.get(address_of(audit, "3.3"))
    legends = [each.get_text(" ", strip=True) for each in officer.page.select("legend h2")]
    assert [legend.split()[0] for legend in legends] == ["3.3.1", "3.3.2", "3.3.3", "3.3.4"]
    assert legends[0].endswith("Critical")
    assert "Guidance for 3.3.1" in officer.words
    assert "CQC: Safe" in officer.words


def test_each_question_offers_six_answers(audit: Audit, officer: CheckedClient) -> None:
    officer.get(address_of(audit))
    radios = officer.page.find_all("input", attrs={"name": "1.1.1-value"})
    assert [each["value"] for each in radios] == [each.value for each in AnswerValue]


def test_what_is_typed_is_saved_and_shown_again(audit: Audit, officer: CheckedClient) -> None:
    form: dict[str, Any] = opened(officer, address_of(audit))
    form |= {
        "1.1.1-value": "mostly",
        "1.1.1-evidence": "Line one.\r\n\r\nLine two.",
        "1.1.1-methods": ["staff"],
    }
    answer = officer.post(address_of(audit), data={**form, "then": "stay"})
    assert answer.status_code == 303
    again = opened(officer, address_of(audit))
    assert again["1.1.1-value"] == ["mostly"]
    assert again["1.1.1-evidence"] == ["Line one.\n\nLine two."]
    assert again["1.1.1-methods"] == ["staff"]


def test_an_empty_page_can_be_saved(audit: Audit, officer: CheckedClient) -> None:
    form = opened(officer, address_of(audit))
    assert officer.post(address_of(audit), data=form).status_code == 303


@pytest.mark.parametrize(
    ("code", "then", "lands"),
    [
        ("1.1", "next", "/standards/1.2"),
        ("1.1", "return", ""),
        ("5.3", "next", "/standards/5.3"),
        ("1.1", "stay", "/standards/1.1"),
        ("1.1", "finding-1.1.2", "/findings/add?standard=1.1&question=1.1.2"),
        ("1.1", "nonsense", "/standards/1.1"),
    ],
)
def test_each_button_saves_and_goes_where_it_says(
    audit: Audit, officer: CheckedClient, code: str, then: str, lands: str
) -> None:
    form = opened(officer, address_of(audit, code))
    answer = officer.post(address_of(audit, code), data={**form, "then": then})
    assert answer.location == f"/audits/{audit.reference}{lands}"


def test_a_change_that_began_at_check_answers_returns_there(audit: Audit, officer: CheckedClient) -> None:
    address = f"{address_of(audit)}?back=check"
    form = opened(officer, address)
    assert (
        officer.post(address, data={**form, "then": "return"}).location == f"/audits/{audit.reference}/check"
    )


def test_the_page_counts_what_is_answered_in_the_whole_audit(audit: Audit, officer: CheckedClient) -> None:
    save(audit, "1.2.1", AnswerValue.MET)
    officer.get(address_of(audit))
    asked = len(queries.recorded(audit).questions)
    assert f"1 of {asked} questions of this audit are answered." in officer.words


def test_pressing_enter_in_a_field_presses_save_and_nothing_else(
    audit: Audit, officer: CheckedClient
) -> None:
    save(audit, "1.1.1", AnswerValue.NOT_MET, "Not once.")
    officer.get(address_of(audit))
    first = officer.page.select_one("main form button")
    assert first is not None
    assert (first["name"], first["value"]) == ("then", "stay")


def test_a_low_answer_offers_to_write_a_finding_until_there_is_one(
    audit: Audit, officer: CheckedClient
) -> None:
    save(audit, "1.1.1", AnswerValue.NOT_MET, "Not once.")
    officer.get(address_of(audit))
    assert "Save and write a finding about this : question 1.1.1" in officer.words
    a_finding(audit, "1.1.1", title="Doors stood open")
    officer.get(address_of(audit))
    assert "Save and write a finding about this" not in officer.words
    assert "Finding: Doors stood open" in officer.words


def test_an_answer_that_was_not_offered_is_refused_and_everything_typed_is_still_there(
    audit: Audit, officer: CheckedClient
) -> None:
    form = opened(officer, address_of(audit))
    sent = {**form, "1.1.1-value": "splendid", "1.1.1-evidence": "A text.", "1.1.2-evidence": "Another text."}
    answer = officer.post(address_of(audit), data=sent)
    assert answer.status_code == 422
    assert "Answer: choose one of the answers shown" in officer.words
    assert officer.page.title is not None
    assert officer.page.title.get_text().startswith("Error: ")
    assert fields_on(officer)["1.1.2-evidence"] == ["Another text."]
    assert stored(audit, "1.1.2") == Content()


def test_a_form_that_holds_only_some_questions_leaves_the_others_alone(
    audit: Audit, officer: CheckedClient
) -> None:
    save(audit, "1.1.2", AnswerValue.MET, "Kept.")
    form = {
        name: value for name, value in opened(officer, address_of(audit)).items() if name.startswith("1.1.1")
    }
    officer.post(address_of(audit), data={**form, "1.1.1-value": "met"})
    assert stored(audit, "1.1.1").value is AnswerValue.MET
    assert stored(audit, "1.1.2").evidence == "Kept."


def test_an_audit_in_review_can_be_read_and_not_written(session: Database, sign_in: SignIn) -> None:
    audit = a_ready_audit(session)
    send_for_review(audit.id, by=audit.lead, version=audit.version)
    officer = sign_in(audit.lead)
    officer.get(address_of(audit))
    assert officer.page.select_one("main form") is None
    assert "Seen in the records and heard from staff, for 1.1.1." in officer.words


def test_a_manager_is_told_that_writing_here_costs_them_the_approval(
    session: Database, audit: Audit, sign_in: SignIn
) -> None:
    manager = sign_in(a_manager(session, audit.local_authority))
    manager.get(address_of(audit))
    assert "another manager has to approve it" in manager.words


@pytest.mark.parametrize("code", ["9.9", "1.1.1", "", "nonsense"])
def test_a_standard_that_is_not_there_is_a_page_that_is_not_there(
    audit: Audit, officer: CheckedClient, code: str
) -> None:
    assert officer.get(address_of(audit, code)).status_code == 404
    assert officer.post(address_of(audit, code), data={}).status_code == 404


def test_markup_in_a_text_is_shown_as_it_was_typed(audit: Audit, officer: CheckedClient) -> None:
    hostile = "</textarea><script>alert(1)</script> & \u202e \N{PARTY POPPER}"
    save(audit, "1.1.1", AnswerValue.MET, hostile)
    assert opened(officer, address_of(audit))["1.1.1-evidence"] == [hostile]


def test_the_page_takes_as_many_queries_when_everything_is_answered(
    session: Database, audit: Audit, officer: CheckedClient
) -> None:
    save(audit, "1.1.1", AnswerValue.MET)
    a_finding(audit, "1.1.1")
    officer.get(address_of(audit))
    before = len(officer.statements)
    answered(session, audit)
    for _ in range(5):
        a_finding(audit, "1.1.1")
    officer.get(address_of(audit))
    assert len(officer.statements) == before
