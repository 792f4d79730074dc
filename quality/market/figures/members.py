"""Which services lie in an area on a day."""

from __future__ import annotations

from datetime import date

import numpy as np

from quality.market.areas.kinds import Area, AreaKind
from quality.market.areas.lying import service_ids_in
from quality.market.areas.membership import authorities_in
from quality.market.figures.columns import Columns, Numbers
from quality.market.figures.standing import Standing

__all__ = ["authority_numbers", "places_in"]

_OF_AUTHORITIES = (AreaKind.COUNTRY, AreaKind.REGION, AreaKind.AUTHORITY)


def places_in(area: Area, held: Columns, standing: Standing) -> Numbers:
    """Where a service lies in the area: one truth for each place."""
    if area.kind in _OF_AUTHORITIES:
        inside: Numbers = np.isin(standing.authority, authority_numbers(area, held, standing.day))
        return inside & (standing.row >= 0)
    where = np.zeros(held.size, dtype=bool)
    where[held.places_of(service_ids_in(area, standing.day))] = True
    return where & (standing.row >= 0)


def authority_numbers(area: Area, held: Columns, day: date) -> list[int]:
    """The database's numbers of the local authorities that make up an area of such; all of them for England.

    England is everything that CQC registers there, also what it gives no region or authority.
    """
    if area.kind is AreaKind.COUNTRY:
        return sorted(held.authorities)
    names = set(authorities_in(area, day))
    return sorted(number for number, name in held.authorities.items() if name in names)
