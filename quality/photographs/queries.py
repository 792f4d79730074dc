"""Finding the photographs of an audit."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload

from quality.audits.models import Audit
from quality.core.database import db
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


def find_photograph(audit: Audit, number: int) -> Photograph | None:
    """One photograph of this audit, removed or not; none when it has no such photograph, or it was erased."""
    return next((one for one in _all_of(audit) if one.number == number and one.erased_at is None), None)


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
