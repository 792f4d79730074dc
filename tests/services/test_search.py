"""Finding services: by what is typed, by what is chosen, and as at a day."""

from __future__ import annotations

from datetime import date

import pytest

from quality.services.criteria import CHOICES, ServiceSearch, read_address
from quality.services.search import authorities, count_services, find_page, types_of
from tests.builders.people import a_council
from tests.builders.register import (
    HOMECARE,
    NO_NURSING,
    NURSING,
    an_edition,
    change,
    contracted,
    told,
    was,
)
from tests.builders.services import a_service
from tests.databases import Database
from tests.services.searching import found, scope

MAY, JUNE, JULY, AUGUST = (date(2026, month, 1) for month in (5, 6, 7, 8))


@pytest.fixture
def register(session: Database) -> None:
    """Three services of two providers in two councils, and a hospital."""
    north, south = a_council(session), a_council(session, "Southmere", "SMR")
    larkfield, tideway = "Larkfield Care Limited", "Tideway Homecare Limited"
    a_service(
        session,
        north,
        provider=larkfield,
        name="Orchard House",
        cqc_id="1-900000001",
        postcode="NM1 4QT",
    )
    a_service(
        session, north, provider=tideway, name="100% Care_Home", cqc_id="1-900000002", postcode="NM10 1AA"
    )
    a_service(
        session,
        south,
        provider=tideway,
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
    assert found(session, q=text) == names


def test_a_search_can_keep_to_one_council(session: Database, register: None) -> None:
    here = scope(session, authorities()["Northmere"])
    page = find_page(ServiceSearch(q="orchard"), here)
    assert [one.name for one in page.rows] == ["Orchard House"]
    assert count_services(ServiceSearch(q="orchard"), here).found == 1


def test_health_services_are_found_when_asked_for(session: Database, register: None) -> None:
    assert found(session, q="orchard larkfield", all_sectors="y") == ["Orchard Hospital", "Orchard House"]
    assert found(session, q="rx999", all_sectors="y") == ["Orchard Hospital"]


def test_services_are_sorted_as_people_sort_whatever_their_capitals(session: Database) -> None:
    for name in ("beech house", "ASH HOUSE", "Cedar House"):
        a_service(session, name=name)
    assert found(session, q="house") == ["ASH HOUSE", "beech house", "Cedar House"]


def test_services_come_in_pages(session: Database) -> None:
    for number in range(27):
        a_service(session, name=f"Home {number:02}")
    first, second = (find_page(ServiceSearch(q="home"), scope(session), number) for number in (1, 2))
    assert (len(first.rows), first.has_next, first.has_previous) == (25, True, False)
    assert [service.name for service in second.rows] == ["Home 25", "Home 26"]
    assert (second.has_next, second.has_previous) == (False, True)


@pytest.mark.parametrize("district", ["NM1", "nm1"])
def test_a_postcode_district_is_not_taken_for_a_longer_one(
    session: Database, register: None, district: str
) -> None:
    assert found(session, district=district) == ["Orchard House"]
    assert found(session, district="NM10") == ["100% Care_Home"]


def test_a_type_is_told_by_the_register_and_by_the_category_where_no_register_tells(
    session: Database,
) -> None:
    told(session, a_service(session, name="Ash"), [NURSING])
    told(session, a_service(session, name="Beech"), [NO_NURSING])
    told(session, a_service(session, name="Cedar"), [HOMECARE, "Extra Care housing services"])
    told(session, a_service(session, name="Damson"), [HOMECARE])
    a_service(session, name="Elm")
    a_service(session, name="Fir", primary_category="Community based adult social care services")
    assert found(session, type="care-home") == ["Ash", "Beech", "Elm"]
    assert found(session, type="care-home-nursing") == ["Ash", "Elm"]
    assert found(session, type="care-home-no-nursing") == ["Beech", "Elm"]
    assert found(session, type="homecare") == ["Cedar", "Damson", "Fir"]
    assert found(session, type="extra-care") == ["Cedar", "Fir"]
    counts = count_services(ServiceSearch(type="homecare"), scope(session))
    assert (counts.found, counts.by_category) == (3, 1)


def test_services_are_found_by_specialism(session: Database) -> None:
    told(session, a_service(session, name="Ash"), [NURSING], ["Dementia", "Older People"])
    told(session, a_service(session, name="Beech"), ["Dementia"])
    assert found(session, specialism="Dementia") == ["Ash"]


def test_the_types_of_services_are_read_for_many_at_once(session: Database) -> None:
    service = a_service(session)
    told(session, service, [NURSING, HOMECARE], ["Dementia"])
    assert types_of({service.trait_set_id, None}) == {service.trait_set_id: [NURSING, HOMECARE]}


def test_contracted_services_are_told_from_the_rest_by_council(session: Database) -> None:
    ours, theirs = a_service(session, name="Ash"), a_service(session, name="Beech")
    contracted(session, ours, a_council(session).id)
    contracted(session, theirs, a_council(session, "Southmere", "SMR").id)
    assert found(session, contracted="yes") == ["Ash"]
    assert found(session, contracted="no") == ["Beech"]


def test_closed_services_are_found_when_asked_for(session: Database) -> None:
    gone, ended = a_service(session, name="Ash"), a_service(session, name="Beech")
    a_service(session, name="Cedar")
    change(session, gone, held_to=JULY)
    change(session, ended, ended_on=JUNE)
    assert found(session) == ["Cedar"]
    assert found(session, closed="y") == ["Ash", "Beech", "Cedar"]


def test_a_place_is_counted_once_unless_both_registrations_are_asked_for(session: Database) -> None:
    first = a_service(session, name="Ash", primary_cqc_id="1-999")
    change(session, first, cqc_id="1-999")
    a_service(session, name="Ash again", primary_cqc_id="1-999")
    assert found(session) == ["Ash"]
    assert found(session, second="y") == ["Ash", "Ash again"]
    assert count_services(ServiceSearch(), scope(session)).left_out == 1
    assert count_services(ServiceSearch(second="y"), scope(session)).left_out == 0


def test_a_second_registration_counts_once_the_first_is_closed_gone_or_not_held(session: Database) -> None:
    ended, gone = a_service(session, name="Ended"), a_service(session, name="Gone")
    change(session, ended, ended_on=JUNE)
    change(session, gone, held_to=JULY)
    for name, first in (("Ash", ended.cqc_id), ("Beech", gone.cqc_id), ("Cedar", "1-404404")):
        a_service(session, name=name, primary_cqc_id=first)
    assert found(session) == ["Ash", "Beech", "Cedar"]
    assert found(session, closed="y") == ["Ash", "Beech", "Cedar", "Ended", "Gone"]
    assert count_services(ServiceSearch(), scope(session)).left_out == 0


def test_a_second_registration_counts_while_the_first_is_dormant(session: Database) -> None:
    first = a_service(session, name="Ash")
    a_service(session, name="Ash again", primary_cqc_id=first.cqc_id)
    assert found(session) == ["Ash"]
    change(session, first, is_dormant=True)
    assert "Ash again" in found(session)
    assert count_services(ServiceSearch(), scope(session)).left_out == 0


def test_a_second_registration_counts_from_the_day_the_first_ended(session: Database) -> None:
    may, june, july = (an_edition(session, day) for day in (MAY, JUNE, JULY))
    first = a_service(session, name="Ash", edition=june)
    a_service(session, name="Ash again", primary_cqc_id=first.cqc_id, edition=may)
    was(session, first, june, july, name="Ash before")
    change(session, first, ended_on=AUGUST)
    assert found(session, as_at="2026-05-15") == ["Ash again"]
    assert found(session, as_at="2026-06-15") == ["Ash before"]
    assert found(session, as_at="2026-07-15") == ["Ash"]
    assert found(session, as_at="2026-08-01") == ["Ash again"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"district": "Chelmsford"}, "Postcode district must be the first half of a postcode, like CM1"),
        ({"district": "CM1 1AA"}, "Postcode district must be the first half of a postcode, like CM1"),
    ],
)
def test_what_was_mistyped_is_said(typed: dict[str, str], sentence: str) -> None:
    assert list(read_address(typed).faults.values()) == [sentence]


def test_an_address_holds_only_what_is_not_usual_and_says_the_same_when_it_is_read_again() -> None:
    assert read_address({"q": "", "sort": "name", "rating": "", "closed": ""}).search.in_address() == {}
    chosen = {name: options[-1][0] for name, options in CHOICES.items()}
    chosen |= {
        "q": "ash",
        "area": "england",
        "district": "CM1",
        "specialism": "Dementia",
        "as_at": "2024-03-31",
    }
    read = read_address(chosen, date(2024, 3, 31))
    assert read.search.in_address() == chosen
