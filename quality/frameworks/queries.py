"""Reading published frameworks. What is published never changes, so nothing here needs to be locked."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from quality.core.database import db
from quality.frameworks.models import FrameworkVersion, Question, Standard
from quality.frameworks.rules_data import rules_from_data
from quality.frameworks.tables import Table
from quality.frameworks.vocabulary import ServiceType
from quality.scoring import Rules


def newest_published() -> FrameworkVersion | None:
    """The version that new audits are made with: the one published last. None before any is published."""
    return db.session.scalar(select(FrameworkVersion).order_by(FrameworkVersion.id.desc()).limit(1))


def find_version(version: int) -> FrameworkVersion | None:
    """The newest framework that was published under this version number."""
    return db.session.scalar(
        select(FrameworkVersion)
        .where(FrameworkVersion.version == version)
        .order_by(FrameworkVersion.id.desc())
        .limit(1)
    )


def versions() -> list[FrameworkVersion]:
    """Every published version, newest first, without its standards."""
    return list(db.session.scalars(select(FrameworkVersion).order_by(FrameworkVersion.id.desc())))


def version_with_standards(version_id: int) -> FrameworkVersion | None:
    """One version with every standard and question loaded, in three queries whatever its size."""
    return db.session.scalar(
        select(FrameworkVersion)
        .where(FrameworkVersion.id == version_id)
        .options(selectinload(FrameworkVersion.standards).selectinload(Standard.questions))
    )


def standards_for(
    version: FrameworkVersion, service_type: ServiceType | None
) -> list[tuple[Standard, list[Question]]]:
    """Each standard with the questions put to this kind of service; None stands for any kind.

    A standard that asks this kind of service nothing is left out.
    """
    found = [
        (standard, [each for each in standard.questions if applies(each, service_type)])
        for standard in version.standards
    ]
    return [(standard, questions) for standard, questions in found if questions]


def questions_for(version: FrameworkVersion, service_type: ServiceType) -> list[Question]:
    """The questions put to this kind of service, in the framework's order."""
    return [question for _, questions in standards_for(version, service_type) for question in questions]


def applies(question: Question, service_type: ServiceType | None) -> bool:
    """Whether a question is put to this kind of service; None stands for any."""
    return service_type is None or service_type.value in question.service_types


def rules_of(version: FrameworkVersion) -> Rules:
    """The rules that judge by this version, as they were published."""
    return rules_from_data(Table(version.definition["rules"], f"{version.title}, version {version.version}"))
