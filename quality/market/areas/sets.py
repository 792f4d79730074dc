"""A council's own areas, found again."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from quality.core.database import db
from quality.market.areas.kinds import Area, AreaKind
from quality.market.models import AreaSet, AreaSetKind


def sets_of(council_id: int, kind: AreaSetKind | None = None) -> list[AreaSet]:
    """The sets of a council, or those of one kind, by name."""
    found = select(AreaSet).where(AreaSet.local_authority_id == council_id)
    if kind is not None:
        found = found.where(AreaSet.kind == kind)
    return list(db.session.scalars(found.order_by(func.lower(AreaSet.name), AreaSet.id)))


def area_of_set(one: AreaSet) -> Area:
    """A set as an area."""
    kind = AreaKind.QUADRANT if one.kind is AreaSetKind.QUADRANT else AreaKind.SET
    return Area(one.key, one.name, kind, members=tuple(one.members))


def set_called(text: str, council_id: int | None = None) -> Area | None:
    """The set with this key or name; without a council, only where it is the one set called so."""
    called = select(AreaSet).where(or_(AreaSet.key == text.lower(), func.lower(AreaSet.name) == text.lower()))
    if council_id is not None:
        called = called.where(AreaSet.local_authority_id == council_id)
    found = list(db.session.scalars(called.limit(2)))
    return area_of_set(found[0]) if len(found) == 1 else None
