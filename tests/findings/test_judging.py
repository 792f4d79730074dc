"""The judgement of an audit is its answers put to the rules of its own framework version, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quality.audits.models import Audit
from quality.findings.judging import judgement_of, same_evidence
from quality.findings.models import Method
from quality.frameworks.operations import publish
from quality.scoring import NOT_JUDGED, AnswerValue, ReasonKind
from tests.builders.audits import our_framework
from tests.builders.findings import answered, save
from tests.databases import Database


def test_an_audit_without_answers_is_not_judged(audit: Audit) -> None:
    assert judgement_of(audit).words == NOT_JUDGED


def test_an_audit_that_met_everything_reaches_the_best_level(session: Database, audit: Audit) -> None:
    judgement = judgement_of(answered(session, audit))
    assert judgement.level == our_framework().rules.bands[0]
    assert judgement.score_words == "100%"


def test_an_answer_with_a_text_and_no_value_counts_as_not_answered(session: Database, audit: Audit) -> None:
    answered(session, audit)
    save(audit, "1.1.1", None, "A text and no answer yet.")
    assert judgement_of(audit).counts.unanswered == 1


def test_a_critical_question_that_was_not_met_holds_the_standard_down_and_says_so(
    session: Database, audit: Audit
) -> None:
    answered(session, audit, q3_2_3=AnswerValue.NOT_MET)
    risks = next(each for each in judgement_of(audit).standards if each.code == "3.2")
    assert risks.level != risks.level_by_score
    (cap,) = [reason for reason in risks.trace if reason.kind is ReasonKind.CAP]
    assert cap.sentence.startswith(
        "Question 3.2.3 is critical and was not met, so this standard cannot be judged"
    )


def test_evidence_that_stands_under_two_low_answers_is_told(session: Database, audit: Audit) -> None:
    answered(session, audit)
    for code in ("1.1.1", "1.1.2"):
        save(audit, code, AnswerValue.PARTLY, "One visitor was left waiting.")
    dignity = judgement_of(audit).standards[0]
    assert [each.questions for each in dignity.trace if each.kind is ReasonKind.SAME_EVIDENCE] == [
        ("1.1.1", "1.1.2")
    ]


def test_methods_are_told_in_words(session: Database, audit: Audit) -> None:
    for code in ("1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5"):
        save(audit, code, AnswerValue.MET, methods=(Method.OBSERVATION,))
    trace = judgement_of(audit).standards[0].trace
    (reason,) = [each for each in trace if each.kind is ReasonKind.ONE_METHOD]
    assert "what we saw" in reason.sentence


def test_an_audit_is_judged_by_the_version_it_was_planned_with(session: Database, audit: Audit) -> None:
    rules = our_framework().rules
    stricter = replace(rules, coverage_floor=rules.coverage_floor + 5)
    publish(replace(our_framework(), version=2, rules=stricter))
    save(audit, "1.1.1", AnswerValue.MET)
    first = judgement_of(audit).standards[0]
    assert any("80%" in reason.sentence for reason in first.trace)


@pytest.mark.parametrize(
    ("text", "shared"), [("", None), ("  \n ", None), ("One  Thing\nseen", "one thing seen")]
)
def test_evidence_is_the_same_whatever_its_case_and_spacing(text: str, shared: str | None) -> None:
    assert same_evidence(text) == shared
