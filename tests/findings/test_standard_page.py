"""The page an officer answers on: it saves at any time, keeps what two people wrote, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.findings import queries
from quality.findings.merging import Content
from quality.findings.operations import send_for_review
from quality.people.models import Person
from quality.scoring import AnswerValue
from tests.builders.audits import a_manager, an_audit, an_officer
from tests.builders.findings import a_finding, a_ready_audit, answered, question_of, save
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


@pytest.fixture
def audit(session: Database) -> Audit:
    return an_audit(session, at=State.VISITING)


@pytest.fixture
def officer(audit: Audit, sign_in: SignIn) -> CheckedClient:
    return sign_in(audit.lead)


@pytest.fixture
def colleague(session: Database, audit: Audit) -> Person:
    return an_officer(session, audit.local_authority, name="Ruth Bellamy")


def address_of(audit: Audit, code: str = "1.1") -> str:
    return f"/audits/{audit.reference}/standards/{code}"


def opened(browser: CheckedClient, address: str) -> dict[str, list[str]]:
    """What the page's form would send as it is."""
    assert browser.get(address).status_code == 200
    form = browser.page.find("main").find("form")  # type: ignore[union-attr]
    assert isinstance(form, Tag)
    return fields_of(form)


def fields_of(form: Tag) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for field in form.find_all(["input", "textarea"]):
        name, kind = field.get("name"), field.get("type")
        if not name or (kind in ("radio", "checkbox") and not field.has_attr("checked")):
            continue
        value = field.get("value", "") if field.name == "input" else field.get_text().removeprefix("\n")
        sent.setdefault(str(name), []).append(str(value))
    return sent


def stored(audit: Audit, code: str) -> Content:
    return Content.of(queries.answers_of(audit).get(question_of(audit, code).id))


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


def test_two_officers_on_one_page_keep_both_their_answers(
    audit: Audit, colleague: Person, officer: CheckedClient, sign_in: SignIn
) -> None:
    hers = sign_in(colleague)
    my_form, her_form = opened(officer, address_of(audit)), opened(hers, address_of(audit))
    officer.post(address_of(audit), data={**my_form, "1.1.1-value": "met", "1.1.1-evidence": "Mine."})
    hers.post(address_of(audit), data={**her_form, "1.1.2-value": "partly", "1.1.2-evidence": "Hers."})
    assert stored(audit, "1.1.1").evidence == "Mine."
    assert stored(audit, "1.1.2").evidence == "Hers."
    assert queries.held_of(audit) == []


@pytest.fixture
def meeting(audit: Audit, colleague: Person, officer: CheckedClient, sign_in: SignIn) -> CheckedClient:
    """The colleague's browser after both answered 1.1.1 differently, and she answered 1.1.2 too."""
    hers = sign_in(colleague)
    my_form, her_form = opened(officer, address_of(audit)), opened(hers, address_of(audit))
    officer.post(
        address_of(audit), data={**my_form, "1.1.1-value": "met", "1.1.1-evidence": "Every door was shut."}
    )
    typed = {"1.1.1-value": "partly", "1.1.1-evidence": "Two doors stood open.", "1.1.2-value": "met"}
    answer = hers.post(address_of(audit), data={**her_form, **typed, "then": "next"})
    assert answer.location == f"{address_of(audit)}#q-1.1.1"
    hers.get(answer.location)
    return hers


def test_a_conflict_shows_both_texts_on_the_page_and_says_what_happened(meeting: CheckedClient) -> None:
    assert (
        "Somebody else saved another answer to 1.1.1 while you were writing. Nothing is lost" in meeting.words
    )
    held = meeting.page.select_one(".house-held")
    assert held is not None
    assert "Ruth Bellamy wrote this on" in held.get_text()
    assert "Two doors stood open." in held.get_text()
    assert "Every door was shut." in meeting.page.find(id="1.1.1-evidence").get_text()  # type: ignore[union-attr]


def test_a_conflict_does_not_keep_the_rest_of_the_page_from_being_saved(
    audit: Audit, meeting: CheckedClient
) -> None:
    assert stored(audit, "1.1.2").value is AnswerValue.MET


def test_the_other_officer_sees_the_conflict_too(
    audit: Audit, meeting: CheckedClient, officer: CheckedClient
) -> None:
    officer.get(address_of(audit))
    assert "Two people answered this question" in officer.words


@pytest.mark.parametrize(
    ("keep", "evidence"),
    [
        ("theirs", "Every door was shut."),
        ("mine", "Two doors stood open."),
        (
            "both",
            "Every door was shut.\n\nRuth Bellamy answered “Partly met” and wrote:\nTwo doors stood open.",
        ),
    ],
)
def test_either_of_them_decides_by_saving_the_page(
    audit: Audit, meeting: CheckedClient, officer: CheckedClient, keep: str, evidence: str
) -> None:
    (held,) = queries.held_of(audit)
    form = opened(officer, address_of(audit))
    officer.post(address_of(audit), data={**form, f"held-{held.id}": keep})
    assert stored(audit, "1.1.1").evidence == evidence
    assert queries.held_of(audit) == []


def test_saving_without_a_decision_leaves_the_held_text_where_it_is(
    audit: Audit, meeting: CheckedClient, officer: CheckedClient
) -> None:
    form = opened(officer, address_of(audit))
    officer.post(address_of(audit), data={**form, "1.1.3-value": "met"})
    assert len(queries.held_of(audit)) == 1


def test_a_decision_about_an_answer_that_changed_meanwhile_is_asked_again(
    audit: Audit, meeting: CheckedClient, officer: CheckedClient
) -> None:
    (held,) = queries.held_of(audit)
    form = opened(officer, address_of(audit))
    save(audit, "1.1.1", AnswerValue.MET, "Every door was shut, and we looked twice.")
    answer = officer.post(address_of(audit), data={**form, f"held-{held.id}": "mine", "then": "next"})
    officer.get(answer.location or "")
    assert "The answer to 1.1.1 changed while you decided between two texts" in officer.words
    assert stored(audit, "1.1.1").evidence == "Every door was shut, and we looked twice."


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
    assert fields_of(the_form(officer.page))["1.1.2-evidence"] == ["Another text."]
    assert stored(audit, "1.1.2") == Content()


def the_form(page: BeautifulSoup) -> Tag:
    form = page.select_one("main form")
    assert form is not None
    return form


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


def test_a_page_sent_after_the_audit_moved_on_is_answered_with_everything_that_was_typed(
    session: Database, sign_in: SignIn
) -> None:
    audit = a_ready_audit(session)
    officer = sign_in(audit.lead)
    form = opened(officer, address_of(audit))
    send_for_review(audit.id, by=audit.lead, version=audit.version)
    answer = officer.post(address_of(audit), data={**form, "1.1.1-evidence": "Typed on the bus."})
    assert answer.status_code == 409
    assert "sent the audit for review" in officer.words
    assert "1.1.1 evidence Typed on the bus." in officer.words
    assert "1.1.1 seen" not in officer.words
    assert "Typed on the bus." not in stored(audit, "1.1.1").evidence


def test_a_faulty_page_sent_after_the_audit_moved_on_keeps_what_was_typed_too(
    session: Database, sign_in: SignIn
) -> None:
    audit = a_ready_audit(session)
    officer = sign_in(audit.lead)
    form = opened(officer, address_of(audit))
    send_for_review(audit.id, by=audit.lead, version=audit.version)
    officer.post(address_of(audit), data={**form, "1.1.1-value": "splendid", "1.1.1-evidence": "On the bus."})
    assert "On the bus." in officer.page.find(id="1.1.1-evidence").get_text()  # type: ignore[union-attr]


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
