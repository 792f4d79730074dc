"""The page of a standard when somebody else was there too: both texts are kept, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.audits.models import Audit
from quality.findings import queries
from quality.findings.operations import send_for_review
from quality.people.models import Person
from quality.scoring import AnswerValue
from tests.builders.findings import a_ready_audit, save
from tests.databases import Database
from tests.findings.answering import address_of, opened, stored
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


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
