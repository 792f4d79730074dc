"""Keeping the areas that a council's own file defines."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from quality.core.clock import now
from quality.core.database import db
from quality.core.pages import plural
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.market.areas.files import AreaFileError
from quality.market.areas.sets_file import SetDefinition, SetsFile, read_sets
from quality.market.models import AreaSet
from quality.people.models import Person
from quality.services.models import LocalAuthority


@dataclass
class SetsLoad:
    """What loading a file did, by the names of sets."""

    council: str
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


def load_sets(path: Path, *, by: Person | None = None) -> SetsLoad:
    """Keep the sets that a council's file defines; sets it does not mention stay. All of the file, or nothing.

    What a set took in before stays in the history. Raises AreaFileError for a file that cannot be taken in, or of a
    council that does not work here.
    """
    told = read_sets(path)
    council = db.session.scalar(
        select(LocalAuthority)
        .where(
            func.lower(LocalAuthority.name) == told.council.lower(), LocalAuthority.council_code.is_not(None)
        )
        .with_for_update()
    )
    if council is None:
        raise AreaFileError(
            f"{path.name}: “council” is “{told.council}”, and no council of that name works here."
        )
    loaded = SetsLoad(council.name)
    for definition in told.sets:
        _keep(definition, told, council, by, loaded)
    return loaded


def _keep(
    definition: SetDefinition, told: SetsFile, council: LocalAuthority, by: Person | None, loaded: SetsLoad
) -> None:
    held = db.session.scalar(
        select(AreaSet).where(AreaSet.local_authority_id == council.id, AreaSet.key == definition.key)
    )
    before = None if held is None else _as_details(held)
    one = held or AreaSet(local_authority_id=council.id, key=definition.key)
    one.name, one.kind, one.source = definition.name, definition.kind, definition.source
    one.members, one.as_at = list(definition.members), told.as_at
    after = _as_details(one)
    if before == after:
        loaded.unchanged.append(one.name)
        return
    one.noted_at, one.noted_by_id = now(), by.id if by else None
    db.session.add(one)
    db.session.flush()
    kind = Kind.AREA_SET_ADDED if before is None else Kind.AREA_SET_CHANGED
    takes_in = plural(len(one.members), "area")
    details = {"name": one.name, "takes_in": takes_in, "before": before, "after": after}
    record(kind, council=council.id, about=("area_set", one.id), by=by, details=details)
    (loaded.added if before is None else loaded.changed).append(one.name)


def _as_details(one: AreaSet) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "kind": one.kind.value,
        "members": list(one.members),
        "source": one.source,
        "as_at": one.as_at.isoformat(),
    }
