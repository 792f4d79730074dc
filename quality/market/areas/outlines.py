"""Taking in the outlines of areas from GeoJSON, and finding them again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from quality.core.clock import now
from quality.core.database import db
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import record
from quality.market.areas.files import AreaFileError
from quality.market.areas.kinds import Area
from quality.market.areas.official import with_code
from quality.market.models import AreaOutline
from quality.services.models import LocalAuthority

__all__ = ["load_outlines", "outline_of"]

_MOST_BYTES = 50_000_000
_MOST_POINTS = 50_000
# ONS names the column of codes for the year: CTYUA24CD, LAD23CD, RGN22CD.
_CODE = re.compile(r"[A-Z]{2,6}\d{2}CD", re.IGNORECASE)
_NAME = re.compile(r"([A-Z]{2,6}\d{2}NM|name)", re.IGNORECASE)
# Any point of England, with some sea around it; a file in another projection has metres instead.
_LONGITUDES, _LATITUDES = (-7.5, 2.5), (49.0, 56.5)


@dataclass(frozen=True)
class OutlinesLoad:
    """What loading a file did: the areas that have an outline of it now, and features of no area that is known."""

    stored: list[str]
    set_aside: list[str]


def load_outlines(path: Path, *, source: str) -> OutlinesLoad:
    """Keep the outlines of a GeoJSON file, in longitude and latitude; an area's earlier outline is replaced.

    Raises AreaFileError, and then keeps nothing, for what is no such file, is in another projection or is too fine to
    draw: ONS publishes the same boundaries as “ultra generalised” (BUC), which are meant for maps of this size.
    """
    data, sha256 = _read(path)
    stored, set_aside = [], []
    for number, feature in enumerate(_features(data, path.name), 1):
        area = _area_of(feature)
        if area is None:
            set_aside.append(f"feature {number}")
            continue
        rings = _rings(feature, f"{path.name}, feature {number} ({area})")
        outline = _outline(area) or AreaOutline(area=area)
        outline.polygons, outline.source, outline.loaded_at = rings, source, now()
        outline.file_name, outline.sha256 = path.name, sha256
        db.session.add(outline)
        db.session.flush()
        details, about = outline.as_details(), ("area_outline", outline.id)
        record(Kind.OUTLINE_LOADED, council=NATIONAL, about=about, by=None, details=details)
        stored.append(area)
    if not stored:
        raise AreaFileError(
            f"{path.name} has no outline of an area that is known here, by ONS code (a column like CTYUA24CD) or name."
        )
    return OutlinesLoad(stored, set_aside)


def outline_of(area: Area) -> AreaOutline | None:
    """The outline of an area, if one was loaded."""
    return _outline(area.code or area.name)


def _outline(area: str) -> AreaOutline | None:
    return db.session.scalar(select(AreaOutline).where(AreaOutline.area == area))


def _read(path: Path) -> tuple[Any, str]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise AreaFileError(
                f"{path.name} is larger than 50 MB. Choose the ultra generalised boundaries (BUC)."
            )
        content = path.read_bytes()
        return json.loads(content), hashlib.sha256(content).hexdigest()
    except OSError as error:
        raise AreaFileError(f"{path.name} cannot be read: {error.strerror or error}.") from None
    except (ValueError, RecursionError):
        raise AreaFileError(f"{path.name} is not GeoJSON.") from None


def _features(data: Any, name: str) -> list[Any]:
    found = data.get("features") if isinstance(data, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise AreaFileError(f"{name} is no GeoJSON collection of features.")
    return found


def _area_of(feature: dict[str, Any]) -> str | None:
    """The ONS code that a feature names, if it is one of an area known here; else the name of an unlisted authority."""
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        return None
    for key, value in properties.items():
        if _CODE.fullmatch(key) and with_code(str(value)):
            return str(value).upper()
    for key, value in properties.items():
        named = select(LocalAuthority.name).where(LocalAuthority.name == str(value))
        if _NAME.fullmatch(key) and (name := db.session.scalar(named)):
            return name
    return None


def _rings(feature: dict[str, Any], where: str) -> list[list[list[float]]]:
    """The outer rings of a feature's polygons, to five decimals, which is a metre."""
    rings = [[_point(point, where) for point in ring] for ring in _outer(feature.get("geometry"), where)]
    points = sum(map(len, rings))
    if points > _MOST_POINTS:
        raise AreaFileError(
            f"{where} has {points:,} points. Choose the ultra generalised boundaries (BUC), which a map can show."
        )
    return rings


def _outer(geometry: Any, where: str) -> Iterator[Any]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(polygons, list) or not polygons:
        raise AreaFileError(f"{where} is no polygon.")
    for polygon in polygons:
        if (
            not isinstance(polygon, list)
            or not polygon
            or not isinstance(polygon[0], list)
            or len(polygon[0]) < 4
        ):
            raise AreaFileError(f"{where} has a polygon without an outline.")
        yield polygon[0]


def _point(point: Any, where: str) -> list[float]:
    try:
        longitude, latitude = float(point[0]), float(point[1])
    except (TypeError, ValueError, IndexError, KeyError):
        raise AreaFileError(f"{where} has a point that is no pair of numbers.") from None
    if not (_LONGITUDES[0] <= longitude <= _LONGITUDES[1] and _LATITUDES[0] <= latitude <= _LATITUDES[1]):
        raise AreaFileError(
            f"{where} has the point {point[0]}, {point[1]}, which is not in England in degrees of longitude and "
            "latitude. Choose GeoJSON in WGS 84."
        )
    return [round(longitude, 5), round(latitude, 5)]
