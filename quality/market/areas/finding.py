"""Finding an area by what somebody typed, on a day. Whatever is not found is answered with a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from difflib import get_close_matches

from sqlalchemy import exists, func, select

from quality.core.database import db
from quality.core.pages import day as in_words
from quality.cqc import areas as spellings
from quality.market.areas.kinds import Area, AreaKind, NoSuchArea
from quality.market.areas.lying import postcode_lookup
from quality.market.areas.official import every_area, predecessors_of, successors_of, with_code, with_name
from quality.market.areas.organisations import organisation_called
from quality.market.areas.sets import set_called
from quality.market.models import Place
from quality.services.models import LocalAuthority

_HOW = "Give an ONS code, a name as CQC spells it, or CQC’s id of a provider, brand or service."
# What CQC writes where it knows no region, and where a service lies outside England.
NO_AREA = ("unspecified", "(pseudo) wales")
_LONGEST = 120
_BOARD = re.compile(r"E54\d{6}")


def find_area(text: str, as_at: date, *, council_id: int | None = None) -> Area:
    """The area that a text names on a day.

    It may be an ONS code, a name in any of CQC's spellings, the code of an integrated care board (E54…), CQC's id of a
    service, provider or brand, or the key or name of a set of a council's own: of this council or, where none is given,
    of the only one that has it. Where an id is both a service's and a provider's, it is the service. Raises NoSuchArea
    for what does not exist, or not on that day.
    """
    wanted = _one_line(text)
    if not wanted:
        raise NoSuchArea(f"No area was given. {_HOW}")
    if wanted.casefold() in NO_AREA:
        raise NoSuchArea(
            f"“{wanted}” is what CQC writes where it gives no English region, and is no area of its own."
        )
    known = _official(wanted, as_at)
    if known is not None:
        return known
    found = (
        _board(wanted)
        or set_called(wanted, council_id)
        or _unlisted_authority(wanted)
        or organisation_called(wanted, as_at)
    )
    if found is None:
        raise NoSuchArea(_unknown(wanted))
    return found


def official_area(text: str, as_at: date) -> Area:
    """The area that ONS lists under this code or name, on a day. Raises NoSuchArea as `find_area` does."""
    found = listed_area(text, as_at)
    if found is None:
        raise NoSuchArea(_unknown(_one_line(text)))
    return found


def listed_area(text: str, as_at: date) -> Area | None:
    """The area that ONS lists under this code or name, or none. Raises NoSuchArea for one that was not on that day."""
    return _official(_one_line(text), as_at)


def _one_line(text: str) -> str:
    """The text without control characters, which are in no name; PostgreSQL refuses the first of them outright."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _official(text: str, as_at: date) -> Area | None:
    by_code = with_code(text)
    found = (by_code,) if by_code else with_name(text) or _otherwise_spelt(text)
    if not found:
        return None
    for area in found:
        if area.holds_on(as_at):
            return _as_stored(area)
    raise NoSuchArea(_not_on(found, as_at))


def _otherwise_spelt(text: str) -> tuple[Area, ...]:
    """What another of CQC's files, or another body's, calls otherwise: `East (ADASS Region)`, `Bristol`."""
    region = spellings.region(text)
    areas = tuple(one for one in with_name(region or "") if one.kind is AreaKind.REGION)
    return areas or with_name(spellings.authority(text) or "")


def _as_stored(area: Area) -> Area:
    """The area, unless services that lay there are held under another name: nothing could be counted of it."""
    stored = spellings.authority(area.name) if area.kind is AreaKind.AUTHORITY else area.name
    if stored == area.name:
        return area
    raise NoSuchArea(
        f"{area.words} was a council of its own on that day, but CQC’s data are held by the name of what followed: "
        f"ask for {stored} as at a day on which it existed."
    )


def _not_on(areas: Iterable[Area], as_at: date) -> str:
    """Why none of these, which have one name or code, holds on the day, and what did instead."""
    past = [one for one in areas if one.valid_to is not None and one.valid_to <= as_at]
    if past:
        area = max(past, key=lambda one: one.valid_to or date.min)
        last = (area.valid_to or as_at) - timedelta(days=1)
        followed = successors_of(area) if area.kind is AreaKind.AUTHORITY else ()
        return (
            f"{area.words} existed until {in_words(last)}. {_instead('It was followed by', followed)}".strip()
        )
    area = min(areas, key=lambda one: one.valid_from or date.min)
    began = in_words(area.valid_from or as_at)
    before = predecessors_of(area) if area.kind is AreaKind.AUTHORITY else ()
    said = f"{area.words} has existed since {began}, and not on {in_words(as_at)}."
    return f"{said} {_instead('Before it there was', before)}".strip()


def _instead(words: str, areas: tuple[Area, ...]) -> str:
    return f"{words} {_listed([_with_days(one) for one in areas])}." if areas else ""


def _with_days(area: Area) -> str:
    begins = f"from {in_words(area.valid_from)}" if area.valid_from else ""
    ends = f"until {in_words(area.valid_to - timedelta(days=1))}" if area.valid_to else ""
    return " ".join(part for part in (area.words, begins, ends) if part)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _board(text: str) -> Area | None:
    """An integrated care board by its code, to which ONS gives the beginning E54, or by its name where it is told."""
    lookup = postcode_lookup()
    names = lookup.boards if lookup else {}
    called = (code for code, name in names.items() if name.casefold() == text.casefold())
    code = text.upper() if _BOARD.fullmatch(text.upper()) else next(called, None)
    if code is None:
        return None
    if lookup is not None and code not in names and not _has_places(code):
        raise NoSuchArea(
            f"There is no integrated care board {code} in the lookup of postcodes that is loaded, {lookup.name}."
        )
    return Area(code, names.get(code, f"Integrated care board {code}"), AreaKind.ICB)


def _has_places(board: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Place.icb_code == board))))


def _unlisted_authority(text: str) -> Area | None:
    """An authority that CQC's data here name and ONS does not list, such as an invented council."""
    named = select(LocalAuthority.name).where(func.lower(LocalAuthority.name) == text.lower())
    name = db.session.scalar(named)
    return None if name is None else Area("", name, AreaKind.AUTHORITY)


def _unknown(text: str) -> str:
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    names = {one.name.casefold(): one.name for one in every_area()}
    names |= {name.casefold(): name for name in db.session.scalars(select(LocalAuthority.name))}
    near = get_close_matches(text.casefold()[:_LONGEST], names, n=1)
    offered = f" Did you mean {names[near[0]]}?" if near else ""
    return f"There is no area called “{shown}”.{offered} {_HOW}"
