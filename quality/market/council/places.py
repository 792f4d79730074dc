"""Where services lie: district, fifth of deprivation, urban or rural; as far as lookups are loaded."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from quality.core.database import db
from quality.market.areas import NoLookup, fifths_of, postcode_lookup, rurality_of
from quality.market.areas.official import with_code
from quality.market.council.improvement import Places
from quality.market.models import Place
from quality.services.bulk import MOST_NUMBERS, in_pieces
from quality.services.facts import facts_as_at

__all__ = ["fifth_words", "places_of"]

_FIFTHS = {1: "1 (most deprived)", 2: "2", 3: "3", 4: "4", 5: "5 (least deprived)"}


def places_of(service_ids: Collection[int], as_at: date) -> Places:
    """Where these services lay on a day, by their postcodes then."""
    try:
        fifths = {number: fifth_words(fifth) for number, fifth in fifths_of(service_ids, as_at).of.items()}
    except NoLookup:
        fifths = None
    try:
        rurality = {
            number: one.value.capitalize() for number, one in rurality_of(service_ids, as_at).of.items()
        }
    except NoLookup:
        rurality = None
    districts = _districts(service_ids, as_at) if postcode_lookup() is not None else None
    return Places(districts, fifths, rurality)


def fifth_words(fifth: int) -> str:
    """A fifth of deprivation as a table says it."""
    return _FIFTHS[fifth]


def _districts(service_ids: Collection[int], as_at: date) -> dict[int, str]:
    facts = facts_as_at(as_at).c
    wanted = select(facts.id, Place.district_code).join(Place, Place.postcode == facts.postcode)
    found = {}
    for some in in_pieces(service_ids, MOST_NUMBERS):
        for number, code in db.session.execute(wanted.where(facts.id.in_(some))):
            area = with_code(code)
            if area is not None:
                found[number] = area.name
    return found
