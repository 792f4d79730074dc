"""Where services lie, as a map by rating and age of the rating."""

from __future__ import annotations

from sqlalchemy import select

from quality.charts.map import Map, Mark
from quality.core.database import db
from quality.core.pages import day
from quality.market.areas import Area
from quality.market.areas.outlines import outline_of
from quality.market.drawing.shares import SOURCE
from quality.market.figures.basis import Basis
from quality.market.figures.counting import Tally
from quality.market.figures.market import Market
from quality.services.bulk import MOST_NUMBERS, in_pieces
from quality.services.models import Service

__all__ = ["map_of"]

_DAYS_A_YEAR = 365.25


def map_of(market: Market, area: Area, basis: Basis) -> Map:
    """The services of an area that CQC's data place, on its outline where one was loaded. Refused as Market.share.

    A service is marked by the rating that the rule counts; where it lies is as CQC's newest data tell.
    """
    market.check_day(basis.day)
    tally = market.tally(basis)
    inside = market.places_in(area, tally.standing) & (tally.fate >= 0)
    where = {int(market.held.service_ids[place]): int(place) for place in inside.nonzero()[0]}
    outline = outline_of(area)
    marks = []
    for some in in_pieces(where, MOST_NUMBERS):
        placed = select(Service.id, Service.name, Service.longitude, Service.latitude).where(
            Service.id.in_(some)
        )
        for number, name, longitude, latitude in db.session.execute(placed.order_by(Service.id)):
            if longitude is not None and latitude is not None:
                marks.append(_mark(tally, where[number], name, (longitude, latitude)))
    source = f"{SOURCE}. {outline.source}" if outline else SOURCE
    return Map(
        title=f"Services of {area.name} by rating, and how old it is",
        source=source,
        as_at=f"{basis.scope.words}, as at {day(basis.day)}",
        marks=tuple(marks),
        outline=tuple(tuple(ring) for ring in outline.rings) if outline else (),
        not_placed=len(where) - len(marks),
    )


def _mark(tally: Tally, place: int, name: str, where: tuple[float, float]) -> Mark:
    published = int(tally.published[place])
    years = (tally.standing.number - published) / _DAYS_A_YEAR if published else None
    return Mark(name, *where, int(tally.word[place]), years)
