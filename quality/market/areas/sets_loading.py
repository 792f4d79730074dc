"""Keeping the areas that a council's own file defines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from quality.core.database import db
from quality.history.kinds import Kind
from quality.market.areas.files import AreaFileError
from quality.market.areas.operations import keep
from quality.market.areas.sets import sets_of
from quality.market.areas.sets_file import SetsFile, read_sets
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
    council = _council(told, path.name)
    return _keep(told, path.name, council, by)


def load_sets_of(told: SetsFile, file_name: str, *, by: Person) -> SetsLoad:
    """The same for what a person of the council gives. Raises AreaFileError where it is of another council."""
    return _keep(told, file_name, check_council(told, file_name, by), by)


def check_council(told: SetsFile, file_name: str, by: Person) -> LocalAuthority:
    """The council that a file names, locked. Raises AreaFileError where it is not this person's own."""
    council = _council(told, file_name)
    if council.id != by.local_authority_id:
        raise AreaFileError(
            f"{file_name}: “council” is “{told.council}”, whose lists are for its own team to write."
        )
    return council


def _council(told: SetsFile, file_name: str) -> LocalAuthority:
    council = db.session.scalar(
        select(LocalAuthority)
        .where(
            func.lower(LocalAuthority.name) == told.council.lower(), LocalAuthority.council_code.is_not(None)
        )
        .with_for_update()
    )
    if council is None:
        raise AreaFileError(
            f"{file_name}: “council” is “{told.council}”, and no council of that name works here."
        )
    return council


def _keep(told: SetsFile, file_name: str, council: LocalAuthority, by: Person | None) -> SetsLoad:
    loaded = SetsLoad(council.name)
    into = {Kind.AREA_SET_ADDED: loaded.added, Kind.AREA_SET_CHANGED: loaded.changed, None: loaded.unchanged}
    for definition in told.sets:
        into[keep(definition, council.id, by=by)].append(definition.name)
    twice = [
        name
        for name, times in Counter(one.name.casefold() for one in sets_of(council.id)).items()
        if times > 1
    ]
    if twice:
        raise AreaFileError(
            f"{file_name}: two lists would have the name “{twice[0]}”, one of them under another key."
        )
    return loaded
