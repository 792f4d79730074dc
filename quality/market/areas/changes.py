"""When the ground that an area stands on changed: a line over time has to say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quality.core.pages import day as in_words
from quality.market.areas.kinds import Area, AreaKind
from quality.market.areas.official import predecessors_of, successors_of, with_code


@dataclass(frozen=True)
class AreaChange:
    """What changed on a day, in a sentence. `is_whole` when what followed stands on the same ground as before."""

    on: date
    words: str
    is_whole: bool


def changes_of(area: Area, first: date, last: date) -> list[AreaChange]:
    """The changes of an authority, or of the members of a set, after the first day and up to the last, oldest first.

    Regions have none: their authorities' names and codes changed, and not what lies in them.
    """
    members = [one for one in map(with_code, area.members) if one is not None]
    found: set[AreaChange] = set()
    for one in members or [area]:
        if one.kind is AreaKind.AUTHORITY and one.code:
            found |= _began(one) | _ended(one)
    return sorted((one for one in found if first < one.on <= last), key=lambda one: (one.on, one.words))


def _began(area: Area) -> set[AreaChange]:
    before = predecessors_of(area)
    if area.valid_from is None or not before:
        return set()
    is_whole = all(one.successors == (area.code,) for one in before)
    return {AreaChange(area.valid_from, _words(before, (area,), area.valid_from, is_whole), is_whole)}


def _ended(area: Area) -> set[AreaChange]:
    after = successors_of(area)
    if area.valid_to is None or not after:
        return set()
    is_whole = all(predecessors_of(one) == (area,) for one in after)
    return {AreaChange(area.valid_to, _words((area,), after, area.valid_to, is_whole), is_whole)}


def _words(before: tuple[Area, ...], after: tuple[Area, ...], on: date, is_whole: bool) -> str:
    said = f"On {in_words(on)} {_listed(after)} followed {_listed(before)}"
    if not is_whole:
        return f"{said}, not on the same ground: what was counted before is not all that is counted after."
    if len(before) == len(after) == 1:
        return f"{said}: another code, and services go by the same name."
    return f"{said}, on the same ground."


def _listed(areas: tuple[Area, ...]) -> str:
    words = [one.words for one in areas]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
