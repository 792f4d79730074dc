"""Areas by ONS codes with their history, sets that a council names, and the lookup from a postcode."""

from quality.market.areas.changes import AreaChange, changes_of
from quality.market.areas.finding import find_area
from quality.market.areas.kinds import Area, AreaKind, AuthorityClass, NoLookup, NoSuchArea
from quality.market.areas.lying import postcode_lookup, service_ids_in
from quality.market.areas.membership import (
    ListedAuthority,
    authorities_at,
    authorities_in,
    authorities_of_class,
    region_of,
)
from quality.market.areas.neighbourhoods import Fifths, Rural, Rurality, fifths_of, rurality_of
from quality.market.areas.sets import area_of_set, sets_of

__all__ = [
    "Area",
    "AreaChange",
    "AreaKind",
    "AuthorityClass",
    "Fifths",
    "ListedAuthority",
    "NoLookup",
    "NoSuchArea",
    "Rural",
    "Rurality",
    "area_of_set",
    "authorities_at",
    "authorities_in",
    "authorities_of_class",
    "changes_of",
    "fifths_of",
    "find_area",
    "postcode_lookup",
    "region_of",
    "rurality_of",
    "service_ids_in",
    "sets_of",
]
