"""The areas of England that the Office for National Statistics lists, from the data files beside this module.

The files are our own compilation of facts from ONS's Open Geography portal and its Register of Geographic Codes, under
the Open Government Licence v3.0. They begin in April 2009, as CQC does. Codes change when boundaries do, so one name
may have had several.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from quality.market.areas.kinds import Area, AreaKind, AuthorityClass

ENGLAND = "E92000001"
SOURCE = (
    "Office for National Statistics, Open Geography portal and Register of Geographic Codes, "
    "Open Government Licence v3.0"
)
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Authority:
    """A local authority of the upper tier, under one of the codes it has had. `region` is a code."""

    area: Area
    authority_class: AuthorityClass
    region: str


@dataclass(frozen=True)
class District:
    """A district of a county with two tiers. `county` is a code."""

    area: Area
    county: str


@lru_cache(maxsize=1)
def regions() -> dict[str, Area]:
    """England and its nine regions, by code."""
    return {
        row["code"]: Area(row["code"], row["name"], AreaKind(row["kind"])) for row in _rows("regions.csv")
    }


@lru_cache(maxsize=1)
def authorities() -> dict[str, Authority]:
    """Every upper-tier authority since 2009, by code; those that hold no longer too."""
    return {
        row["code"]: Authority(
            Area(
                row["code"],
                row["name"],
                AreaKind.AUTHORITY,
                _day(row["valid_from"]),
                _day(row["gone_on"]),
                tuple(row["successors"].split()),
            ),
            AuthorityClass(row["class"]),
            row["region"],
        )
        for row in _rows("authorities.csv")
    }


@lru_cache(maxsize=1)
def districts() -> dict[str, District]:
    """The districts of counties with two tiers as of 2023, by code."""
    return {
        row["code"]: District(
            Area(row["code"], row["name"], AreaKind.DISTRICT, _day(row["valid_from"])), row["county"]
        )
        for row in _rows("districts.csv")
    }


def every_area() -> Iterator[Area]:
    """England, regions, authorities and districts, also those that hold no longer."""
    yield from regions().values()
    yield from (one.area for one in authorities().values())
    yield from (one.area for one in districts().values())


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Area]:
    return {area.code: area for area in every_area()}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[Area, ...]]:
    named: dict[str, tuple[Area, ...]] = {}
    for area in every_area():
        key = area.name.casefold()
        named[key] = (*named.get(key, ()), area)
    return named


def with_code(code: str) -> Area | None:
    """The area with this ONS code, whether it holds still or not."""
    return _by_code().get(code.upper())


def with_name(name: str) -> tuple[Area, ...]:
    """The areas that have had this name, in any case of letters: several where the code changed."""
    return _by_name().get(name.casefold(), ())


def predecessors_of(area: Area) -> tuple[Area, ...]:
    """The authorities that this one followed, in whole or in part."""
    return tuple(one.area for one in authorities().values() if area.code in one.area.successors)


def successors_of(area: Area) -> tuple[Area, ...]:
    """The authorities that followed this one."""
    return tuple(authorities()[code].area for code in area.successors)


def same_ground(area: Area, day: date) -> tuple[Area, ...]:
    """The authorities of a day that lay wholly within this one, by what followed what.

    North Yorkshire of 2023 is the county of that name before; Cumbria is its two successors after. Cumberland was only
    part of Cumbria, so nothing stands for it before 2023.
    """
    if area.holds_on(day):
        return (area,)
    inside = {area.code}
    if area.valid_to is not None and area.valid_to <= day:
        followed = [one for one in successors_of(area) if _only(predecessors_of(one), inside)]
    else:
        followed = [one for one in predecessors_of(area) if _only(successors_of(one), inside)]
    return tuple(found for one in followed for found in same_ground(one, day))


def _only(areas: Iterable[Area], codes: set[str]) -> bool:
    return {area.code for area in areas} <= codes


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))
