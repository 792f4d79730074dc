"""What may be in a council's own list of areas, and what it may be called, however it was given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from quality.market.areas.kinds import Area, AreaKind
from quality.market.areas.official import districts, with_code, with_name
from quality.market.models import AreaSetKind

__all__ = ["LONGEST_KEY", "LONGEST_NAME", "MOST_MEMBERS", "key_for", "why_not_called", "why_unfit"]

LONGEST_KEY, LONGEST_NAME, MOST_MEMBERS = 60, 120, 400


def why_unfit(area: Area, kind: AreaSetKind, council: str) -> str:
    """Why an area cannot be in a list of this kind of the council of this name; empty when it can."""
    if area.kind not in (AreaKind.AUTHORITY, AreaKind.DISTRICT):
        return "is neither a local authority nor a district"
    own = {one.code for one in with_name(council)}
    if kind is AreaSetKind.NEIGHBOURS and area.kind is not AreaKind.AUTHORITY:
        return "is a district, and neighbours are local authorities"
    if kind is AreaSetKind.NEIGHBOURS and area.code in own:
        return "is the council itself, which is compared with its neighbours and is not one of them"
    if kind is AreaSetKind.QUADRANT:
        if area.kind is not AreaKind.DISTRICT:
            return "is no district, and quadrants are made of districts"
        if own and districts()[area.code].county not in own:
            return f"is no district of {council}"
    return ""


def why_not_called(name: str) -> str:
    """Why a list cannot have this name, as a sentence; empty when it can."""
    if with_name(name):
        return f"“{name}” is the name of an area of England, so a set cannot be called so."
    return ""


def key_for(name: str, taken: Collection[str]) -> str:
    """What commands and addresses call a list of this name: a key that no other list has or had, and no area either."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[: LONGEST_KEY - 4].strip("-") or "list"
    key, number = stem, 1
    while key in taken or with_name(key) or with_code(key):
        number += 1
        key = f"{stem}-{number}"
    return key
