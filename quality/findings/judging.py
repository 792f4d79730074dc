"""The judgement of an audit: its answers, put to the rules of the framework version it is pinned to."""

from __future__ import annotations

from quality.audits.models import Audit
from quality.findings import queries
from quality.findings.merging import in_order
from quality.findings.models import Answer
from quality.findings.queries import Recorded
from quality.frameworks.models import Question
from quality.frameworks.queries import rules_of
from quality.scoring import Judgement, QuestionInput, StandardInput, judge


def judgement_of(audit: Audit, recorded: Recorded | None = None) -> Judgement:
    """Judge an audit by what is recorded now. Pass `recorded` when it is loaded already."""
    recorded = recorded or queries.recorded(audit)
    standards = [
        StandardInput(
            code=standard.code,
            title=standard.title,
            domain_code=standard.domain_code,
            domain_title=standard.domain_title,
            questions=tuple(_input(each, recorded.answers.get(each.id)) for each in questions),
        )
        for standard, questions in recorded.standards
    ]
    return judge(standards, rules_of(recorded.framework))


def same_evidence(text: str) -> str | None:
    """What two evidence texts share when they say the same: the words without case and spacing; None for none."""
    return " ".join(text.casefold().split()) or None


def _input(question: Question, answer: Answer | None) -> QuestionInput:
    return QuestionInput(
        code=question.code,
        text=question.text,
        weight=question.weight,
        critical=question.critical,
        value=answer.value if answer else None,
        methods=frozenset(each.words.lower() for each in in_order(answer.methods)) if answer else frozenset(),
        evidence=same_evidence(answer.evidence) if answer else None,
    )
