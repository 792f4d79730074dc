"""Outlines of areas: taken in from GeoJSON by code or name, all or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quality.core.clock import today
from quality.market.areas import Area, AreaKind, find_area
from quality.market.areas.files import AreaFileError
from quality.market.areas.outlines import load_outlines, outline_of
from tests.builders.people import a_council
from tests.databases import Database

SQUARE = [[0.5, 51.5], [0.6, 51.5], [0.6, 51.6], [0.5, 51.6], [0.5, 51.5]]
HOLE = [[0.52, 51.52], [0.53, 51.52], [0.53, 51.53], [0.52, 51.52]]


def geojson(folder: Path, *features: dict[str, Any]) -> Path:
    """A GeoJSON file of these features."""
    path = folder / "outlines.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return path


def a_feature(coordinates: Any = None, kind: str = "Polygon", **properties: str) -> dict[str, Any]:
    """A feature, a square unless told otherwise."""
    geometry = {"type": kind, "coordinates": coordinates or [SQUARE]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_an_outline_is_found_by_the_code_ons_gives(session: Database, tmp_path: Path) -> None:
    loaded = load_outlines(geojson(tmp_path, a_feature(CTYUA24CD="E10000012")), source="ONS")
    assert loaded.stored == ["E10000012"]
    outline = outline_of(find_area("Essex", today()))
    assert outline is not None
    assert outline.rings == [[(0.5, 51.5), (0.6, 51.5), (0.6, 51.6), (0.5, 51.6), (0.5, 51.5)]]


def test_holes_are_left_out_and_islands_kept(session: Database, tmp_path: Path) -> None:
    islands = a_feature([[SQUARE, HOLE], [SQUARE]], "MultiPolygon", LAD23CD="E07000066")
    load_outlines(geojson(tmp_path, islands), source="ONS")
    outline = outline_of(find_area("Basildon", today()))
    assert outline is not None
    assert [len(ring) for ring in outline.rings] == [5, 5]


def test_a_council_that_ons_does_not_list_is_known_by_its_name(session: Database, tmp_path: Path) -> None:
    council = a_council(session)
    load_outlines(geojson(tmp_path, a_feature(name=council.name)), source="Invented")
    assert outline_of(Area("", council.name, AreaKind.AUTHORITY)) is not None


def test_a_later_outline_replaces_the_one_before(session: Database, tmp_path: Path) -> None:
    for shift in (0.0, 0.1):
        moved = [[[x + shift, y] for x, y in SQUARE]]
        load_outlines(geojson(tmp_path, a_feature(moved, CTYUA24CD="E10000012")), source="ONS")
    outline = outline_of(find_area("Essex", today()))
    assert outline is not None
    assert outline.rings[0][0] == (0.6, 51.5)


@pytest.mark.parametrize(
    ("feature", "sentence"),
    [
        (a_feature(CTYUA24CD="E99999999"), "no outline of an area that is known"),
        (a_feature([[[530000, 180000]] * 4], CTYUA24CD="E10000012"), "not in England in degrees"),
        (a_feature([[["east", "north"]] * 4], CTYUA24CD="E10000012"), "no pair of numbers"),
        (a_feature([0.5, 51.5], "Point", CTYUA24CD="E10000012"), "is no polygon"),
        (a_feature([[]], CTYUA24CD="E10000012"), "polygon without an outline"),
        (a_feature([SQUARE * 10_001], CTYUA24CD="E10000012"), "ultra generalised"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_sentence(
    session: Database, tmp_path: Path, feature: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(AreaFileError, match=sentence):
        load_outlines(geojson(tmp_path, feature), source="ONS")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"features": 3}', "[" * 100_000])
def test_what_is_no_geojson_is_refused(session: Database, tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.geojson"
    path.write_text(text)
    with pytest.raises(AreaFileError, match="GeoJSON"):
        load_outlines(path, source="ONS")
