"""Answers and findings of one audit, and what was typed but could not be saved."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.core.database import Base, words_of
from quality.frameworks.models import Question, Standard
from quality.people.models import Person
from quality.scoring import AnswerValue


class Method(StrEnum):
    """How an answer was come by; the six kinds of evidence that CQC's single assessment framework names."""

    PEOPLE = "people"
    STAFF = "staff"
    PARTNERS = "partners"
    OBSERVATION = "observation"
    PROCESSES = "processes"
    OUTCOMES = "outcomes"

    @property
    def words(self) -> str:
        """As people say it."""
        return {
            "people": "What people told us",
            "staff": "What staff told us",
            "partners": "What partners told us",
            "observation": "What we saw",
            "processes": "Records and processes",
            "outcomes": "Outcomes",
        }[self.value]


class Answer(Base):
    """What was recorded to one question at one audit. It may be incomplete: a text without a value is kept too."""

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    value: Mapped[AnswerValue | None] = mapped_column(words_of(AnswerValue, "value_known"))
    evidence: Mapped[str] = mapped_column(Text, default="")
    methods: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Why the question does not apply; asked for before the audit is sent for review.
    why_not_applicable: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    question: Mapped[Question] = relationship()
    answered_by: Mapped[Person] = relationship()

    @property
    def method_words(self) -> list[str]:
        """How it was come by, in words."""
        return [each.words for each in Method if each.value in self.methods]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy's own declaration.
    __table_args__ = (UniqueConstraint("audit_id", "question_id"),)


class FindingKind(StrEnum):
    """How much a finding asks of the provider, most first."""

    MUST_IMPROVE = "must_improve"
    SHOULD_IMPROVE = "should_improve"
    GOOD_PRACTICE = "good_practice"

    @property
    def words(self) -> str:
        """As people say it."""
        return {
            "must_improve": "Must improve",
            "should_improve": "Should improve",
            "good_practice": "Good practice",
        }[self.value]


class Finding(Base):
    """A judged statement the provider must see."""

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"))
    kind: Mapped[FindingKind] = mapped_column(words_of(FindingKind, "kind_known"))
    title: Mapped[str] = mapped_column(String(200))
    found: Mapped[str] = mapped_column(Text)
    must_happen: Mapped[str] = mapped_column(Text, default="")
    by_when: Mapped[date | None]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    form_key: Mapped[str] = mapped_column(String(40), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    standard: Mapped[Standard] = relationship()
    question: Mapped[Question | None] = relationship()
    written_by: Mapped[Person] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy's own declaration.
    __table_args__ = (
        CheckConstraint("length(trim(title)) > 0", name="title_given"),
        CheckConstraint("kind <> 'good_practice' OR by_when IS NULL", name="good_practice_has_no_deadline"),
    )


class HeldText(Base):
    """What somebody typed that met another person's change, kept word for word until a person has decided."""

    __tablename__ = "held_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"))
    typed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    typed_at: Mapped[datetime]
    typed: Mapped[dict[str, str]] = mapped_column(JSON)
    because: Mapped[str] = mapped_column(Text)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    question: Mapped[Question | None] = relationship()
    typed_by: Mapped[Person] = relationship(foreign_keys=typed_by_id)

    __table_args__ = (
        CheckConstraint("(settled_at IS NULL) = (settled_by_id IS NULL)", name="settled_by_and_at"),
        Index("ix_held_text_of_audit", "audit_id", "settled_at"),
    )
