"""Writing a council's own lists of areas: adding, changing, removing and putting back. Nothing else writes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NoReturn

from quality.core.clock import now, today
from quality.core.database import db
from quality.core.errors import AlreadyDone, Invalid, Moved, Refused
from quality.core.pages import plural
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.market.areas.list_lines import check_lines
from quality.market.areas.lists import (
    as_details,
    definition_in,
    definition_of,
    find_list,
    keys_ever,
    last_removal,
    uses_of,
)
from quality.market.areas.set_rules import LONGEST_NAME, MOST_MEMBERS, key_for, why_not_called
from quality.market.areas.sets import sets_of
from quality.market.areas.sets_file import SetDefinition
from quality.market.models import AreaSet, AreaSetKind
from quality.people.models import Person
from quality.services.models import LocalAuthority

__all__ = [
    "Said",
    "change_list",
    "check_list",
    "check_said",
    "keep",
    "remove_list",
    "restore_list",
    "write_list",
]

_ADDRESS = "/market/lists"


@dataclass(frozen=True)
class Said:
    """What somebody wrote: `members` is the text as it was typed, one area a line."""

    name: str
    kind: AreaSetKind
    as_at: date
    members: str
    source: str


def write_list(said: Said, *, by: Person) -> AreaSet:
    """Keep a new list. Raises Invalid for what cannot be kept, AlreadyDone when this person has just kept the same."""
    council = _lock(by.local_authority_id)
    definition = check_said(said, council, key="")
    called = _called(definition.name, council.id)
    if called is not None:
        same = replace(definition, key=called.key)
        if called.noted_by_id == by.id and definition_of(called) == same:
            raise AlreadyDone(f"The list “{called.name}” is saved.", _page(called.key))
        _taken(definition.name)
    definition = replace(definition, key=key_for(definition.name, keys_ever(council.id)))
    keep(definition, council.id, by=by)
    return _held(definition.key, council.id)


def change_list(key: str, version: str, said: Said, reason: str, *, by: Person) -> AreaSet:
    """Change a list, for a reason that the history keeps.

    Raises Moved when somebody changed or removed it since the page was made, Invalid for what cannot be kept.
    """
    council = _lock(by.local_authority_id)
    one = _unmoved(key, version, said, by, council)
    definition = _free(check_said(said, council, key=key), council.id)
    if not reason.strip():
        raise Invalid("reason", "Say why the list changes")
    keep(definition, council.id, by=by, reason=reason.strip())
    return one


def remove_list(key: str, version: str | None, reason: str, *, by: Person | None, council_id: int) -> str:
    """Remove a list and return its name; the history keeps it, so that it can be put back.

    Raises Refused while a draft compares with it, Moved when somebody changed it since the page was made, AlreadyDone
    when this person just removed it. Without a `version` it is taken as it is.
    """
    council = _lock(council_id)
    one = find_list(key, council.id)
    if one is None:
        _check_removed(key, council.id, by)
    if version is not None and one.version != version:
        raise Moved(f"Somebody changed “{one.name}” since you opened this page, so it was not removed.")
    drafts = [use for use in uses_of(key, council.id) if not use.is_published]
    if drafts:
        titles = ", ".join(f"“{draft.title}”" for draft in drafts)
        raise Refused(
            f"“{one.name}” was not removed: the draft {titles} compares with it. Choose another list there, or delete "
            "the draft, and then remove this one."
        )
    if not reason.strip():
        raise Invalid("reason", "Say why the list is removed")
    name, details = one.name, {"before": as_details(definition_of(one)), "reason": reason.strip()}
    number = one.id
    db.session.delete(one)
    db.session.flush()
    _record(Kind.AREA_SET_REMOVED, council.id, number, by, {"name": name, **details})
    return name


def restore_list(key: str, *, by: Person | None, council_id: int) -> AreaSet:
    """Put a removed list back as it was. Refused where there is none to put back, or its name was given to another."""
    council = _lock(council_id)
    held = find_list(key, council.id)
    if held is not None:
        raise AlreadyDone(f"The list “{held.name}” is here.", _page(key))
    removal = last_removal(key, council.id)
    if removal is None:
        raise Refused("There is no such removed list.")
    definition = definition_in(removal.details["before"])
    if _called(definition.name, council.id) is not None:
        raise Refused(f"Another list is called “{definition.name}” now. Give that one another name first.")
    one = _write(AreaSet(local_authority_id=council.id, key=key), definition, by)
    details = {"name": one.name, "takes_in": _takes_in(definition), "after": as_details(definition)}
    _record(Kind.AREA_SET_RESTORED, council.id, one.id, by, details)
    return one


def keep(definition: SetDefinition, council_id: int, *, by: Person | None, reason: str = "") -> Kind | None:
    """Keep a list as it is defined, with its event; what it was before stays in the history.

    Gives the kind of the event, or none where nothing changes. The caller holds the council's row.
    """
    held = find_list(definition.key, council_id)
    before = None if held is None else as_details(definition_of(held))
    after = as_details(definition)
    if before == after:
        return None
    one = _write(held or AreaSet(local_authority_id=council_id, key=definition.key), definition, by)
    kind = Kind.AREA_SET_ADDED if before is None else Kind.AREA_SET_CHANGED
    details = {"name": one.name, "takes_in": _takes_in(definition), "before": before, "after": after}
    _record(kind, council_id, one.id, by, {**details, **({"reason": reason} if reason else {})})
    return kind


def check_list(said: Said, *, key: str = "", by: Person) -> SetDefinition:
    """What somebody wrote, as it would be kept under this key; empty for a new list. Raises Invalid as keeping does."""
    council = db.session.get_one(LocalAuthority, by.local_authority_id)
    return _free(check_said(said, council, key=key), council.id)


def check_said(said: Said, council: LocalAuthority, *, key: str) -> SetDefinition:
    """What somebody wrote as a definition under this key. Raises Invalid, naming the field, for what cannot be kept."""
    name, source = " ".join(said.name.split()), said.source.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid("name", f"Enter a name of at most {LONGEST_NAME} characters")
    if reason := why_not_called(name):
        raise Invalid("name", reason)
    if said.as_at > today():
        raise Invalid("as_at", "The day must be today or in the past")
    if not source:
        raise Invalid("source", "Say where the list is from, or why it is chosen so")
    checked = check_lines(said.members, said.kind, council.name, said.as_at)
    if checked.unknown:
        raise Invalid("members", checked.unknown[0].sentence)
    if not 1 <= len(checked.codes) <= MOST_MEMBERS:
        raise Invalid("members", f"Enter 1 to {MOST_MEMBERS} areas; there are {len(checked.codes)}")
    return SetDefinition(key, name, said.kind, checked.codes, source, said.as_at)


def _unmoved(key: str, version: str, said: Said, by: Person, council: LocalAuthority) -> AreaSet:
    one = find_list(key, council.id)
    if one is None:
        raise Moved("Somebody removed this list since you opened this page, so your change was not saved.")
    if one.version != version:
        if one.noted_by_id == by.id and definition_of(one) == check_said(said, council, key=key):
            raise AlreadyDone(f"The list “{one.name}” is saved.", _page(key))
        raise Moved(
            f"Somebody changed “{one.name}” since you opened this page, so your change was not saved."
        )
    return one


def _check_removed(key: str, council_id: int, by: Person | None) -> NoReturn:
    removal = last_removal(key, council_id)
    if removal is not None and by is not None and removal.by_id == by.id:
        raise AlreadyDone(f"“{removal.details['name']}” is removed.", f"{_ADDRESS}?removed={key}")
    raise Moved("There is no such list. Somebody may have removed it since you opened this page.")


def _page(key: str) -> str:
    return f"{_ADDRESS}/named/{key}"


def _lock(council_id: int) -> LocalAuthority:
    """The council's row, locked, so that two people never write its lists at once."""
    return db.session.get_one(LocalAuthority, council_id, with_for_update={"of": LocalAuthority})


def _held(key: str, council_id: int) -> AreaSet:
    one = find_list(key, council_id)
    if one is None:
        raise LookupError(key)
    return one


def _called(name: str, council_id: int) -> AreaSet | None:
    """The list that is found by this name: its own name, or its key."""
    wanted = name.casefold()
    return next((one for one in sets_of(council_id) if wanted in (one.name.casefold(), one.key)), None)


def _free(definition: SetDefinition, council_id: int) -> SetDefinition:
    """The definition, where no other list is called so."""
    other = _called(definition.name, council_id)
    if other is not None and other.key != definition.key:
        _taken(definition.name)
    return definition


def _taken(name: str) -> NoReturn:
    raise Invalid(
        "name", f"There is a list called “{name}” already. Change that one, or give this another name"
    )


def _write(one: AreaSet, definition: SetDefinition, by: Person | None) -> AreaSet:
    one.name, one.kind, one.source = definition.name, definition.kind, definition.source
    one.members, one.as_at = list(definition.members), definition.as_at
    one.noted_at, one.noted_by_id = now(), by.id if by else None
    db.session.add(one)
    db.session.flush()
    return one


def _takes_in(definition: SetDefinition) -> str:
    return plural(len(definition.members), "area")


def _record(kind: Kind, council: int, number: int, by: Person | None, details: dict[str, Any]) -> None:
    record(kind, council=council, about=("area_set", number), by=by, details=details)
