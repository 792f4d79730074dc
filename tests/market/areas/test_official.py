"""The authorities of England, against themselves and against what CQC publishes."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from quality.market.areas import (
    AreaKind,
    AuthorityClass,
    authorities_at,
    authorities_in,
    authorities_of_class,
    find_area,
    region_of,
)
from quality.market.areas.official import authorities, districts, every_area, regions, same_ground, with_code
from tests.builders.people import a_council
from tests.databases import Database

IN_2018, IN_2021, IN_2026 = date(2018, 6, 1), date(2021, 2, 1), date(2026, 7, 1)
_REGION, _AUTHORITY = "Location Region", "Location Local Authority"


def test_england_has_153_authorities_in_nine_regions_since_april_2023() -> None:
    assert len(authorities_at(date(2023, 4, 1))) == 153
    assert len({one.region for one in authorities_at(IN_2026)}) == 9
    assert Counter(one.authority_class for one in authorities_at(IN_2026)) == {
        AuthorityClass.COUNTY: 21,
        AuthorityClass.UNITARY: 63,
        AuthorityClass.METROPOLITAN: 36,
        AuthorityClass.LONDON: 33,
    }


@pytest.mark.parametrize(
    ("day", "count"), [("2009-04-01", 152), ("2018-06-01", 152), ("2021-02-01", 151), ("2021-04-01", 152)]
)
def test_earlier_days_have_the_authorities_of_then(day: str, count: int) -> None:
    assert len(authorities_at(date.fromisoformat(day))) == count


def test_no_two_authorities_of_a_day_share_a_name() -> None:
    days = {one.area.valid_from for one in authorities().values() if one.area.valid_from}
    for day in days:
        names = [one.name for one in authorities_at(day)]
        assert len(set(names)) == len(names)


def test_every_code_has_one_area_and_every_successor_begins_when_the_former_ends() -> None:
    assert len({area.code for area in every_area()}) == len(list(every_area()))
    for one in authorities().values():
        assert bool(one.area.successors) == (one.area.valid_to is not None)
        for code in one.area.successors:
            assert authorities()[code].area.valid_from == one.area.valid_to
        assert one.region in regions()


def test_essex_has_its_twelve_districts_and_every_district_a_county_of_today() -> None:
    counted = Counter(one.county for one in districts().values())
    assert counted["E10000012"] == 12
    assert set(counted) == {
        one.code for one in authorities_at(IN_2026) if one.authority_class is AuthorityClass.COUNTY
    }
    assert sum(counted.values()) == 164


def test_counties_are_listed_by_class_as_at_a_day(session: Database) -> None:
    assert "Cumbria" in authorities_of_class(AuthorityClass.COUNTY, IN_2021)
    assert "Cumbria" not in authorities_of_class(AuthorityClass.COUNTY, IN_2026)
    assert len(authorities_of_class(AuthorityClass.COUNTY, IN_2021)) == 25
    assert region_of("Cumbria") == "North West"


def test_a_region_has_all_names_under_which_its_services_have_been_held(session: Database) -> None:
    names = authorities_in(find_area("North West", IN_2026), IN_2026)
    assert {"Cumbria", "Cumberland", "Westmorland and Furness", "Wirral"} <= set(names)
    assert "Essex" not in names


def test_england_has_also_an_invented_council_and_a_region_only_its_own(session: Database) -> None:
    a_council(session).region = "South East"
    session.flush()
    for name, expected in (("England", True), ("South East", True), ("South West", False)):
        area = find_area(name, IN_2026)
        assert ("Northmere" in authorities_in(area, IN_2026)) is expected
    assert authorities_in(find_area("Northmere", IN_2026), IN_2026) == ("Northmere",)


@pytest.mark.parametrize(
    ("code", "day", "names"),
    [
        ("E10000012", IN_2021, ("Essex",)),
        ("E06000065", IN_2021, ("North Yorkshire",)),
        ("E10000006", IN_2026, ("Cumberland", "Westmorland and Furness")),
        ("E06000063", IN_2021, ()),
        ("E08000038", IN_2018, ("Barnsley",)),
        ("E06000058", IN_2018, ("Bournemouth, Christchurch and Poole",)),
    ],
)
def test_an_authority_at_another_day_is_what_stood_on_its_ground(
    code: str, day: date, names: tuple[str, ...]
) -> None:
    area = with_code(code)
    assert area is not None
    assert authorities_in(area, day) == names


def test_every_name_in_the_real_2021_file_is_found_in_its_region(
    session: Database, shared_data: Path
) -> None:
    path = next((shared_data / "cqc").glob("01_February_2021*.csv.gz"))
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        _check_names(csv.DictReader(file), IN_2021, 151)


def test_every_name_in_the_real_lincolnshire_file_is_found_in_its_region(
    session: Database, shared_data: Path
) -> None:
    path = next((shared_data / "cqc").glob("2026_*Lincolnshire.csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        _check_names(csv.DictReader(file), IN_2026, 1)


def test_every_name_that_cqc_used_in_july_2026_is_found(session: Database, shared_data: Path) -> None:
    path = shared_data / "reference" / "cqc_la_names_2026-07_carehomes.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = [row["cqc_la_name_2026"] for row in csv.DictReader(file)]
    assert len(names) == 152
    for name in names:
        assert (find_area(name, IN_2026).name, find_area(name, IN_2026).kind) == (name, AreaKind.AUTHORITY)


def test_every_code_of_ascof_is_the_authority_it_names(session: Database, shared_data: Path) -> None:
    path = shared_data / "reference" / "cassr_upper_tier_la_codes.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    day = date(2024, 4, 1)
    assert len(rows) == len(authorities_at(day))
    for row in rows:
        area = with_code(row["ONS area code"])
        assert area is not None
        # It lists Dorset by the code of the county there was until 2019.
        assert same_ground(area, day) == (find_area(row["Local authority"], day),)


def _check_names(rows: csv.DictReader[str], day: date, count: int) -> None:
    found = {(row[_AUTHORITY], row[_REGION]) for row in rows}
    assert len(found) == count
    for name, region in found:
        area = find_area(name, day)
        assert (area.name, area.kind) == (name, AreaKind.AUTHORITY)
        assert region_of(name) == region
        assert name in authorities_in(find_area(region, day), day)
