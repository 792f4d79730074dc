"""The tables of the market."""

from __future__ import annotations

from quality.market.models.areas import AreaSet, AreaSetKind, Deprivation, Lookup, LookupKind, Place
from quality.market.models.outlines import AreaOutline
from quality.market.models.outside import OutsideClaim, OutsideFigure, OutsideLayout, OutsideSeries
from quality.market.models.publications import Publication

__all__ = [
    "AreaOutline",
    "AreaSet",
    "AreaSetKind",
    "Deprivation",
    "Lookup",
    "LookupKind",
    "OutsideClaim",
    "OutsideFigure",
    "OutsideLayout",
    "OutsideSeries",
    "Place",
    "Publication",
]
