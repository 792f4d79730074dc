"""A council's own lists, found: who wrote each, what uses it, what happened to it, and those that were removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from quality.core.database import db
from quality.history.kinds import Kind
from quality.history.queries import TimelineEntry, timeline_of_all
from quality.market.areas.kinds import Area
from quality.market.areas.official import with_code
from quality.market.areas.sets_file import SetDefinition
from quality.market.models import AreaSet, AreaSetKind, Publication
from quality.people.models import Person

__all__ = [
    "Happened",
    "Listed",
    "Removed",
    "areas_of",
    "as_details",
    "definition_in",
    "definition_of",
    "find_list",
    "history_of",
    "keys_ever",
    "last_removal",
    "listed",
    "removed_lists",
    "stamp",
    "uses_of",
]


@dataclass(frozen=True)
class Listed:
    """A list, who wrote it last (nobody where it was somebody at the command line), and what compares with it."""

    one: AreaSet
    noted_by: str | None
    uses: tuple[Publication, ...]


@dataclass(frozen=True)
class Removed:
    """A list that was removed, as it was; when, by whose account, and why."""

    definition: SetDefinition
    at: datetime
    sentence: str
    reason: str


@dataclass(frozen=True)
class Happened:
    """Something that happened to a list: when, in a sentence, why, and which areas came in and went out."""

    at: datetime
    sentence: str
    reason: str
    came: tuple[Area, ...]
    gone: tuple[Area, ...]


def find_list(key: str, council: int) -> AreaSet | None:
    """The list that a council calls by this key, read anew: somebody may have written it since it was read first."""
    asked = select(AreaSet).where(AreaSet.local_authority_id == council, AreaSet.key == key)
    return db.session.scalar(asked.execution_options(populate_existing=True))


def listed(council: int, key: str = "") -> list[Listed]:
    """A council's lists by name, or the one of this key."""
    asked = (
        select(AreaSet, Person.name)
        .outerjoin(Person, Person.id == AreaSet.noted_by_id)
        .where(AreaSet.local_authority_id == council)
        .order_by(func.lower(AreaSet.name), AreaSet.id)
    )
    if key:
        asked = asked.where(AreaSet.key == key)
    comparing = _comparing(council)
    return [
        Listed(one, name, tuple(each for each in comparing if each.compare == f"set:{one.key}"))
        for one, name in db.session.execute(asked)
    ]


def uses_of(key: str, council: int) -> list[Publication]:
    """The drafts and publications that compare with this list, the newest first."""
    return [one for one in _comparing(council) if one.compare == f"set:{key}"]


def history_of(key: str, council: int) -> list[Happened]:
    """What happened to the list of this key, newest first; what was erased is left out."""
    return [_happened(one) for one in _events(council) if _key(one) == key]


def removed_lists(council: int) -> list[Removed]:
    """The lists of which the last that happened is that they were removed, newest first."""
    last: dict[str, TimelineEntry] = {}
    for one in _events(council):
        last.setdefault(_key(one), one)
    gone = [one for one in last.values() if one.kind is Kind.AREA_SET_REMOVED]
    return [
        Removed(definition_in(one.details["before"]), one.at, one.sentence, one.details.get("reason", ""))
        for one in gone
    ]


def last_removal(key: str, council: int) -> TimelineEntry | None:
    """The event of a list's removal, where that is the last that happened to it."""
    last = next((one for one in _events(council) if _key(one) == key), None)
    return last if last is not None and last.kind is Kind.AREA_SET_REMOVED else None


def keys_ever(council: int) -> set[str]:
    """Every key that a list of the council has or had: none of them ever stands for another list."""
    held = db.session.scalars(select(AreaSet.key).where(AreaSet.local_authority_id == council))
    return {*held, *(_key(one) for one in _events(council))}


def stamp(council: int) -> str:
    """What is another whenever any of a council's lists was written or removed."""
    told = select(func.count(), func.max(AreaSet.noted_at)).where(AreaSet.local_authority_id == council)
    return " ".join(str(one) for one in db.session.execute(told).one())


def definition_of(one: AreaSet) -> SetDefinition:
    """A list as it is."""
    return SetDefinition(one.key, one.name, one.kind, tuple(one.members), one.source, one.as_at)


def as_details(one: SetDefinition) -> dict[str, Any]:
    """A list as plain data, from which `definition_in` makes it again."""
    return {
        "key": one.key,
        "name": one.name,
        "kind": one.kind.value,
        "members": list(one.members),
        "source": one.source,
        "as_at": one.as_at.isoformat(),
    }


def definition_in(details: dict[str, Any]) -> SetDefinition:
    """A list as an event's details keep it."""
    return SetDefinition(
        key=details["key"],
        name=details["name"],
        kind=AreaSetKind(details["kind"]),
        members=tuple(details["members"]),
        source=details["source"],
        as_at=date.fromisoformat(details["as_at"]),
    )


def areas_of(codes: Sequence[str]) -> tuple[Area, ...]:
    """The areas of these ONS codes."""
    return tuple(area for area in map(with_code, codes) if area is not None)


def _comparing(council: int) -> list[Publication]:
    asked = (
        select(Publication)
        .where(Publication.local_authority_id == council, Publication.compare.like("set:%"))
        .options(defer(Publication.snapshot))
    )
    return list(db.session.scalars(asked.order_by(Publication.number.is_not(None), Publication.id.desc())))


def _events(council: int) -> list[TimelineEntry]:
    return [one for one in timeline_of_all("area_set", council) if _key(one)]


def _key(one: TimelineEntry) -> str:
    told = one.details.get("after") or one.details.get("before") or {}
    return str(told.get("key", ""))


def _happened(one: TimelineEntry) -> Happened:
    before, after = (set((one.details.get(when) or {}).get("members", ())) for when in ("before", "after"))
    is_change = one.kind is Kind.AREA_SET_CHANGED
    came, gone = (sorted(some) if is_change else [] for some in (after - before, before - after))
    return Happened(one.at, one.sentence, one.details.get("reason", ""), areas_of(came), areas_of(gone))
