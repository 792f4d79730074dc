"""Which services lie in an area on a day: asked of the database once, and told of any day from memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
from sqlalchemy import ColumnElement, select

from quality.core.database import db
from quality.market.areas.kinds import Area, AreaKind
from quality.market.areas.lying import needed_lookup
from quality.market.areas.membership import authorities_in
from quality.market.areas.official import districts, with_code
from quality.market.figures.columns import Columns, Numbers
from quality.market.figures.standing import Standing
from quality.market.models import Place
from quality.services.models import Provider, ProviderVersion, Service

__all__ = ["OF_AUTHORITIES", "NumbersOf", "Where", "lying_in", "numbers_of"]

Where = Callable[[Standing], Numbers]
"""Where a service lies in an area on the day of a standing: one truth for each place."""
NumbersOf = Callable[[Area, date], list[int]]
OF_AUTHORITIES = (AreaKind.COUNTRY, AreaKind.REGION, AreaKind.AUTHORITY)
"""The kinds of areas that are made of whole local authorities."""


def lying_in(area: Area, held: Columns, numbers: NumbersOf) -> Where:
    """What tells which services that CQC listed lie in an area, on any day.

    Where they lie, and whose they are, is told by CQC's facts as they held then. A service lies in a district when CQC
    places it in the county and its postcode in the district, so that districts never add up to more than the county.
    `numbers` gives what `numbers_of` does. Raises NoLookup where postcodes decide and no lookup is loaded.
    """
    find = _finder(area, held, numbers)
    return lambda standing: find(standing) & (standing.row >= 0)


def numbers_of(area: Area, held: Columns, day: date) -> list[int]:
    """The database's numbers of the authorities, or of the provider, that an area is; none for another area."""
    if area.kind is AreaKind.PROVIDER:
        return list(db.session.scalars(select(Provider.id).where(Provider.cqc_id == area.code)))
    return _authority_numbers(area, held, day) if area.kind in OF_AUTHORITIES else []


def _finder(area: Area, held: Columns, numbers: NumbersOf) -> Where:
    if not held.size:
        return lambda standing: standing.registered
    return _FINDERS.get(area.kind, _in_any)(area, held, numbers)


def _in_authorities(area: Area, _: Columns, numbers: NumbersOf) -> Where:
    return lambda standing: np.isin(standing.authority, numbers(area, standing.day))


def _of_provider(area: Area, held: Columns, numbers: NumbersOf) -> Where:
    return lambda standing: np.isin(held.facts.provider[standing.row], numbers(area, standing.day))


def _in_any(area: Area, held: Columns, numbers: NumbersOf) -> Where:
    """In any member of a set."""
    finders = [_finder(one, held, numbers) for one in map(with_code, area.members) if one is not None]

    def where(standing: Standing) -> Numbers:
        inside = np.zeros(held.size, dtype=bool)
        for find in finders:
            inside |= find(standing)
        return inside

    return where


def _one_service(area: Area, held: Columns, _: NumbersOf) -> Where:
    inside = np.zeros(held.size, dtype=bool)
    inside[
        held.places_of(list(db.session.scalars(select(Service.id).where(Service.cqc_id == area.code))))
    ] = True
    return lambda _: inside


def _in_district(area: Area, held: Columns, numbers: NumbersOf) -> Where:
    county = with_code(districts()[area.code].county)
    placed = _placed(area, held, Place.district_code == area.code)

    def where(standing: Standing) -> Numbers:
        inside: Numbers = placed(standing)
        return inside & np.isin(standing.authority, numbers(county, standing.day) if county else [])

    return where


def _in_board(area: Area, held: Columns, _: NumbersOf) -> Where:
    return _placed(area, held, Place.icb_code == area.code)


def _placed(area: Area, held: Columns, places: ColumnElement[bool]) -> Where:
    """By the postcode that a service had on the day."""
    needed_lookup(area.words)
    inside = np.zeros(len(held.postcodes) + 1, dtype=bool)
    for postcode in db.session.scalars(select(Place.postcode).where(places)):
        inside[held.postcodes.get(postcode, 0)] = True
    inside[0] = False
    return lambda standing: inside[held.facts.postcode[standing.row]]


def _of_brand(area: Area, held: Columns, _: NumbersOf) -> Where:
    """By the brand that a provider belonged to on the day; by its newest facts where nobody knows earlier ones."""
    now = db.session.execute(
        select(Provider.id, Provider.held_from).where(Provider.brand_id == area.code)
    ).all()
    owned = ProviderVersion.brand_id == area.code, ProviderVersion.provider_id.in_([row.id for row in now])
    told = (
        ProviderVersion.provider_id,
        ProviderVersion.brand_id,
        ProviderVersion.held_from,
        ProviderVersion.held_to,
    )
    before = db.session.execute(select(*told).where(owned[0] | owned[1])).all()

    def providers(day: date) -> set[int]:
        held_then = {row.provider_id: row.brand_id for row in before if row.held_from <= day < row.held_to}
        newest = {
            row.id for row in now if row.held_from is None or row.held_from <= day or row.id not in held_then
        }
        return newest | {number for number, brand in held_then.items() if brand == area.code}

    return lambda standing: np.isin(held.facts.provider[standing.row], sorted(providers(standing.day)))


def _authority_numbers(area: Area, held: Columns, day: date) -> list[int]:
    """The database's numbers of the local authorities that make up an area of such; all of them for England.

    England is everything that CQC registers there, also what it gives no region or authority.
    """
    if area.kind is AreaKind.COUNTRY:
        return sorted(held.authorities)
    names = set(authorities_in(area, day))
    return sorted(number for number, name in held.authorities.items() if name in names)


_FINDERS: dict[AreaKind, Callable[[Area, Columns, NumbersOf], Where]] = {
    **dict.fromkeys(OF_AUTHORITIES, _in_authorities),
    AreaKind.PROVIDER: _of_provider,
    AreaKind.BRAND: _of_brand,
    AreaKind.SERVICE: _one_service,
    AreaKind.DISTRICT: _in_district,
    AreaKind.ICB: _in_board,
}
