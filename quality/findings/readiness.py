"""What stands in the way of sending an audit for review, and what its author should look at again.

Problems stop the audit; warnings never do. All are found at once, each with the page where it can be put right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from quality.audits.models import Audit
from quality.core.clock import today
from quality.core.pages import day, plural
from quality.findings import queries
from quality.findings.judging import judgement_of, same_evidence
from quality.findings.models import Answer, Finding, FindingKind
from quality.findings.privacy import personal_details
from quality.findings.queries import Recorded
from quality.frameworks.models import Question, Standard
from quality.frameworks.queries import rules_of
from quality.scoring import AnswerValue, Judgement, ReasonKind

# Fewer letters than this under a low answer tell a provider nothing.
SHORTEST_EVIDENCE = 20


@dataclass(frozen=True)
class Problem:
    """One sentence, and the page (endpoint and its values) where it is put right."""

    sentence: str
    endpoint: str
    values: dict[str, str | int] = field(default_factory=dict)


def problems(audit: Audit, recorded: Recorded | None = None) -> list[Problem]:
    """Everything that stands in the way of a review. Pass `recorded` when it is loaded already."""
    recorded = recorded or queries.recorded(audit)
    return [
        *_no_visit(audit),
        *_in_answers(recorded),
        *_held(recorded),
        *_in_findings(recorded, today()),
        *_in_photographs(recorded),
    ]


def warnings(audit: Audit, recorded: Recorded | None = None) -> list[Problem]:
    """What is worth a second look before others read it; none of it stops the audit."""
    recorded = recorded or queries.recorded(audit)
    judged = judgement_of(audit, recorded)
    return [
        *_low_and_nothing_asked(recorded, judged),
        *_thin(recorded),
        *_repeated(recorded),
        *_one_method(recorded, judged),
        *_personal(recorded),
    ]


def _no_visit(audit: Audit) -> Iterator[Problem]:
    if not audit.visits:
        yield Problem("No visit is recorded.", "audits.visits", {"reference": audit.reference})


def _in_answers(recorded: Recorded) -> Iterator[Problem]:
    for standard, questions in recorded.standards:
        missing = [each for each in questions if _value(recorded, each) is None]
        if missing:
            many = "question has" if len(missing) == 1 else "questions have"
            sentence = f"{standard.code} {standard.title}: {len(missing)} {many} no answer."
            yield _at(recorded, standard, missing[0], sentence)
        for question in questions:
            yield from _in_answer(recorded, standard, question)


def _in_answer(recorded: Recorded, standard: Standard, question: Question) -> Iterator[Problem]:
    answer = recorded.answers.get(question.id)
    if answer is None:
        return
    if answer.value is AnswerValue.NOT_APPLICABLE and not answer.why_not_applicable:
        sentence = f"Question {question.code} does not apply, but the reason is missing."
        yield _at(recorded, standard, question, sentence)
    if question.critical and answer.value is AnswerValue.NOT_MET and not recorded.findings_about(question):
        where = {"standard": standard.code, "question": question.code, "back": "check"}
        yield Problem(
            f"Question {question.code} is critical and was not met, but no finding is written about it.",
            "findings.add",
            {"reference": recorded.audit.reference, **where},
        )


def _held(recorded: Recorded) -> Iterator[Problem]:
    places = {each.id: (standard, each) for standard, questions in recorded.standards for each in questions}
    for held in recorded.held:
        if held.question_id in places:
            standard, question = places[held.question_id]
            sentence = (
                f"Question {question.code}: decide what becomes of the text that {held.typed_by.name} wrote."
            )
            yield _at(recorded, standard, question, sentence)


def _in_findings(recorded: Recorded, on: date) -> Iterator[Problem]:
    for finding in recorded.findings:
        for missing in _missing(finding, on):
            sentence = f"The finding “{finding.title}” {missing}."
            yield Problem(sentence, "findings.change", _where_is(recorded, finding.id))


def _missing(finding: Finding, on: date) -> Iterator[str]:
    if not finding.found:
        yield "does not say what was found"
    if finding.kind is FindingKind.MUST_IMPROVE:
        if not finding.must_happen:
            yield "does not say what must happen"
        if finding.by_when is None:
            yield "does not say by when"
    if finding.by_when is not None and finding.by_when < on:
        yield f"asks for something by {day(finding.by_when)}, which is in the past"


def _in_photographs(recorded: Recorded) -> Iterator[Problem]:
    for photograph in recorded.photographs:
        missing = [
            words
            for words, said in (
                ("a caption", photograph.caption),
                ("words that say what it shows", photograph.shows),
            )
            if not said
        ]
        if missing:
            sentence = f"Photograph {photograph.number} needs {' and '.join(missing)}."
            yield Problem(sentence, "photographs.describe", _where_is(recorded, photograph.number))


def _low_and_nothing_asked(recorded: Recorded, judged: Judgement) -> Iterator[Problem]:
    lowest_first = rules_of(recorded.framework).bands[::-1]
    is_low = judged.level is not None and lowest_first.index(judged.level) * 2 < len(lowest_first)
    if is_low and all(finding.kind is FindingKind.GOOD_PRACTICE for finding in recorded.findings):
        yield Problem(
            f"The service is judged “{judged.words}”, but no finding says what has to improve.",
            "findings.add",
            {"reference": recorded.audit.reference, "back": "check"},
        )


def _thin(recorded: Recorded) -> Iterator[Problem]:
    for standard, question, answer in _answered(recorded):
        value = answer.value
        matters = value is not None and (value.is_low or (question.critical and value is AnswerValue.MET))
        if value is not None and matters and len(answer.evidence) < SHORTEST_EVIDENCE:
            sentence = f"Question {question.code} was answered “{value.words}” with little or no evidence."
            yield _at(recorded, standard, question, sentence)


def _repeated(recorded: Recorded) -> Iterator[Problem]:
    same: dict[str, list[tuple[Standard, Question]]] = {}
    for standard, question, answer in _answered(recorded):
        text = same_evidence(answer.evidence)
        if text and len(text) >= SHORTEST_EVIDENCE:
            same.setdefault(text, []).append((standard, question))
    for places in same.values():
        if len(places) > 1:
            codes = ", ".join(question.code for _, question in places)
            yield _at(recorded, *places[-1], f"The same evidence text stands under questions {codes}.")


def _one_method(recorded: Recorded, judged: Judgement) -> Iterator[Problem]:
    for standard in judged.standards:
        for reason in standard.trace:
            if reason.kind is ReasonKind.ONE_METHOD and len(reason.questions) > 1:
                where: dict[str, str | int] = {"reference": recorded.audit.reference, "code": standard.code}
                yield Problem(
                    f"{standard.code} {standard.title}: {reason.sentence}", "findings.standard", where
                )


def _personal(recorded: Recorded) -> Iterator[Problem]:
    for standard, question, answer in _answered(recorded):
        found = personal_details(f"{answer.evidence}\n{answer.why_not_applicable}")
        if found:
            sentence = f"Question {question.code} may identify a person: {_listed(found)}."
            yield _at(recorded, standard, question, sentence)
    for finding in recorded.findings:
        found = personal_details(f"{finding.title}\n{finding.found}\n{finding.must_happen}")
        if found:
            sentence = f"The finding “{finding.title}” may identify a person: {_listed(found)}."
            yield Problem(sentence, "findings.change", _where_is(recorded, finding.id))

    for photograph in recorded.photographs:
        found = personal_details(f"{photograph.caption}\n{photograph.shows}")
        if found:
            sentence = f"Photograph {photograph.number} may identify a person: {_listed(found)}."
            yield Problem(sentence, "photographs.describe", _where_is(recorded, photograph.number))


def _answered(recorded: Recorded) -> Iterator[tuple[Standard, Question, Answer]]:
    for standard, questions in recorded.standards:
        for question in questions:
            if question.id in recorded.answers:
                yield standard, question, recorded.answers[question.id]


def _at(recorded: Recorded, standard: Standard, question: Question, sentence: str) -> Problem:
    where = {"reference": recorded.audit.reference, "code": standard.code, "back": "check"}
    return Problem(sentence, "findings.standard", {**where, "_anchor": f"q-{question.code}"})


def _where_is(recorded: Recorded, number: int) -> dict[str, str | int]:
    return {"reference": recorded.audit.reference, "number": number, "back": "check"}


def _value(recorded: Recorded, question: Question) -> AnswerValue | None:
    answer = recorded.answers.get(question.id)
    return answer.value if answer else None


def _listed(found: Iterable[str]) -> str:
    shown = list(found)
    more = f" and {plural(len(shown) - 3, 'other')}" if len(shown) > 3 else ""
    return ", ".join(f"“{each}”" for each in shown[:3]) + more
