"""Storing the rating frameworks that come with the product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, text

from quality.core.database import Base, db
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import Actor, record
from quality.ratings.framework_models import Comparability, RatingElement, RatingFramework, ScalePoint
from quality.ratings.frameworks.definition import (
    Code,
    PairDefinition,
    RatingFrameworkDefinition,
    frameworks,
    pairs,
)


def seed(by: Actor | None = None) -> bool:
    """Store every rating framework and pair as this release of the product has them; True when that changed anything.

    Nothing is taken away, because ratings point to it. A second time it changes nothing and leaves no event.
    """
    if db.session.connection().dialect.name == "postgresql":
        # Two starts at once would both find an empty table. SQLite has one writer anyhow.
        db.session.execute(text("LOCK TABLE rating_framework IN SHARE ROW EXCLUSIVE MODE"))
    changed = [definition.code for definition in frameworks().values() if _store(definition)]
    moved = _store_pairs()
    if not changed and not moved:
        return False
    details = {"frameworks": changed, "pairs": moved, "names": ", ".join(sorted(frameworks()))}
    record(
        Kind.RATING_FRAMEWORKS_SEEDED, council=NATIONAL, about=("rating_framework", 0), by=by, details=details
    )
    return True


def ensure_seeded(by: Actor | None = None) -> None:
    """Seed unless every framework and as many pairs as there are are stored already: one small query when they are.

    What a newer release says otherwise of what is stored is brought in by `seed` when the service starts.
    """
    count = select(func.count()).select_from(Comparability).scalar_subquery()
    stored: dict[str, int] = dict(db.session.execute(select(RatingFramework.code, count)).all())
    if frameworks().keys() - stored.keys() or min(stored.values()) < len(pairs()):
        seed(by)


def _store(definition: RatingFrameworkDefinition) -> bool:
    """Store one framework with its scale and elements; True when that changed anything."""
    facts = {
        "body": definition.body,
        "name": definition.name,
        "applies_to": definition.applies_to,
        "valid_from": definition.valid_from,
        "valid_to": definition.valid_to,
        "state": definition.state,
        "is_scored": definition.is_scored,
        "bands": definition.bands,
        "note": definition.note,
        "source": definition.source,
    }
    framework = db.session.get(RatingFramework, definition.code)
    if framework is None:
        framework = RatingFramework(code=definition.code, **facts)
        db.session.add(framework)
        changed = True
    else:
        changed = _set(framework, facts)
    db.session.flush()
    scale, elements = _store_scale(definition), _store_elements(definition)
    return changed or scale or elements


def _store_scale(definition: RatingFrameworkDefinition) -> bool:
    held = {
        point.position: point
        for point in db.session.scalars(
            select(ScalePoint).where(ScalePoint.framework_code == definition.code)
        )
    }
    changed = False
    for position, word in enumerate(definition.scale, 1):
        if position in held:
            changed |= _set(held[position], {"word": word})
        else:
            db.session.add(ScalePoint(framework_code=definition.code, position=position, word=word))
            changed = True
    return changed


def _store_elements(definition: RatingFrameworkDefinition) -> bool:
    """Store the elements in the order they are written in: a parent comes before what belongs to it."""
    of_framework = select(RatingElement).where(RatingElement.framework_code == definition.code)
    held = {element.code: element for element in db.session.scalars(of_framework)}
    changed = False
    for position, each in enumerate(definition.elements, 1):
        facts = {
            "name": each.name,
            "position": position,
            "parent_id": held[each.parent].id if each.parent else None,
        }
        if each.code in held:
            changed |= _set(held[each.code], facts)
            continue
        element = RatingElement(framework_code=definition.code, code=each.code, **facts)
        db.session.add(element)
        db.session.flush()
        held[each.code], changed = element, True
    return changed


def _store_pairs() -> int:
    """Store what may be compared; the number of pairs that are new or changed."""
    numbers: dict[Code, int] = {
        (framework, code): number
        for framework, code, number in db.session.execute(
            select(RatingElement.framework_code, RatingElement.code, RatingElement.id)
        )
    }
    held = {(row.earlier_id, row.later_id): row for row in db.session.scalars(select(Comparability))}
    moved = sum(_store_pair(pair, numbers, held) for pair in pairs())
    db.session.flush()
    return moved


def _store_pair(
    pair: PairDefinition, numbers: Mapping[Code, int], held: Mapping[tuple[int, int], Comparability]
) -> bool:
    earlier_id, later_id = numbers[pair.earlier], numbers[pair.later]
    facts = {"status": pair.status, "reason": pair.reason, "source": pair.source}
    if (earlier_id, later_id) in held:
        return _set(held[earlier_id, later_id], facts)
    db.session.add(Comparability(earlier_id=earlier_id, later_id=later_id, **facts))
    return True


def _set(row: Base, facts: Mapping[str, Any]) -> bool:
    """Write what differs; True when something did."""
    differing = {name: value for name, value in facts.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
