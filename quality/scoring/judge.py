"""Judging: answers and rules in, levels with their reasons out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypedDict

from quality.scoring.inputs import QuestionInput, StandardInput, in_order
from quality.scoring.judgement import (
    Change,
    Counts,
    Coverage,
    DomainJudgement,
    Judgement,
    Reason,
    StandardJudgement,
)
from quality.scoring.outcome import Case, Outcome, weigh
from quality.scoring.reasons import is_on_edge, trace_of
from quality.scoring.rules import Band, Rules, Scope
from quality.scoring.sensitivity import Changes, single_changes

__all__ = ["judge"]


def judge(standards: Sequence[StandardInput], rules: Rules) -> Judgement:
    """Judge an audit: each standard, each domain, and the service overall.

    The order in which standards and questions are given does not matter. Raises ValueError when two of them
    have the same code.
    """
    standards = _ordered(standards)
    case = weigh(standards, rules)
    changes = single_changes(standards, case, rules)
    domains = tuple(_domain(code, standards, case, changes, rules) for code in case.domains)
    questions = _questions(standards)
    return Judgement(domains=domains, **_judged((Scope.OVERALL, ""), questions, case.overall, changes, rules))


class _Judged(TypedDict):
    level: Band | None
    level_by_score: Band | None
    points: int
    most: int
    coverage: Coverage
    counts: Counts
    on_edge: bool
    changes: tuple[Change, ...]
    trace: tuple[Reason, ...]


def _domain(
    code: str, standards: Sequence[StandardInput], case: Case, changes: Changes, rules: Rules
) -> DomainJudgement:
    inside = [standard for standard in standards if standard.domain_code == code]
    return DomainJudgement(
        code=code,
        title=inside[0].domain_title,
        standards=tuple(_standard(standard, case, changes, rules) for standard in inside),
        **_judged((Scope.DOMAIN, code), _questions(inside), case.domains[code], changes, rules),
    )


def _standard(standard: StandardInput, case: Case, changes: Changes, rules: Rules) -> StandardJudgement:
    key, outcome = (Scope.STANDARD, standard.code), case.standards[standard.code]
    return StandardJudgement(
        code=standard.code,
        title=standard.title,
        questions=standard.questions,
        **_judged(key, standard.questions, outcome, changes, rules),
    )


def _judged(
    key: tuple[Scope, str],
    questions: Sequence[QuestionInput],
    outcome: Outcome,
    changes: Changes,
    rules: Rules,
) -> _Judged:
    found = changes.get(key, ())
    return _Judged(
        level=outcome.level,
        level_by_score=outcome.by_score,
        points=outcome.tally.points,
        most=outcome.tally.most,
        coverage=Coverage(outcome.tally.seen, outcome.tally.applicable),
        counts=Counts.of(questions),
        on_edge=is_on_edge(outcome),
        changes=found,
        trace=trace_of(key[0], questions, outcome, found, rules),
    )


def _ordered(standards: Iterable[StandardInput]) -> tuple[StandardInput, ...]:
    """The standards and their questions in the order of their codes."""
    ordered = tuple(
        replace(standard, questions=tuple(sorted(standard.questions, key=lambda each: in_order(each.code))))
        for standard in sorted(standards, key=lambda each: in_order(each.code))
    )
    for codes in ([each.code for each in ordered], [each.code for each in _questions(ordered)]):
        if len(set(codes)) < len(codes):
            raise ValueError("Two standards, or two questions, have the same code.")
    return ordered


def _questions(standards: Iterable[StandardInput]) -> tuple[QuestionInput, ...]:
    return tuple(question for standard in standards for question in standard.questions)
