"""Finding services and providers."""

from __future__ import annotations

import pytest

from quality.services.queries import ServiceSearch, find_providers, find_service, search_services
from tests.builders.people import a_council
from tests.builders.services import a_provider, a_service
from tests.databases import Database


@pytest.fixture
def register(session: Database) -> None:
    """Three services of two providers in two councils, and a hospital."""
    north, south = a_council(session), a_council(session, "Southmere", "SMR")
    larkfield = a_provider(session, name="Larkfield Care Limited", cqc_id="1-800000001")
    tide = a_provider(session, name="Tideway Homecare Limited", cqc_id="1-800000002")
    a_service(
        session,
        north,
        provider=larkfield,
        name="Orchard House",
        cqc_id="1-900000001",
        postcode="NM1 4QT",
        town="Saltby",
    )
    a_service(session, north, provider=tide, name="100% Care_Home", cqc_id="1-900000002", postcode="NM10 1AA")
    a_service(
        session,
        south,
        provider=tide,
        name="Orchard View",
        cqc_id="1-900000003",
        postcode="SM1 4QT",
        town="Marsh End",
    )
    a_service(
        session,
        north,
        provider=larkfield,
        name="Orchard Hospital",
        cqc_id="RX999",
        location_type="NHS Healthcare Organisation",
    )


def found(text: str, council: int | None = None, *, all_sectors: bool = False) -> list[str]:
    """The names found."""
    search = ServiceSearch(text, council, all_sectors=all_sectors)
    return [service.name for service in search_services(search).rows]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("orchard", ["Orchard House", "Orchard View"]),
        ("ORCHARD house", ["Orchard House"]),
        ("house orchard", ["Orchard House"]),
        ("larkfield", ["Orchard House"]),
        ("orchard tideway", ["Orchard View"]),
        ("orchard saltby", ["Orchard House"]),
        ("NM1 4QT", ["Orchard House"]),
        ("nm14qt", ["Orchard House"]),
        ("SM1", ["Orchard View"]),
        ("nm1", ["100% Care_Home", "Orchard House"]),
        ("1-900000003", ["Orchard View"]),
        (" 1-900000003 ", ["Orchard View"]),
        ("100%", ["100% Care_Home"]),
        ("%", ["100% Care_Home"]),
        ("care_home", ["100% Care_Home"]),
        ("nowhere", []),
        ("\0", ["100% Care_Home", "Orchard House", "Orchard View"]),
    ],
)
def test_a_service_is_found_by(session: Database, register: None, text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_search_can_keep_to_one_council(session: Database, register: None) -> None:
    assert found("orchard", a_council(session).id) == ["Orchard House"]


def test_health_services_are_found_when_asked_for(session: Database, register: None) -> None:
    assert found("orchard larkfield", all_sectors=True) == ["Orchard Hospital", "Orchard House"]
    assert found("rx999", all_sectors=True) == ["Orchard Hospital"]


def test_services_are_sorted_as_people_sort_whatever_their_capitals(session: Database) -> None:
    for name in ("beech house", "ASH HOUSE", "Cedar House"):
        a_service(session, name=name)
    assert found("house") == ["ASH HOUSE", "beech house", "Cedar House"]


def test_services_come_in_pages(session: Database) -> None:
    council, provider = a_council(session), a_provider(session)
    for number in range(27):
        a_service(session, council, provider=provider, name=f"Home {number:02}")
    first, second = (search_services(ServiceSearch("home"), number) for number in (1, 2))
    assert (len(first.rows), first.has_next, first.has_previous) == (25, True, False)
    assert [service.name for service in second.rows] == ["Home 25", "Home 26"]
    assert (second.has_next, second.has_previous) == (False, True)


def test_a_service_is_found_by_its_cqc_id_in_any_case(session: Database, register: None) -> None:
    service = find_service("rx999")
    assert service is not None
    assert service.name == "Orchard Hospital"
    assert find_service("1-9") is None
    assert find_service("\0") is None


def test_providers_are_found_by_words_of_their_name_or_their_id(session: Database, register: None) -> None:
    assert [one.name for one in find_providers("limited care")] == [
        "Larkfield Care Limited",
        "Tideway Homecare Limited",
    ]
    assert [one.name for one in find_providers("1-800000002")] == ["Tideway Homecare Limited"]
    assert find_providers("  ") == []
