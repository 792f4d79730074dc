"""Answers, findings and whole audits, recorded by the operations the service itself uses. All invented."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.core.clock import today
from quality.findings import queries
from quality.findings.merging import Content, TypedAnswer
from quality.findings.models import Finding, FindingKind, Method
from quality.findings.operations import SaveResult, add_finding, save_answers, send_for_review
from quality.findings.writing import FindingText
from quality.frameworks.models import Question
from quality.scoring import AnswerValue
from tests.builders.audits import a_visit, an_audit
from tests.databases import Database

_numbers = count(1)


def question_of(audit: Audit, code: str) -> Question:
    """The question of this code, which must be one that is put to this audit's kind of service."""
    return next(each for _, questions in queries.asked(audit)[1] for each in questions if each.code == code)


def typed(
    audit: Audit,
    code: str,
    value: AnswerValue | None = None,
    evidence: str = "",
    *,
    methods: tuple[Method, ...] = (),
    why: str = "",
    seen: Content | None = None,
) -> dict[int, TypedAnswer]:
    """What a form brings for one question; it had shown what is stored now, unless `seen` says something else."""
    question = question_of(audit, code)
    shown = seen or Content.of(queries.answers_of(audit).get(question.id))
    return {question.id: TypedAnswer(value, evidence, methods, why, shown.fingerprint)}


def save(
    audit: Audit, code: str, value: AnswerValue | None = None, evidence: str = "", **more: Any
) -> SaveResult:
    """Save one answer as the audit's lead, or as `by`."""
    by = more.pop("by", audit.lead)
    answer = typed(audit, code, value, evidence, **more)
    return save_answers(audit_id=audit.id, standard_code=code.rpartition(".")[0], typed=answer, by=by)


def answered(
    session: Database, audit: Audit, everything: AnswerValue = AnswerValue.MET, **by_code: AnswerValue
) -> Audit:
    """Answer every question of an audit, with evidence; `q1_2_3=AnswerValue.PARTLY` answers that one otherwise."""
    stored = queries.answers_of(audit)
    for standard, questions in queries.asked(audit)[1]:
        answers: dict[int, TypedAnswer] = {}
        for question in questions:
            value = by_code.get(f"q{question.code.replace('.', '_')}", everything)
            answers[question.id] = TypedAnswer(
                value,
                f"Seen in the records and heard from staff, for {question.code}.",
                (Method.STAFF, Method.PROCESSES),
                "Nobody here needs this." if value is AnswerValue.NOT_APPLICABLE else "",
                Content.of(stored.get(question.id)).fingerprint,
            )
        save_answers(audit_id=audit.id, standard_code=standard.code, typed=answers, by=audit.lead)
    return audit


def a_finding(audit: Audit, code: str = "3.1.1", **changes: Any) -> Finding:
    """A finding of the lead's about a question, or about a standard when the code has two parts."""
    standard_code = ".".join(code.split(".")[:2])
    text = FindingText(
        **{
            "kind": FindingKind.MUST_IMPROVE,
            "standard_code": standard_code,
            "question_code": "" if code == standard_code else code,
            "title": "Medicine records have gaps",
            "found": "Nine of forty records of one week were not signed.",
            "must_happen": "Check the records at the end of every round.",
            "by_when": today() + timedelta(days=28),
            **changes,
        }
    )
    return add_finding(audit_id=audit.id, form_key=f"finding-form-{next(_numbers)}", text=text, by=audit.lead)


def a_ready_audit(session: Database, **more: Any) -> Audit:
    """An audit that is being written up and lacks nothing: visited, answered, with one finding."""
    audit = an_audit(session, at=State.WRITING_UP, **more)
    a_visit(audit)
    answered(session, audit)
    a_finding(
        audit, kind=FindingKind.GOOD_PRACTICE, must_happen="", by_when=None, title="Meals are a pleasure"
    )
    return audit


def an_audit_in_review(session: Database, **more: Any) -> Audit:
    """A complete audit that its lead has sent for review."""
    audit = a_ready_audit(session, **more)
    return send_for_review(audit.id, by=audit.lead, version=audit.version)
