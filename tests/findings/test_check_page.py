"""Check answers and the judgement so far: everything recorded, everything missing, every reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.findings import queries
from quality.findings.judging import judgement_of
from quality.people.models import Person
from quality.scoring import AnswerValue
from tests.builders.audits import a_visit, an_audit
from tests.builders.findings import a_finding, a_ready_audit, an_audit_in_review, answered, save
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


@pytest.fixture
def ready(session: Database) -> Audit:
    return a_ready_audit(session)


@pytest.fixture
def officer(ready: Audit, sign_in: SignIn) -> CheckedClient:
    return sign_in(ready.lead)


def check_of(audit: Audit) -> str:
    return f"/audits/{audit.reference}/check"


def test_everything_recorded_is_on_the_page(ready: Audit, officer: CheckedClient) -> None:
    officer.get(check_of(ready))
    words = officer.words
    for question in queries.recorded(ready).questions:
        assert f"Seen in the records and heard from staff, for {question.code}." in words
    assert "Meals are a pleasure" in words
    assert "Arrived at nine, welcomed by the deputy." in words


def test_each_answer_has_a_link_to_change_it_that_returns_here(ready: Audit, officer: CheckedClient) -> None:
    officer.get(check_of(ready))
    links = [str(each["href"]) for each in officer.page.select(".house-answer__change a")]
    assert links[0] == f"/audits/{ready.reference}/standards/1.1?back=check#q-1.1.1"
    assert len(links) == len(queries.recorded(ready).questions)


def test_what_is_missing_stands_at_the_top_and_the_audit_cannot_be_sent(
    ready: Audit, officer: CheckedClient
) -> None:
    save(ready, "1.1.2", AnswerValue.NOT_APPLICABLE)
    save(ready, "3.3.1", AnswerValue.NOT_MET, "Nine of forty records were not signed.")
    officer.get(check_of(ready))
    listed = [each.get_text() for each in officer.page.select(".house-problems li")]
    assert listed == [
        "Question 1.1.2 does not apply, but the reason is missing.",
        "Question 3.3.1 is critical and was not met, but no finding is written about it.",
    ]
    assert "2 things to put right before this can be sent" in officer.words
    assert officer.page.select_one("main form") is None


def test_a_warning_does_not_keep_the_audit_from_being_sent(ready: Audit, officer: CheckedClient) -> None:
    save(ready, "1.1.2", AnswerValue.PARTLY, "Poor.")
    officer.get(check_of(ready))
    assert "Question 1.1.2 was answered “Partly met” with little or no evidence." in officer.words
    assert officer.page.select_one("main form") is not None


def test_a_complete_audit_is_sent_from_here(ready: Audit, officer: CheckedClient) -> None:
    officer.get(check_of(ready))
    assert "Nothing is missing." in officer.words
    version = officer.page.select_one("input[name=version]")
    assert version is not None
    answer = officer.post(check_of(ready), data={"version": version["value"]})
    assert answer.location == f"/audits/{ready.reference}"
    assert ready.state is State.IN_REVIEW


def test_sending_an_incomplete_audit_is_refused_in_words(ready: Audit, officer: CheckedClient) -> None:
    save(ready, "1.1.2", None)
    answer = officer.post(check_of(ready), data={"version": ready.version})
    assert answer.status_code == 422
    assert "1 thing must be put right before this audit can be sent." in officer.words
    assert ready.state is State.WRITING_UP


@pytest.mark.parametrize("version", ["0", "", "nonsense"])
def test_sending_from_a_page_that_is_out_of_date_is_told(
    ready: Audit, officer: CheckedClient, version: str
) -> None:
    assert officer.post(check_of(ready), data={"version": version}).status_code == 409
    assert ready.state is State.WRITING_UP


def test_an_audit_in_review_is_read_here_without_links_to_change_it(
    session: Database, sign_in: SignIn
) -> None:
    audit = an_audit_in_review(session)
    officer = sign_in(audit.lead)
    officer.get(check_of(audit))
    assert "What was recorded" in officer.words
    assert officer.page.select(".house-answer__change a") == []
    assert officer.page.select_one("main form") is None


def test_the_page_takes_as_many_queries_for_a_full_audit_as_for_an_empty_one(
    session: Database, sign_in: SignIn
) -> None:
    audit = an_audit(session, at=State.VISITING)
    officer = sign_in(audit.lead)
    a_visit(audit)
    a_finding(audit)
    save(audit, "1.1.1", AnswerValue.MET)
    officer.get(check_of(audit))
    before = len(officer.statements)
    answered(session, audit)
    a_visit(audit)
    for code in ("1.1.1", "2.2.1", "5.1"):
        a_finding(audit, code)
    officer.get(check_of(audit))
    assert len(officer.statements) == before


def test_the_judgement_so_far_shows_every_reason(
    session: Database, ready: Audit, officer: CheckedClient
) -> None:
    answered(
        session, ready, q3_3_1=AnswerValue.NOT_MET, q1_1_2=AnswerValue.NOT_SEEN, q2_2_1=AnswerValue.PARTLY
    )
    officer.get(f"/audits/{ready.reference}/judgement")
    judgement = judgement_of(ready)
    reasons = [
        reason.sentence
        for one in (judgement, *judgement.domains, *judgement.standards)
        for reason in one.trace
    ]
    assert len(reasons) > 50
    words = officer.words
    for sentence in reasons:
        assert " ".join(sentence.split()) in words


def test_the_judgement_so_far_says_that_it_is_provisional_and_not_cqcs(
    ready: Audit, officer: CheckedClient
) -> None:
    officer.get(f"/audits/{ready.reference}/judgement")
    assert "This is provisional." in officer.words
    assert "It is not a CQC rating" in officer.words
    assert officer.page.select(".house-rating") == []


def test_the_judgement_of_an_audit_without_answers_is_a_page_too(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, at=State.PLANNED)
    officer = sign_in(audit.lead)
    officer.get(f"/audits/{audit.reference}/judgement")
    assert "Not judged" in officer.words
