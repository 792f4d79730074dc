"""The questions behind a judgement, counted, so that anybody can reckon its score again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quality.printing.wording import counted, listed
from quality.reports.snapshot import Answer, Snapshot


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswersGiven:
    """One answer of the scale, what it means, how often it was given, and the weights of those questions together.

    `weight` is None where the report does not say the weight of each.
    """

    words: str
    meaning: str
    number: int
    weight: int | None


def answers_given(report: Snapshot) -> tuple[AnswersGiven, ...]:
    """A row for each answer of the scale, then for what is not on it, such as "Not answered", then for all."""
    answers = _answers(report)
    meanings = {step.words: step.meaning for step in report.method.scale}
    for answer in answers:
        meanings.setdefault(answer.answer, "")
    rows = [
        _row(words, meaning, [answer for answer in answers if answer.answer == words])
        for words, meaning in meanings.items()
    ]
    return (*rows, _row("All questions", "", answers))


def weights_in_words(report: Snapshot) -> tuple[str, ...]:
    """How many questions count how often, and how many are critical; nothing where the report does not say."""
    answers = _answers(report)
    weights = [answer.weight for answer in answers if answer.weight is not None]
    if not answers or len(weights) < len(answers):
        return ()
    told = [
        f"{counted(weights.count(one), 'question', 'questions')} of weight {one}"
        for one in sorted(set(weights))
    ]
    critical = sum(answer.critical for answer in answers)
    is_critical = f"{critical or 'None'} of them {'is' if critical == 1 else 'are'} critical."
    return (
        f"The question set for this service has {listed(told)}.",
        f"{is_critical} The weight of each stands beside its answer, at the end.",
    )


def _row(words: str, meaning: str, answers: Sequence[Answer]) -> AnswersGiven:
    return AnswersGiven(words=words, meaning=meaning, number=len(answers), weight=_together(answers))


def _together(answers: Iterable[Answer]) -> int | None:
    weights = [answer.weight for answer in answers]
    known = [weight for weight in weights if weight is not None]
    return sum(known) if len(known) == len(weights) else None


def _answers(report: Snapshot) -> list[Answer]:
    return [
        answer for domain in report.domains for standard in domain.standards for answer in standard.answers
    ]
