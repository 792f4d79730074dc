"""Areas by ONS codes with their history, sets that a council names, and the lookup from a postcode."""

from quality.market.areas.finding import find_area
from quality.market.areas.kinds import Area, AreaKind, AuthorityClass, NoLookup, NoSuchArea
from quality.market.areas.lying import service_ids_in
from quality.market.areas.membership import (
    ListedAuthority,
    authorities_at,
    authorities_in,
    authorities_of_class,
    region_of,
)

__all__ = [
    "Area",
    "AreaKind",
    "AuthorityClass",
    "ListedAuthority",
    "NoLookup",
    "NoSuchArea",
    "authorities_at",
    "authorities_in",
    "authorities_of_class",
    "find_area",
    "region_of",
    "service_ids_in",
]
