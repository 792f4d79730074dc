"""Which single answers would change a level, found by trying every one of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from quality.scoring.answers import AnswerValue
from quality.scoring.inputs import StandardInput
from quality.scoring.judgement import Change
from quality.scoring.outcome import Case, Outcome, weigh_again
from quality.scoring.rules import Rules, Scope

__all__ = ["Changes", "single_changes"]

Changes = Mapping[tuple[Scope, str], tuple[Change, ...]]
"""The changes found, by scope and code; the code of the overall judgement is empty."""


def single_changes(standards: Sequence[StandardInput], case: Case, rules: Rules) -> Changes:
    """Every scored answer, moved one step up and one step down, that would change a level."""
    found: dict[tuple[Scope, str], list[Change]] = {}
    for standard in standards:
        neighbours = [each.code for each in standards if each.domain_code == standard.domain_code]
        for question, was, becomes, changed in _moved(standard):
            other = weigh_again(case, changed, neighbours, rules)
            for key, before, after in _levels(standard, case, other):
                if after.level and before.level != after.level:
                    found.setdefault(key, []).append(Change(question, was, becomes, after.level))
    return {key: tuple(changes) for key, changes in found.items()}


def _moved(standard: StandardInput) -> Iterator[tuple[str, AnswerValue, AnswerValue, StandardInput]]:
    """Every step an answer here could take: the question, its answer, the answer then, the standard then."""
    for position, question in enumerate(standard.questions):
        was = question.value
        if was is None:
            continue
        for becomes in (was.one_step_up, was.one_step_down):
            if becomes is not None:
                questions = list(standard.questions)
                questions[position] = replace(question, value=becomes)
                yield question.code, was, becomes, replace(standard, questions=tuple(questions))


def _levels(
    standard: StandardInput, case: Case, other: Case
) -> tuple[tuple[tuple[Scope, str], Outcome, Outcome], ...]:
    """The three levels that a change in one standard can reach, before and after."""
    code, domain = standard.code, standard.domain_code
    return (
        ((Scope.STANDARD, code), case.standards[code], other.standards[code]),
        ((Scope.DOMAIN, domain), case.domains[domain], other.domains[domain]),
        ((Scope.OVERALL, ""), case.overall, other.overall),
    )
