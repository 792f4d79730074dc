"""An invented England around the invented council, so that its market can be compared with something.

Councils, services, providers, ratings and places are all made up, by chance that is the same each time. Nothing about
them is about a real place: the ids are in CQC's form and CQC has never given them, and Northmere lies in the sea.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from quality.market.areas.outlines import load_outlines
from quality.market.publications.operations import Draft, draft, publish
from quality.running.demo.files import Row, load, months_ago, ratings_row, register_row
from quality.running.demo.people import person

# Each council: its region, how many services it has, and how many in a hundred new ratings are Good or Outstanding.
_COUNCILS = {
    "Northmere": ("East of England", 78, 84),
    "Southmere": ("East of England", 214, 78),
    "Fenland and Wold": ("East of England", 131, 82),
    "Saltmarsh": ("East of England", 96, 71),
    "Harrowdale": ("North West", 233, 86),
    "Penhallow": ("South West", 152, 91),
    "Westbrook": ("South West", 207, 85),
    "Thornaby Vale": ("North East", 64, 88),
    "Aldermoor": ("Yorkshire and The Humber", 188, 76),
    "Castlebridge": ("West Midlands", 246, 73),
    "Midham": ("East Midlands", 142, 80),
    "Greywater": ("London", 71, 83),
    "Otterbourne Down": ("South East", 261, 85),
}
# Editions of so many months ago; the newest is younger than the council's own last file.
_EDITIONS = (118, 100, 82, 64, 46, 28, 10, 1)
_RATED_AGAIN, _NOT_YET = 0.3, 0.25
_FIRST = (
    "Ash",
    "Beech",
    "Cedar",
    "Elder",
    "Hazel",
    "Holly",
    "Juniper",
    "Larch",
    "Linden",
    "Maple",
    "Rowan",
    "Sorrel",
)
_HOMES = (
    "field House",
    "croft",
    "bank Lodge",
    "wood Court",
    "lea Manor",
    "brook Grange",
    "hurst",
    "dene House",
)
_AGENCIES = (" Homecare", " at Home", " Care Services", " Supported Living")
_NORTHMERE = (1.15, 53.25)
_OUTLINE = (
    *((0.85, 53.06), (1.12, 53.00), (1.41, 53.08), (1.50, 53.25)),
    *((1.37, 53.44), (1.10, 53.49), (0.91, 53.37), (0.80, 53.20)),
)


@dataclass(frozen=True)
class _Service:
    """One invented service, with its rating and the months since it was published, by edition; "" before the first."""

    row: Row
    told: dict[int, tuple[str, float]]


def load_market() -> None:
    """Load what CQC would have published of the invented England, and the outline of the council."""
    services = [one for council in _COUNCILS for one in _services(council)]
    for months in _EDITIONS:
        rated = [ratings_row(one.row, "Overall", *one.told[months]) for one in services if months in one.told]
        load(rated, "invented_england_ratings", as_at=months_ago(months), part=True)
    own = [register_row(one.row) for one in services if one.row["council"] == "Northmere"]
    load(own, "invented_northmere_register", as_at=months_ago(2), part=True)
    _load_outline()


def publish_market() -> None:
    """Publish the market as at ten months ago and as at now, so that the two can be set beside each other."""
    by = person("ruth")
    for months, key in ((10, "demo-market-before"), (1, "demo-market-now")):
        day = months_ago(months)
        said = Draft(
            title="Market quality in Northmere",
            as_at=day,
            scopes=("all", "residential", "community"),
            rule="rated/1",
            compare="size",
            introduction="How CQC rates the care services of Northmere, beside those of other councils.",
            notes="Everything here is invented.",
            show_small=False,
        )
        one = draft(said, form_key=key, by=by)
        publish(one.id, one.version, by=by)


def _services(council: str) -> Iterator[_Service]:
    region, number, good = _COUNCILS[council]
    chance = Random(council)  # noqa: S311 -- It invents, and keeps no secret.
    first = list(_COUNCILS).index(council) * 1_000
    for place in range(number):
        is_home = chance.random() < 0.62
        name = chance.choice(_FIRST) + chance.choice(_HOMES if is_home else _AGENCIES)
        provider = first + chance.randrange(number // 2)
        row = {
            "id": f"1-95{first + place:07}",
            "name": name,
            "council": council,
            "region": region,
            "home": "Y" if is_home else "N",
            "beds": str(chance.randrange(6, 80)) if is_home else "",
            "nursing": "Y" if is_home and chance.random() < 0.3 else "",
            "town": f"{council} {chance.choice(('North', 'South', 'East', 'West'))}",
            "postcode": f"ZZ{list(_COUNCILS).index(council) + 1} {place % 9 + 1}{chr(65 + place % 20)}A",
            "provider_id": f"1-85{provider:07}",
            "provider": f"{_FIRST[provider % len(_FIRST)]}combe Care {provider % 1_000} Limited",
            "longitude": f"{_NORTHMERE[0] + 0.7 * _off_middle(chance):.5f}",
            "latitude": f"{_NORTHMERE[1] + 0.45 * _off_middle(chance):.5f}",
        }
        yield _Service(row, dict(_career(chance, good / 100)))


def _off_middle(chance: Random) -> float:
    """Where between -1/2 and 1/2 a service lies: more often near the middle, where more people live."""
    return sum(chance.random() for _ in range(4)) / 4 - 0.5


def _career(chance: Random, good: float) -> Iterator[tuple[int, tuple[str, float]]]:
    """What each edition tells of one service: its rating, and how many months before today that was published."""
    rated: tuple[str, float] | None = None
    for months in _EDITIONS:
        if rated is None and chance.random() < _NOT_YET and months > _EDITIONS[-2]:
            continue
        if rated is None or chance.random() < _RATED_AGAIN:
            rated = _rating(chance, good), months + chance.uniform(0.5, 11)
        yield months, rated


def _rating(chance: Random, good: float) -> str:
    if chance.random() < good:
        return "Outstanding" if chance.random() < 0.06 else "Good"
    return "Inadequate" if chance.random() < 0.1 else "Requires improvement"


def _load_outline() -> None:
    feature = {
        "type": "Feature",
        "properties": {"name": "Northmere"},
        "geometry": {"type": "Polygon", "coordinates": [[*_OUTLINE, _OUTLINE[0]]]},
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "northmere.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
        load_outlines(path, source="Invented, as everything about Northmere is.")
