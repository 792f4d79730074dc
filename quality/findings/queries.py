"""Reading what was recorded to an audit. Each function takes a fixed number of queries, however much there is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload

from quality.audits.models import Audit
from quality.core.database import db
from quality.findings.across import StandardFindings, findings_by_standard
from quality.findings.models import Answer, Finding, FindingKind, HeldText
from quality.frameworks.models import FrameworkVersion, Question, Standard
from quality.frameworks.queries import standards_for, version_with_standards
from quality.people.models import Person
from quality.photographs.models import Photograph
from quality.photographs.queries import photographs_of

__all__ = [
    "Recorded",
    "StandardFindings",
    "StandardProgress",
    "answers_of",
    "asked",
    "find_finding",
    "findings_by_standard",
    "findings_of",
    "held_of",
    "progress",
    "recorded",
]

# Who wrote something is shown by name; what else they may do is nobody's question here.
_NO_ROLES = lazyload(Person.role_rows)
_WEIGHT_OF_KIND = {kind: place for place, kind in enumerate(FindingKind)}


@dataclass(frozen=True)
class StandardProgress:
    """How far one standard has come: questions with an answer value, of those that apply."""

    code: str
    title: str
    domain_title: str
    answered: int
    applicable: int

    @property
    def is_done(self) -> bool:
        """True when every question has an answer."""
        return self.answered == self.applicable


@dataclass(frozen=True)
class Recorded:
    """Everything recorded to one audit, loaded once: what was asked, answered, found, and is not settled."""

    audit: Audit
    framework: FrameworkVersion
    standards: list[tuple[Standard, list[Question]]]
    answers: dict[int, Answer]
    findings: list[Finding]
    held: list[HeldText]
    photographs: list[Photograph]

    @property
    def questions(self) -> list[Question]:
        """Every question that was put to this service, in order."""
        return [question for _, questions in self.standards for question in questions]

    def progress(self) -> list[StandardProgress]:
        """How far each standard has come."""
        return [_progress(standard, questions, self.answers) for standard, questions in self.standards]

    def photographs_at(self, standard: Standard) -> list[Photograph]:
        """The photographs that are evidence for one standard."""
        return [photograph for photograph in self.photographs if photograph.standard_id == standard.id]

    def findings_about(self, question: Question) -> list[Finding]:
        """The findings written about one question."""
        return [finding for finding in self.findings if finding.question_id == question.id]


def recorded(audit: Audit) -> Recorded:
    """Load everything recorded to an audit."""
    framework, standards = asked(audit)
    return Recorded(
        audit,
        framework,
        standards,
        answers_of(audit),
        findings_of(audit),
        held_of(audit),
        photographs_of(audit),
    )


def asked(audit: Audit) -> tuple[FrameworkVersion, list[tuple[Standard, list[Question]]]]:
    """The framework version this audit is pinned to, and the questions of it that apply, by standard."""
    framework = version_with_standards(audit.framework_version_id)
    assert framework is not None  # noqa: S101 -- A foreign key holds the version, and it can never be deleted.
    return framework, standards_for(framework, audit.service_type)


def progress(audit: Audit) -> list[StandardProgress]:
    """How far each standard of an audit has come."""
    answers = answers_of(audit)
    return [_progress(standard, questions, answers) for standard, questions in asked(audit)[1]]


def answers_of(audit: Audit) -> dict[int, Answer]:
    """The answers of an audit by question, as the database holds them now, with who answered last."""
    answers = db.session.scalars(
        select(Answer)
        .where(Answer.audit_id == audit.id)
        .options(joinedload(Answer.answered_by).options(_NO_ROLES))
        .execution_options(populate_existing=True)
    )
    return {answer.question_id: answer for answer in answers}


def findings_of(audit: Audit) -> list[Finding]:
    """The findings of an audit, most important first, then in the framework's order."""
    findings = db.session.scalars(
        select(Finding)
        .where(Finding.audit_id == audit.id)
        .options(
            joinedload(Finding.standard),
            joinedload(Finding.question),
            joinedload(Finding.written_by).options(_NO_ROLES),
        )
    )
    return sorted(findings, key=_importance)


def find_finding(audit: Audit, finding_id: int) -> Finding | None:
    """One finding of this audit; None when it has no such finding."""
    return next((finding for finding in findings_of(audit) if finding.id == finding_id), None)


def held_of(audit: Audit) -> list[HeldText]:
    """Texts of this audit that met another person's change and wait for a decision, oldest first."""
    held = db.session.scalars(
        select(HeldText)
        .where(HeldText.audit_id == audit.id, HeldText.settled_at.is_(None))
        .options(joinedload(HeldText.typed_by).options(_NO_ROLES), joinedload(HeldText.question))
        .order_by(HeldText.id)
    )
    return list(held)


def _importance(finding: Finding) -> tuple[int, int, int, int]:
    question = finding.question.position if finding.question else 0
    return _WEIGHT_OF_KIND[finding.kind], finding.standard.position, question, finding.id


def _progress(standard: Standard, questions: list[Question], answers: dict[int, Answer]) -> StandardProgress:
    values = [answers[each.id].value for each in questions if each.id in answers]
    answered = sum(value is not None for value in values)
    return StandardProgress(standard.code, standard.title, standard.domain_title, answered, len(questions))
