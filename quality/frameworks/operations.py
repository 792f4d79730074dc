"""Publishing a framework: its definition becomes rows that audits point to, and that never change again."""

from __future__ import annotations

from sqlalchemy import select

from quality.core.clock import now
from quality.core.database import db
from quality.core.errors import Refused
from quality.frameworks.definition import DomainDefinition, FrameworkDefinition, QuestionDefinition
from quality.frameworks.models import FrameworkVersion, Question, Standard
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import Actor, record


def publish(definition: FrameworkDefinition, *, by: Actor | None = None) -> FrameworkVersion:
    """Store one version of a framework for good. The same words and numbers again change nothing.

    Raises Refused when this version of this framework was published with another content.
    """
    sha256 = definition.sha256
    published = db.session.scalar(
        select(FrameworkVersion).where(
            FrameworkVersion.code == definition.code, FrameworkVersion.version == definition.version
        )
    )
    if published is not None:
        if published.sha256 != sha256:
            raise Refused(
                f"Version {definition.version} of {published.title} is published with other words or rules, and "
                "published versions cannot be changed; give it the next version number."
            )
        return published
    version = FrameworkVersion(
        code=definition.code,
        version=definition.version,
        title=definition.title,
        introduction=definition.introduction,
        definition=definition.as_data(),
        sha256=sha256,
        published_at=now(),
        standards=_standards(definition),
    )
    db.session.add(version)
    db.session.flush()
    details = {"title": version.title, "code": version.code, "version": version.version, "sha256": sha256}
    record(
        Kind.FRAMEWORK_PUBLISHED, council=NATIONAL, about=("framework", version.id), by=by, details=details
    )
    return version


def _standards(definition: FrameworkDefinition) -> list[Standard]:
    rows = [row for domain in definition.domains for row in _standards_of(domain)]
    for position, row in enumerate(rows, 1):
        row.position = position
    return rows


def _standards_of(domain: DomainDefinition) -> list[Standard]:
    return [
        Standard(
            domain_code=domain.code,
            domain_title=domain.title,
            code=standard.code,
            title=standard.title,
            good_looks_like=standard.good_looks_like,
            questions=[_question(each, position) for position, each in enumerate(standard.questions, 1)],
        )
        for standard in domain.standards
    ]


def _question(definition: QuestionDefinition, position: int) -> Question:
    return Question(
        code=definition.code,
        text=definition.text,
        guidance=definition.guidance,
        weight=definition.weight,
        critical=definition.critical,
        service_types=[each.value for each in definition.service_types],
        key_question=definition.key_question.value,
        quality_statement=definition.quality_statement,
        element=definition.element.value,
        position=position,
    )
