"""What people type about an audit: the answers of one standard, a finding, and why an audit is returned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from wtforms import Form, FormField, HiddenField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from quality.audits.moving import LONGEST_REASON
from quality.core.forms import (
    LONGEST_TEXT,
    DateField,
    HouseForm,
    LineField,
    LongTextField,
    OnceForm,
    Required,
)
from quality.findings.answering import Keep
from quality.findings.merging import Content, TypedAnswer, in_order
from quality.findings.models import Answer, Finding, FindingKind, HeldText, Method
from quality.findings.writing import FindingText
from quality.frameworks.models import Question, Standard
from quality.scoring import AnswerValue

# Two texts may be kept as one, so the limit for one question is wider than what one person would type.
LONGEST_EVIDENCE = 5 * LONGEST_TEXT

KEEP_WORDS = {
    Keep.THEIRS: "Keep what is saved",
    Keep.MINE: "Use this text instead",
    Keep.BOTH: "Keep both, one below the other",
}


def _offered(form: Any, field: Any) -> None:
    if field.data and field.data not in {value for value, *_ in field.choices}:
        raise ValidationError(f"{field.label.text}: choose one of the answers shown")


def _radios(label: str, kind: type[StrEnum], words: Mapping[Any, str], required: str = "") -> RadioField:
    """Radios of which none need be chosen, unless a sentence says so."""
    checks = [Required(required), _offered] if required else [_offered]
    choices = [SelectChoice(each.value, words[each]) for each in kind]
    return RadioField(label, choices=choices, validators=checks, validate_choice=False)


class AnswerForm(Form):
    """One question's part of the page. Nothing is needed: an incomplete answer can always be saved."""

    value = _radios("Answer", AnswerValue, {each: each.words for each in AnswerValue})
    evidence = LongTextField("What was seen, heard or read", most=LONGEST_EVIDENCE)
    methods = SelectMultipleField(
        "How it was found out",
        choices=[SelectChoice(each.value, each.words) for each in Method],
        validate_choice=False,
    )
    why_not_applicable = LongTextField("Why it does not apply", most=LONGEST_EVIDENCE)
    seen = HiddenField()

    def typed(self) -> TypedAnswer:
        """What was typed, with the fingerprint of what the form had shown."""
        return TypedAnswer(
            value=AnswerValue(self.value.data) if self.value.data else None,
            evidence=self.evidence.data or "",
            methods=in_order(self.methods.data or []),
            why_not_applicable=self.why_not_applicable.data or "",
            seen=self.seen.data or "",
        )


class StandardForm(HouseForm):
    """All questions of one standard on one page, and a choice for each text that waits for a decision."""

    questions: Sequence[Question]
    held: Sequence[HeldText]

    def answer(self, question: Question) -> AnswerForm:
        """The part of the form that belongs to a question."""
        part: AnswerForm = self[question.code].form
        return part

    def typed(self) -> dict[int, TypedAnswer]:
        """What was typed, by question number; a question that the sent form did not hold is left out."""
        parts = ((each.id, self.answer(each)) for each in self.questions)
        return {number: part.typed() for number, part in parts if part.seen.data}

    def settled(self) -> dict[HeldText, Keep]:
        """The decisions that were made."""
        chosen = ((each, self[f"held-{each.id}"].data) for each in self.held)
        return {held: Keep(keep) for held, keep in chosen if keep}


def standard_form(
    questions: Sequence[Question], held: Sequence[HeldText], answers: Mapping[int, Answer] | None = None
) -> StandardForm:
    """The form of one standard: filled from the answers, or, without them, from what was sent alone.

    A form that was sent must never be completed from what is stored: that may be somebody else's newer answer.
    """
    fields: dict[str, Any] = {each.code: FormField(AnswerForm, label=each.text) for each in questions}
    for each in held:
        fields[f"held-{each.id}"] = _radios("What becomes of this text?", Keep, KEEP_WORDS)
    kind = type("StandardForm", (StandardForm,), {**fields, "questions": questions, "held": held})
    filled = None if answers is None else {each.code: _filled(answers.get(each.id)) for each in questions}
    form: StandardForm = kind(data=filled)
    return form


def _filled(answer: Answer | None) -> dict[str, Any]:
    content = Content.of(answer)
    return {
        "value": content.value,
        "evidence": content.evidence,
        "methods": [each.value for each in content.methods],
        "why_not_applicable": content.why_not_applicable,
        "seen": content.fingerprint,
    }


class FindingForm(OnceForm):
    """A finding; only its kind, its place and a title are needed to save it."""

    kind = _radios(
        "What kind of finding is it?",
        FindingKind,
        {each: each.words for each in FindingKind},
        required="Choose what kind of finding it is",
    )
    about = SelectField(
        "What is it about?", invalid_choice_message="Choose a standard or a question from the list"
    )
    title = LineField("Title", required="Enter a title for the finding")
    found = LongTextField("What was found")
    must_happen = LongTextField("What must happen (optional for good practice)")
    by_when = DateField("By when (optional for good practice)")

    def offer(self, standards: Sequence[tuple[Standard, Sequence[Question]]]) -> None:
        """Offer the standards and questions of this audit as what a finding can be about."""
        offered = [SelectChoice("", "Choose a standard or a question")]
        for standard, questions in standards:
            whole = f"{standard.code} {standard.title} (the whole standard)"
            offered.append(SelectChoice(standard.code, whole))
            offered += [SelectChoice(each.code, f"{each.code} {each.text}") for each in questions]
        self.about.choices = offered

    def validate_about(self, field: Any) -> None:
        """A finding stands at a standard."""
        if not field.data:
            raise ValidationError("Choose what the finding is about")

    def show(self, finding: Finding) -> None:
        """Fill the form from a finding that is to be changed."""
        self.kind.data, self.title.data, self.found.data = finding.kind.value, finding.title, finding.found
        self.about.data = finding.question.code if finding.question else finding.standard.code
        self.must_happen.data, self.by_when.data = finding.must_happen, finding.by_when

    def text(self) -> FindingText:
        """What was typed. A question's code is its standard's with one number more."""
        code: str = self.about.data
        standard_code = ".".join(code.split(".")[:2])
        return FindingText(
            kind=FindingKind(self.kind.data),
            standard_code=standard_code,
            question_code="" if code == standard_code else code,
            title=self.title.data or "",
            found=self.found.data or "",
            must_happen=self.must_happen.data or "",
            by_when=self.by_when.data,
        )


class ReturnForm(HouseForm):
    """Why an audit goes back to its officer."""

    reason = LongTextField(
        "What has to change before it can be approved?",
        most=LONGEST_REASON,
        required="Enter what has to change",
    )
