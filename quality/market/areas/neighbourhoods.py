"""How deprived, and how rural, the neighbourhoods are that services lie in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select

from quality.core.database import db
from quality.market.areas.deprivation import fifth_of
from quality.market.areas.kinds import NoLookup
from quality.market.areas.lying import needed_lookup
from quality.market.models import Deprivation, Lookup, LookupKind, Place
from quality.services.bulk import MOST_NUMBERS, in_pieces
from quality.services.facts import facts_as_at

_NO_RANKS = (
    "How deprived neighbourhoods are is not loaded. Get File 1 or File 7 of the English indices of deprivation from "
    "GOV.UK (Open Government Licence v3.0), save it as CSV, and load it with “flask market deprivation load FILE "
    "--edition 2025”."
)


class Rural(StrEnum):
    """Whether a neighbourhood is urban or rural, by ONS's classification (RUC) in two."""

    URBAN = "urban"
    RURAL = "rural"


@dataclass(frozen=True)
class Fifths:
    """The fifth of deprivation of each service, 1 the most deprived; and those whose postcode no file places.

    `edition` names the indices used, which were published on `told_on`, and `places` the lookup of postcodes.
    """

    edition: str
    told_on: date
    places: str
    of: dict[int, int]
    unplaced: tuple[int, ...]


@dataclass(frozen=True)
class Rurality:
    """Whether each service lies in an urban or a rural neighbourhood; and those whose postcode no file places."""

    places: str
    of: dict[int, Rural]
    unplaced: tuple[int, ...]


def fifths_of(service_ids: Collection[int], as_at: date) -> Fifths:
    """The fifth of deprivation that each of these services lay in on a day, by its postcode then.

    It is told by the newest edition of the indices published up to the day, or the oldest held where all are younger.
    Raises NoLookup without a lookup of postcodes, or without any indices.
    """
    places = needed_lookup("a neighbourhood")
    indices = _indices(as_at)
    census = indices.census or 0
    lsoa = Place.lsoa21 if census == 2021 else Place.lsoa11
    facts = facts_as_at(as_at).c
    ranked = (
        select(facts.id, Deprivation.rank)
        .join(Place, Place.postcode == facts.postcode)
        .join(Deprivation, Deprivation.lsoa == lsoa)
        .where(Deprivation.lookup_id == indices.id)
    )
    of = {number: fifth_of(rank, census) for number, rank in _rows(ranked, facts.id, service_ids)}
    told_on = indices.told_on or as_at
    return Fifths(indices.name, told_on, places.name, of, _unplaced(service_ids, of))


def rurality_of(service_ids: Collection[int], as_at: date) -> Rurality:
    """Whether each of these services lay in an urban or a rural neighbourhood on a day, by its postcode then.

    The classification of 2021 begins with U or R; that of 2011 has A to C urban, and D to F rural. Raises NoLookup
    without a lookup of postcodes.
    """
    places = needed_lookup("a neighbourhood")
    facts = facts_as_at(as_at).c
    told = (
        select(facts.id, Place.rural_urban)
        .join(Place, Place.postcode == facts.postcode)
        .where(Place.rural_urban != "")
    )
    of = {
        number: Rural.URBAN if code[0] in "UABC" else Rural.RURAL
        for number, code in _rows(told, facts.id, service_ids)
    }
    return Rurality(places.name, of, _unplaced(service_ids, of))


def _indices(as_at: date) -> Lookup:
    held = list(
        db.session.scalars(
            select(Lookup).where(Lookup.kind == LookupKind.DEPRIVATION).order_by(Lookup.told_on, Lookup.id)
        )
    )
    if not held:
        raise NoLookup(_NO_RANKS)
    published = [one for one in held if one.told_on is not None and one.told_on <= as_at]
    return published[-1] if published else held[0]


def _rows(wanted: Select[Any], number: Any, service_ids: Collection[int]) -> Iterator[Any]:
    for some in in_pieces(service_ids, MOST_NUMBERS):
        yield from db.session.execute(wanted.where(number.in_(some)))


def _unplaced(service_ids: Collection[int], placed: Collection[int]) -> tuple[int, ...]:
    return tuple(sorted(set(service_ids) - set(placed)))
