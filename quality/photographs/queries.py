"""Finding the photographs of an audit."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload

from quality.audits.models import Audit
from quality.core.database import db
from quality.frameworks.models import Standard
from quality.frameworks.queries import standards_for, version_with_standards
from quality.people.models import Person
from quality.photographs.models import Photograph

_NO_ROLES = lazyload(Person.role_rows)


def photographs_of(audit: Audit) -> list[Photograph]:
    """The photographs that stand in the audit's report, in the framework's order, then in that of their numbers."""
    kept = [one for one in _all_of(audit) if one.removed_at is None]
    return sorted(kept, key=lambda one: (one.standard is None, one.standard.position if one.standard else 0))


def removed_from(audit: Audit) -> list[Photograph]:
    """The photographs that were removed and can be put back, by their numbers."""
    return [one for one in _all_of(audit) if one.removed_at is not None and one.erased_at is None]


def erased_from(audit: Audit) -> list[Photograph]:
    """The photographs whose files were erased; their rows stay."""
    return [one for one in _all_of(audit) if one.erased_at is not None]


def find_photograph(audit: Audit, number: int) -> Photograph | None:
    """One photograph of this audit, removed or not; none when it has no such photograph, or it was erased."""
    found = select(Photograph).where(
        Photograph.audit_id == audit.id, Photograph.number == number, Photograph.erased_at.is_(None)
    )
    return db.session.scalar(found)


def standards_asked(audit: Audit) -> list[Standard]:
    """The standards a photograph of this audit can be evidence for, in the framework's order."""
    framework = version_with_standards(audit.framework_version_id)
    return [standard for standard, _ in standards_for(framework, audit.service_type)] if framework else []


def _all_of(audit: Audit) -> list[Photograph]:
    found = (
        select(Photograph)
        .where(Photograph.audit_id == audit.id)
        .options(
            joinedload(Photograph.standard),
            joinedload(Photograph.added_by).options(_NO_ROLES),
            joinedload(Photograph.changed_by).options(_NO_ROLES),
        )
        .order_by(Photograph.number)
    )
    return list(db.session.scalars(found))
