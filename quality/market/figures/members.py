"""Which services lie in an area on a day."""

from __future__ import annotations

from datetime import date

import numpy as np
from sqlalchemy import select

from quality.core.database import db
from quality.market.areas.kinds import Area, AreaKind
from quality.market.areas.lying import service_ids_in
from quality.market.areas.membership import authorities_in
from quality.market.figures.columns import Columns, Numbers
from quality.market.figures.standing import Standing
from quality.services.models import Provider

__all__ = ["numbers_of", "places_in"]

_OF_AUTHORITIES = (AreaKind.COUNTRY, AreaKind.REGION, AreaKind.AUTHORITY)


def places_in(area: Area, held: Columns, standing: Standing, numbers: list[int]) -> Numbers:
    """Where a service lies in the area: one truth for each place.

    `numbers` are the database's of the authorities or the provider, where the area is of such: see `numbers_of`.
    """
    if area.kind in _OF_AUTHORITIES:
        where: Numbers = np.isin(standing.authority, numbers)
    elif area.kind is AreaKind.PROVIDER and held.size:
        where = np.isin(held.facts.provider[standing.row], numbers)
    else:
        where = np.zeros(held.size, dtype=bool)
        where[held.places_of(service_ids_in(area, standing.day))] = True
    return where & (standing.row >= 0)


def numbers_of(area: Area, held: Columns, day: date) -> list[int]:
    """The database's numbers of the authorities, or of the provider, that an area is; none for another area."""
    if area.kind is AreaKind.PROVIDER:
        return list(db.session.scalars(select(Provider.id).where(Provider.cqc_id == area.code)))
    return _authority_numbers(area, held, day) if area.kind in _OF_AUTHORITIES else []


def _authority_numbers(area: Area, held: Columns, day: date) -> list[int]:
    """The database's numbers of the local authorities that make up an area of such; all of them for England.

    England is everything that CQC registers there, also what it gives no region or authority.
    """
    if area.kind is AreaKind.COUNTRY:
        return sorted(held.authorities)
    names = set(authorities_in(area, day))
    return sorted(number for number, name in held.authorities.items() if name in names)
