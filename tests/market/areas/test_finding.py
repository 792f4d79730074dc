"""Finding an area by what somebody typed."""

from __future__ import annotations

from datetime import date

import pytest

from quality.market.areas import Area, AreaKind, NoSuchArea, find_area
from quality.services.models import Provider
from tests.builders.people import a_council
from tests.builders.register import an_edition
from tests.builders.services import a_service
from tests.databases import Database

pytestmark = pytest.mark.usefixtures("session")

IN_2018, IN_2021, IN_2026 = date(2018, 6, 1), date(2021, 2, 1), date(2026, 7, 1)


@pytest.mark.parametrize("text", ["E10000012", "e10000012", "Essex", "  essex ", "ESSEX"])
def test_an_authority_is_found_by_code_or_name_in_any_case(text: str) -> None:
    found = find_area(text, IN_2026)
    assert (found.code, found.name, found.kind) == ("E10000012", "Essex", AreaKind.AUTHORITY)


@pytest.mark.parametrize("text", ["East of England", "East", "East (ADASS Region)", "E12000006"])
def test_a_region_is_found_in_each_of_the_vocabularies_of_cqc(text: str) -> None:
    assert find_area(text, IN_2026) == Area("E12000006", "East of England", AreaKind.REGION)


@pytest.mark.parametrize("text", ["Yorkshire & Humberside", "Yorkshire and Humber (ADASS Region)"])
def test_yorkshire_is_found_in_each_of_the_vocabularies_of_cqc(text: str) -> None:
    assert find_area(text, IN_2026).code == "E12000003"


def test_england_and_a_district_are_found() -> None:
    assert find_area("england", IN_2026).kind is AreaKind.COUNTRY
    assert find_area("Tendring", IN_2026) == Area("E07000076", "Tendring", AreaKind.DISTRICT)


def test_a_name_spelt_otherwise_by_another_body_is_found() -> None:
    assert find_area("Bristol", IN_2026).name == "Bristol, City of"
    assert find_area("St Helens", IN_2026).name == "St. Helens"


def test_a_name_with_two_codes_is_the_one_that_held_on_the_day() -> None:
    assert find_area("Dorset", IN_2018).code == "E10000009"
    assert find_area("Dorset", IN_2021).code == "E06000059"
    assert find_area("Barnsley", date(2025, 3, 31)).code == "E08000016"
    assert find_area("Barnsley", date(2025, 4, 1)).code == "E08000038"


@pytest.mark.parametrize("text", ["Unspecified", "(pseudo) Wales"])
def test_what_cqc_writes_for_no_region_is_no_area(text: str) -> None:
    assert "no area of its own" in refusal(text, IN_2021)


def test_an_unknown_area_is_refused_with_the_nearest_name() -> None:
    assert refusal("Esex", IN_2026) == (
        "There is no area called “Esex”. Did you mean Essex? "
        "Give an ONS code, a name as CQC spells it, or CQC’s id of a provider, brand or service."
    )


@pytest.mark.parametrize(
    "text", ["", "   ", "E99999999", "x" * 5_000, "1-999999999", "BD000", "Robert'); --", "\0"]
)
def test_whatever_is_no_area_gets_a_sentence(text: str) -> None:
    assert refusal(text, IN_2026).endswith("CQC’s id of a provider, brand or service.")


def test_an_authority_that_has_ended_names_what_followed() -> None:
    assert refusal("Cumbria", IN_2026) == (
        "Cumbria (E10000006) existed until 31 March 2023. It was followed by Cumberland (E06000063) from 1 April 2023 "
        "and Westmorland and Furness (E06000064) from 1 April 2023."
    )


def test_an_authority_that_had_not_begun_names_what_was_before() -> None:
    assert refusal("West Northamptonshire", IN_2021) == (
        "West Northamptonshire (E06000062) has existed since 1 April 2021, and not on 1 February 2021. "
        "Before it there was Northamptonshire (E10000021) until 31 March 2021."
    )


def test_a_code_that_was_replaced_is_not_silently_taken() -> None:
    assert "E06000065" in refusal("E10000023", IN_2026)
    assert "E10000023" in refusal("E06000065", IN_2021)


def test_a_council_whose_services_are_held_under_its_successor_says_so() -> None:
    assert "ask for Bournemouth, Christchurch and Poole" in refusal("Poole", IN_2018)


def test_an_invented_council_that_ons_does_not_list_is_an_area_by_name(session: Database) -> None:
    a_council(session)
    assert find_area("northmere", IN_2026) == Area("", "Northmere", AreaKind.AUTHORITY)


def test_a_service_a_provider_and_a_brand_are_found_by_their_ids(session: Database) -> None:
    edition = an_edition(session, date(2024, 1, 1))
    service = a_service(session, cqc_id="1-101234567", name="Larkfield House", edition=edition)
    service.provider.brand_id, service.provider.brand_name = "BD123", "BRAND Larkfield"
    session.flush()
    assert find_area("1-101234567", IN_2026) == Area("1-101234567", "Larkfield House", AreaKind.SERVICE)
    provider = service.provider
    assert find_area(provider.cqc_id, IN_2026) == Area(provider.cqc_id, provider.name, AreaKind.PROVIDER)
    assert find_area("bd123", IN_2026) == Area("BD123", "BRAND Larkfield", AreaKind.BRAND)


def test_an_id_of_a_service_and_of_a_provider_is_the_service(session: Database) -> None:
    session.add(Provider(cqc_id="1-101234567", name="Fenway Homes Limited"))
    a_service(session, cqc_id="1-101234567", edition=an_edition(session, date(2024, 1, 1)))
    assert find_area("1-101234567", IN_2026).kind is AreaKind.SERVICE


def test_a_service_that_was_not_known_yet_is_refused(session: Database) -> None:
    a_service(session, cqc_id="1-101234567", edition=an_edition(session, date(2024, 1, 1)))
    assert "Nothing is known of the service 1-101234567 on 1 February 2021" in refusal("1-101234567", IN_2021)


def refusal(text: str, day: date) -> str:
    with pytest.raises(NoSuchArea) as refused:
        find_area(text, day)
    return refused.value.sentence
