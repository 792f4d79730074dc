"""Frameworks as rows: a version is published once and can never change; audits point to the version they used."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.core.database import Base
from quality.frameworks.vocabulary import Element, KeyQuestion, ServiceType


class FrameworkVersion(Base):
    """One published version of a framework, with the rules that judge by it. Triggers refuse any change to it."""

    __tablename__ = "framework_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    introduction: Mapped[str] = mapped_column(Text)
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    published_at: Mapped[datetime]

    standards: Mapped[list[Standard]] = relationship(
        back_populates="framework_version", order_by="Standard.position"
    )

    __table_args__ = (
        UniqueConstraint("code", "version"),
        CheckConstraint("version >= 1", name="version_from_one"),
    )


class Standard(Base):
    """One standard, in its domain."""

    __tablename__ = "standard"

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_version_id: Mapped[int] = mapped_column(ForeignKey("framework_version.id"))
    domain_code: Mapped[str] = mapped_column(String(10))
    domain_title: Mapped[str] = mapped_column(String(200))
    code: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    good_looks_like: Mapped[str] = mapped_column(Text)
    position: Mapped[int]

    framework_version: Mapped[FrameworkVersion] = relationship(back_populates="standards")
    questions: Mapped[list[Question]] = relationship(back_populates="standard", order_by="Question.position")

    __table_args__ = (
        UniqueConstraint("framework_version_id", "code"),
        UniqueConstraint("framework_version_id", "position"),
    )


class Question(Base):
    """One question, with its guidance, its weight, whom it applies to, and its place in the crosswalk."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    code: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    guidance: Mapped[str] = mapped_column(Text)
    weight: Mapped[int]
    critical: Mapped[bool]
    service_types: Mapped[list[str]] = mapped_column(JSON)
    key_question: Mapped[str] = mapped_column(String(20))
    quality_statement: Mapped[str] = mapped_column(String(120))
    element: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]

    standard: Mapped[Standard] = relationship(back_populates="questions")

    @property
    def crosswalk(self) -> str:
        """Its place in CQC's words and among the four elements, as a sentence."""
        place = f"{KeyQuestion(self.key_question).words}, “{self.quality_statement}”"
        return f"CQC: {place}. Element: {Element(self.element).words.lower()}."

    @property
    def asked_of(self) -> str:
        """The kinds of service it is put to, as a sentence."""
        kinds = [each.words.lower() for each in ServiceType if each.value in self.service_types]
        return (
            "Asked of every kind of service."
            if len(kinds) == len(ServiceType)
            else f"Asked of: {', '.join(kinds)}."
        )

    __table_args__ = (
        UniqueConstraint("standard_id", "code"),
        UniqueConstraint("standard_id", "position"),
        CheckConstraint("weight BETWEEN 1 AND 3", name="weight_one_to_three"),
        CheckConstraint(
            "element IN ('leadership', 'skills', 'culture', 'infrastructure')", name="element_known"
        ),
    )
