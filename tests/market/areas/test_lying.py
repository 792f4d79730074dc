"""Which services lie in an area on a day, and in what sort of neighbourhood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from quality.market.areas import (
    AreaKind,
    NoLookup,
    Rural,
    fifths_of,
    find_area,
    rurality_of,
    service_ids_in,
)
from quality.market.areas.deprivation import load_deprivation
from quality.market.areas.postcodes import load_postcodes
from quality.market.areas.sets_loading import load_sets
from quality.services.models import Edition, LocalAuthority, ProviderVersion, Service
from tests.builders.people import a_council
from tests.builders.register import an_edition, was
from tests.builders.services import a_service
from tests.databases import Database
from tests.market.areas.files import directory, ranks
from tests.market.areas.test_sets import EXAMPLE

FIRST, SECOND, BETWEEN = date(2024, 1, 1), date(2026, 1, 1), date(2025, 6, 1)


@dataclass
class County:
    """Essex with a home in Harlow, one in Basildon, and one of Southend's whose postcode lies in Rochford."""

    essex: LocalAuthority
    first: Edition
    harlow: Service
    basildon: Service
    border: Service


@pytest.fixture
def county(session: Database) -> County:
    essex = a_council(session, "Essex", "ESX")
    southend = a_council(session, "Southend-on-Sea", "SOS")
    first = an_edition(session, FIRST)
    return County(
        essex,
        first,
        harlow=a_service(session, essex, postcode="CM20 9ZZ", edition=first),
        basildon=a_service(session, essex, postcode="SS14 9ZZ", edition=first),
        border=a_service(session, southend, postcode="SS4 9ZZ", edition=first),
    )


@pytest.fixture
def placed(county: County, tmp_path: Path) -> County:
    load_postcodes(
        directory(
            tmp_path / "ONSPD.csv",
            place("CM20 9ZZ", "E07000073", "E01021818", "E54000025", "UN1"),
            place("SS14 9ZZ", "E07000066", "E01021300", "E54000026", "RSN1"),
            place("SS4 9ZZ", "E07000075", "E01021900", "E54000026", "UF1"),
        )
    )
    return county


def test_a_provider_a_brand_and_a_service_have_their_own(session: Database, county: County) -> None:
    county.harlow.provider.brand_id = "BD123"
    session.flush()
    for text in (county.harlow.cqc_id, county.harlow.provider.cqc_id, "BD123"):
        assert ids(text) == [county.harlow.id]


def test_a_service_belongs_to_the_provider_it_had_on_the_day(session: Database, county: County) -> None:
    other = a_service(session, county.essex, edition=county.first)
    second = an_edition(session, SECOND)
    was(session, county.harlow, county.first, second, provider_id=other.provider_id)
    assert ids(other.provider.cqc_id, BETWEEN) == [county.harlow.id, other.id]
    assert ids(other.provider.cqc_id, SECOND) == [other.id]


def test_a_provider_belongs_to_the_brand_it_had_on_the_day(session: Database, county: County) -> None:
    second, provider = an_edition(session, SECOND), county.harlow.provider
    former = ProviderVersion(provider_id=provider.id, name=provider.name, brand_id="BD1", brand_name="Old")
    former.from_edition_id, former.held_from = county.first.id, county.first.as_at
    former.to_edition_id, former.held_to = second.id, second.as_at
    session.add(former)
    provider.brand_id, provider.brand_name = "BD2", "New"
    provider.from_edition_id, provider.held_from = second.id, second.as_at
    session.flush()
    assert (ids("BD1", BETWEEN), ids("BD2", BETWEEN)) == ([county.harlow.id], [])
    assert (ids("BD1", SECOND), ids("BD2", SECOND)) == ([], [county.harlow.id])


def test_a_service_that_is_listed_no_longer_lies_nowhere(session: Database, county: County) -> None:
    second = an_edition(session, SECOND)
    county.harlow.to_edition_id, county.harlow.held_to = second.id, second.as_at
    session.flush()
    assert ids("Essex", BETWEEN) == [county.harlow.id, county.basildon.id]
    assert ids("Essex", SECOND) == [county.basildon.id]


def test_authorities_regions_and_england_have_theirs(county: County) -> None:
    everything = [county.harlow.id, county.basildon.id, county.border.id]
    assert ids("Southend-on-Sea") == [county.border.id]
    assert ids("East of England") == ids("England") == everything
    assert ids("North East") == []


@pytest.mark.parametrize("text", ["Harlow", "E54000025", "west"])
def test_without_a_lookup_the_file_to_load_is_named(county: County, text: str) -> None:
    load_sets(EXAMPLE)
    with pytest.raises(NoLookup) as refused:
        ids(text)
    for words in (
        "ONS Postcode Directory",
        "Open Geography portal",
        "Open Government Licence",
        "lookup load",
    ):
        assert words in refused.value.sentence


def test_districts_boards_and_quadrants_are_told_by_postcodes(placed: County) -> None:
    load_sets(EXAMPLE)
    assert ids("Harlow") == ids("west") == [placed.harlow.id]
    assert ids("Basildon") == ids("South West Essex") == [placed.basildon.id]
    assert ids("E54000026") == [placed.basildon.id, placed.border.id]
    assert ids("mid") == []


def test_what_cqc_places_in_another_authority_is_not_in_the_district(placed: County) -> None:
    assert ids("Rochford") == []


def test_a_service_lies_in_the_district_of_the_postcode_it_had(session: Database, placed: County) -> None:
    was(session, placed.basildon, placed.first, an_edition(session, SECOND), postcode="CM20 9ZZ")
    assert ids("Harlow", BETWEEN) == [placed.harlow.id, placed.basildon.id]
    assert ids("Harlow", SECOND) == [placed.harlow.id]


def test_a_neighbour_list_has_the_services_of_its_authorities(session: Database, county: County) -> None:
    kent = a_service(session, a_council(session, "Kent", "KNT"), edition=county.first)
    load_sets(EXAMPLE)
    assert find_area("example-neighbours", SECOND).kind is AreaKind.SET
    assert ids("example-neighbours") == [kent.id]


def test_fifths_are_told_by_the_edition_of_the_day(placed: County, tmp_path: Path) -> None:
    both = [placed.harlow.id, placed.basildon.id]
    load_deprivation(ranks(tmp_path / "a.csv", ("E01021818", 1), ("E01021300", 33_755)), edition=2025)
    found = fifths_of([*both, placed.border.id], SECOND)
    assert (found.edition, found.places) == ("English indices of deprivation 2025", "ONSPD")
    assert (found.of, found.unplaced) == ({both[0]: 1, both[1]: 5}, (placed.border.id,))
    # Nothing older is held, so an earlier day is told by the same indices, and the edition says so.
    assert fifths_of(both, BETWEEN).of == found.of
    load_deprivation(
        ranks(tmp_path / "b.csv", ("E01021818", 20_000)), edition=2024, published=date(2024, 6, 1)
    )
    assert fifths_of(both, BETWEEN).of == {both[0]: 3}
    assert fifths_of(both, SECOND).of == found.of


def test_without_indices_the_file_to_load_is_named(placed: County) -> None:
    with pytest.raises(NoLookup, match="English indices of deprivation"):
        fifths_of([placed.harlow.id], SECOND)


def test_urban_and_rural_are_told_by_the_postcode(session: Database, placed: County) -> None:
    nowhere = a_service(session, placed.essex, postcode="ZZ1 1AA", edition=placed.first)
    found = rurality_of([placed.harlow.id, placed.basildon.id, placed.border.id, nowhere.id], SECOND)
    assert found.of == {
        placed.harlow.id: Rural.URBAN,
        placed.basildon.id: Rural.RURAL,
        placed.border.id: Rural.URBAN,
    }
    assert found.unplaced == (nowhere.id,)


def ids(text: str, day: date = SECOND) -> list[int]:
    return service_ids_in(find_area(text, day), day)


def place(postcode: str, district: str, lsoa: str, board: str, rural: str) -> dict[str, str]:
    return {"pcds": postcode, "lad25cd": district, "lsoa21cd": lsoa, "icb23cd": board, "ruc21ind": rural}
