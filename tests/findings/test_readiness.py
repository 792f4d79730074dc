"""What stands in the way of a review is told all at once; what only deserves a second look stops nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, url_for

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.core.clock import today
from quality.core.errors import Moved, NotAllowed, Refused
from quality.core.pages import day
from quality.findings.merging import Content
from quality.findings.models import FindingKind, Method
from quality.findings.operations import send_for_review
from quality.findings.readiness import problems, warnings
from quality.scoring import AnswerValue
from tests.builders.audits import an_audit, an_officer
from tests.builders.findings import a_finding, a_ready_audit, answered, save
from tests.builders.people import a_council
from tests.databases import Database

# A question whose not being met holds the judgement down.
CRITICAL = "3.3.1"


@pytest.fixture
def ready(session: Database) -> Audit:
    return a_ready_audit(session)


def sentences(audit: Audit) -> list[str]:
    return [problem.sentence for problem in problems(audit)]


def test_nothing_stands_in_the_way_of_a_complete_audit(ready: Audit) -> None:
    assert problems(ready) == []
    assert warnings(ready) == []


def test_a_complete_audit_is_sent(ready: Audit) -> None:
    send_for_review(ready.id, by=ready.lead, version=ready.version)
    assert ready.state is State.IN_REVIEW
    assert ready.sent_by == ready.lead


def test_an_empty_audit_is_told_everything_at_once(session: Database) -> None:
    audit = an_audit(session, at=State.VISITING)
    told = sentences(audit)
    assert told[0] == "No visit is recorded."
    assert told[1] == "1.1 Dignity, respect and fairness: 5 questions have no answer."
    assert len(told) == 1 + 17


def test_an_audit_with_problems_is_not_sent_and_says_why(session: Database) -> None:
    audit = an_audit(session, at=State.WRITING_UP)
    with pytest.raises(Refused) as refusal:
        send_for_review(audit.id, by=audit.lead, version=audit.version)
    assert refusal.value.sentence.startswith(
        "18 things must be put right before this audit can be sent. No visit is recorded."
    )
    assert audit.state is State.WRITING_UP


def test_one_unanswered_question_is_counted_as_one(ready: Audit) -> None:
    save(ready, "1.1.2", None, "A text and no answer.")
    assert sentences(ready) == ["1.1 Dignity, respect and fairness: 1 question has no answer."]


def test_a_question_that_does_not_apply_needs_a_reason(ready: Audit) -> None:
    save(ready, "1.1.2", AnswerValue.NOT_APPLICABLE, why="")
    assert sentences(ready) == ["Question 1.1.2 does not apply, but the reason is missing."]
    save(ready, "1.1.2", AnswerValue.NOT_APPLICABLE, why="Nobody here shares a room.")
    assert sentences(ready) == []


def test_a_question_not_seen_today_is_an_answer(ready: Audit) -> None:
    save(ready, "1.1.2", AnswerValue.NOT_SEEN)
    assert sentences(ready) == []


def test_a_critical_question_that_was_not_met_needs_a_finding(ready: Audit) -> None:
    save(ready, CRITICAL, AnswerValue.NOT_MET, "Nine of forty records were not signed.")
    assert sentences(ready) == [
        f"Question {CRITICAL} is critical and was not met, but no finding is written about it."
    ]
    a_finding(ready, CRITICAL)
    assert sentences(ready) == []


def test_a_finding_about_another_question_is_not_a_finding_about_the_critical_one(ready: Audit) -> None:
    save(ready, CRITICAL, AnswerValue.NOT_MET, "Nine of forty records were not signed.")
    a_finding(ready, "3.3.3")
    assert len(sentences(ready)) == 1


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"must_happen": ""}, "The finding “Medicine records have gaps” does not say what must happen."),
        ({"by_when": None}, "The finding “Medicine records have gaps” does not say by when."),
        ({"found": ""}, "The finding “Medicine records have gaps” does not say what was found."),
    ],
)
def test_a_finding_that_must_improve_says_what_and_by_when(
    ready: Audit, missing: dict[str, Any], sentence: str
) -> None:
    a_finding(ready, **missing)
    assert sentences(ready) == [sentence]


def test_a_finding_that_should_improve_may_leave_the_date_open(ready: Audit) -> None:
    a_finding(ready, kind=FindingKind.SHOULD_IMPROVE, must_happen="", by_when=None)
    assert sentences(ready) == []


def test_a_finding_cannot_ask_for_something_in_the_past(ready: Audit) -> None:
    yesterday = today() - timedelta(days=1)
    a_finding(ready, by_when=yesterday)
    assert sentences(ready) == [
        f"The finding “Medicine records have gaps” asks for something by {day(yesterday)}, which is in the past."
    ]


def test_a_text_that_waits_for_a_decision_stands_in_the_way(session: Database, ready: Audit) -> None:
    colleague = an_officer(session, ready.local_authority, name="Ruth Bellamy")
    save(ready, "1.1.1", AnswerValue.MOSTLY, "Another text.", seen=Content(), by=colleague)
    assert sentences(ready) == ["Question 1.1.1: decide what becomes of the text that Ruth Bellamy wrote."]


def test_every_problem_and_warning_leads_to_a_page(session: Database, app: Flask) -> None:
    audit = an_audit(session, at=State.VISITING)
    save(audit, CRITICAL, AnswerValue.NOT_MET, "")
    save(audit, "1.1.1", AnswerValue.NOT_APPLICABLE)
    a_finding(audit, found="Mrs Winterbourne told us.", must_happen="")
    with app.test_request_context():
        places: list[tuple[str, dict[str, Any]]] = [
            (each.endpoint, each.values) for each in (*problems(audit), *warnings(audit))
        ]
        addresses = [url_for(endpoint, **values) for endpoint, values in places]
    assert all(address.startswith(f"/audits/{audit.reference}/") for address in addresses)
    assert f"/audits/{audit.reference}/findings/add?standard=3.3&question={CRITICAL}&back=check" in addresses


def test_an_audit_that_a_colleague_sent_is_not_sent_again(session: Database, ready: Audit) -> None:
    version = ready.version
    send_for_review(ready.id, by=an_officer(session, ready.local_authority), version=version)
    with pytest.raises(Moved):
        send_for_review(ready.id, by=ready.lead, version=version)


def test_somebody_of_another_council_cannot_send(session: Database, ready: Audit) -> None:
    stranger = an_officer(session, a_council(session, "Southmere", "SMR"))
    with pytest.raises(NotAllowed):
        send_for_review(ready.id, by=stranger, version=ready.version)


def warned(audit: Audit) -> list[str]:
    return [warning.sentence for warning in warnings(audit)]


@pytest.mark.parametrize("value", [AnswerValue.PARTLY, AnswerValue.NOT_MET])
def test_a_low_answer_with_little_evidence_is_worth_a_second_look(ready: Audit, value: AnswerValue) -> None:
    save(ready, "1.1.2", value, "Poor.")
    assert warned(ready) == [f"Question 1.1.2 was answered “{value.words}” with little or no evidence."]
    assert problems(ready) == []


def test_a_low_judgement_that_asks_for_nothing_is_worth_a_second_look(
    session: Database, ready: Audit
) -> None:
    answered(session, ready, AnswerValue.PARTLY)
    asks = "The service is judged “Serious concern”, but no finding says what has to improve."
    assert asks in warned(ready)
    a_finding(ready, kind=FindingKind.SHOULD_IMPROVE)
    assert asks not in warned(ready)


def test_a_critical_question_that_is_met_without_evidence_is_worth_a_second_look(ready: Audit) -> None:
    save(ready, CRITICAL, AnswerValue.MET, "")
    assert warned(ready) == [f"Question {CRITICAL} was answered “Met” with little or no evidence."]


def test_the_same_evidence_under_two_questions_is_worth_a_second_look(ready: Audit) -> None:
    save(ready, "1.1.1", AnswerValue.MET, "The deputy showed us the   folder in the office.")
    save(ready, "5.1.2", AnswerValue.MET, "the deputy showed us the folder in the office.")
    assert warned(ready) == ["The same evidence text stands under questions 1.1.1, 5.1.2."]


def test_a_standard_that_rests_on_one_method_alone_is_worth_a_second_look(
    session: Database, ready: Audit
) -> None:
    for code in ("1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5"):
        save(ready, code, AnswerValue.MET, f"Only the manager's word for {code}.", methods=(Method.STAFF,))
    (sentence,) = warned(ready)
    assert sentence.startswith(
        "1.1 Dignity, respect and fairness: All the evidence recorded here was gathered in one way alone"
    )


def test_a_name_or_an_nhs_number_in_free_text_is_worth_a_second_look(ready: Audit) -> None:
    save(ready, "1.1.1", AnswerValue.MET, "Mrs Winterbourne, 943 476 5919, was called by her name.")
    a_finding(ready, found="Mr Abernathy waited an hour for his tea.")
    assert warned(ready) == [
        "Question 1.1.1 may identify a person: “Mrs Winterbourne”, “943 476 5919”.",
        "The finding “Medicine records have gaps” may identify a person: “Mr Abernathy”.",
    ]
