"""Invented services with invented ratings, written as one of CQC's files and read by the real reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from quality.core.clock import today
from quality.frameworks.definition import read_definition
from quality.frameworks.operations import publish
from quality.running.demo.files import Row, load, months_ago, ratings_row
from quality.running.demo.people import person
from quality.services.contract_lines import Days, Line
from quality.services.contracts import note_contracts

FRAMEWORK = Path(__file__).resolve().parents[2] / "frameworks" / "data" / "provider-quality-v1"
_DOMAINS = ("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led")
_WORDS = {"O": "Outstanding", "G": "Good", "R": "Requires improvement", "I": "Inadequate"}


@dataclass(frozen=True)
class Invented:
    """One invented service. `ratings` are overall and the key questions in CQC's order, months old three months ago."""

    number: int
    name: str
    provider: str
    is_care_home: bool
    street: str
    town: str
    postcode: str
    ratings: str
    months_old: float

    @property
    def cqc_id(self) -> str:
        """An id in CQC's form that CQC has never given."""
        return f"1-9000000{self.number:02}"


_LARKFIELD, _FENWAY, _TIDE = "Larkfield Care Limited", "Fenway Homes Limited", "Tideway Homecare Limited"

SERVICES = (
    Invented(1, "Larkfield House", _LARKFIELD, True, "12 Orchard Lane", "Northmere", "NM1 4QT", "GGGGGG", 26),
    Invented(2, "Willow Court", _LARKFIELD, True, "3 Mill Street", "Saltby", "NM3 1AB", "RRGGGR", 14),
    Invented(
        3,
        "Larkfield at Home",
        _LARKFIELD,
        False,
        "Unit 4, The Maltings",
        "Northmere",
        "NM1 2DE",
        "GGGOGG",
        38,
    ),
    Invented(4, "Fenway Grange", _FENWAY, True, "Fen Road", "Marsh End", "NM5 6LP", "IIRGRI", 5),
    Invented(5, "The Elms", _FENWAY, True, "88 Station Road", "Saltby", "NM3 7TY", "GGGGGR", 61),
    Invented(6, "Harbour View", _FENWAY, True, "Quay Street", "Marsh End", "NM5 2HH", "OGGOGO", 44),
    Invented(
        7,
        "Tideway Homecare Northmere",
        _TIDE,
        False,
        "21 Castle Street",
        "Northmere",
        "NM1 1AA",
        "GGGGGG",
        19,
    ),
    Invented(8, "Tideway Supported Living", _TIDE, False, "5 Abbey Close", "Saltby", "NM3 4FG", "RGGGRR", 9),
    Invented(
        9,
        "Kingfisher Lodge",
        "Kingfisher Lodge Partnership",
        True,
        "Weir Lane",
        "Otterford",
        "NM7 8QA",
        "GRGGGG",
        72,
    ),
    Invented(
        10,
        "Bramble Cottage",
        "Bramble Cottage Limited",
        True,
        "1 Church Path",
        "Otterford",
        "NM7 3PL",
        "GGGGGG",
        30,
    ),
    Invented(
        11,
        "Open Door Care",
        "Open Door Care Limited",
        False,
        "14 Market Place",
        "Otterford",
        "NM7 1NB",
        "GGGGGG",
        12,
    ),
    Invented(
        12,
        "St Botolph's House",
        "The Botolph Trust",
        True,
        "Priory Road",
        "Northmere",
        "NM1 9WX",
        "GGGOOG",
        50,
    ),
)


# What some of them were rated before, so many months ago.
_EARLIER: dict[str, tuple[tuple[int, str], ...]] = {
    "Larkfield House": ((121, "RRGRGR"), (91, "GGGGGG")),
    "Willow Court": ((119, "GGGGGG"), (66, "GGGOGG")),
    "Fenway Grange": ((118, "GGGGGG"), (86, "GRGGGG"), (47, "RRGGGR")),
    "The Elms": ((97, "RRRGRG"),),
    "Harbour View": ((120, "GGGGGG"), (88, "OGOGOG")),
    "Kingfisher Lodge": ((52, "GGGGGR"),),
}


def publish_framework() -> None:
    """Publish the framework that comes with the product."""
    publish(read_definition(FRAMEWORK))


def load_services() -> None:
    """Write the invented services as *Latest ratings* files of some years and of three months ago, and load them."""
    for months in (117, 84, 45):
        _load(_as_they_were(months), as_at=months_ago(months))
    _load(SERVICES, as_at=months_ago(3))


def _as_they_were(months: int) -> list[Invented]:
    """Those that had been rated so many months ago, with the newest rating of that day."""
    found = []
    for one in SERVICES:
        earlier = [rating for rating in _EARLIER.get(one.name, ()) if rating[0] >= months]
        if earlier:
            age, ratings = min(earlier)
            found.append(replace(one, ratings=ratings, months_old=age - 3))
    return found


def load_newer_ratings() -> None:
    """Load the file of yesterday: since the council's visit to Fenway Grange, it was rated again."""
    again: dict[str, dict[str, Any]] = {"Fenway Grange": {"ratings": "RRGGGR", "months_old": -2.8}}
    _load([replace(one, **again.get(one.name, {})) for one in SERVICES], as_at=today() - timedelta(days=1))


def note_contracted() -> None:
    """Note which of its services the council contracts; one contract has ended, and of one nobody knows since when."""
    begun, ended = months_ago(30), months_ago(2)
    lines = [Line(one.cqc_id, Days(starts_on=begun)) for one in SERVICES[:6]]
    lines[4] = Line(lines[4].cqc_id, Days(starts_on=begun, ends_on=ended))
    lines[5] = Line(lines[5].cqc_id)
    note_contracts(lines, by=person("ruth"))


def _load(services: Sequence[Invented], *, as_at: date) -> None:
    load(
        [row for service in services for row in _rows(service)],
        "invented_latest_ratings",
        as_at=as_at,
        part=True,
    )


def _rows(service: Invented) -> list[Row]:
    group = "Care Homes" if service.is_care_home else "Homecare"
    return [
        _row(service, of, domain, _WORDS[letter])
        for of in ("Overall", group)
        for domain, letter in zip(_DOMAINS, service.ratings, strict=True)
    ]


def _row(service: Invented, group: str, domain: str, rating: str) -> Row:
    kind = "Y" if service.is_care_home else "N"
    provider_number = sorted({one.provider for one in SERVICES}).index(service.provider) + 1
    facts = {
        "id": service.cqc_id,
        "name": service.name,
        "home": kind,
        "street": service.street,
        "town": service.town,
        "postcode": service.postcode,
        "council": "Northmere",
        "region": "East of England",
        "provider_id": f"1-8000000{provider_number:02}",
        "provider": service.provider,
    }
    return ratings_row(facts, group, rating, service.months_old + 3, domain)
