"""Services found by how CQC rates them, and as at a day."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from quality.cqc import RatingWord
from quality.services.criteria import ServiceSearch
from quality.services.search import find_all, find_page
from tests.builders.register import (
    a_rating,
    an_edition,
    change,
    was,
    was_called,
)
from tests.builders.services import a_service
from tests.databases import Database
from tests.services.searching import found, scope

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)


@pytest.fixture
def rated(session: Database) -> None:
    """Services with every standing there is."""
    edition = an_edition(session, JULY, kind="latest_ratings_locations")
    good, both, none, unheard = (
        a_service(session, name=name) for name in ("Ash", "Beech", "Cedar", "Damson")
    )
    a_rating(session, good, RatingWord.GOOD, edition, published_on=date(2023, 7, 2))
    a_rating(session, good, RatingWord.INADEQUATE, edition, domain="Safe")
    a_rating(session, both, RatingWord.NOT_RATED, edition, published_on=None)
    of_both = {"Homecare": RatingWord.OUTSTANDING, "Supported Living": RatingWord.INADEQUATE}
    for number, (group, word) in enumerate(of_both.items()):
        a_rating(
            session, both, word, edition, service_group=group, published_on=date(2025 - 7 * number, 1, 5)
        )
    a_rating(session, none, RatingWord.INSUFFICIENT_EVIDENCE, edition, published_on=date(2015, 1, 1))
    assert unheard.id


@pytest.mark.parametrize(
    ("rating", "names"),
    [
        ("good", ["Ash"]),
        ("outstanding", ["Beech"]),
        ("inadequate", ["Beech"]),
        ("requires_improvement", []),
        ("by-service", ["Beech"]),
        ("none", ["Cedar", "Damson"]),
        ("splendid", ["Ash", "Beech", "Cedar", "Damson"]),
    ],
)
def test_services_are_found_by_how_they_stand(
    session: Database, rated: None, rating: str, names: list[str]
) -> None:
    assert found(session, rating=rating) == names


@time_machine.travel("2026-07-01", tick=False)
@pytest.mark.parametrize(
    ("age", "names"), [("under-1", []), ("1-3", ["Ash"]), ("over-3", ["Beech"]), ("over-5", ["Beech"])]
)
def test_services_are_found_by_the_age_of_the_rating_they_stand_by(
    session: Database, rated: None, age: str, names: list[str]
) -> None:
    assert found(session, age=age) == names


@time_machine.travel("2026-07-02", tick=False)
def test_a_rating_is_three_years_old_on_its_third_birthday(session: Database, rated: None) -> None:
    assert found(session, age="over-3") == ["Ash", "Beech"]


def test_services_are_sorted_by_the_worst_and_the_oldest_rating(session: Database, rated: None) -> None:
    assert found(session, sort="worst") == ["Beech", "Ash", "Cedar", "Damson"]
    assert found(session, sort="oldest") == ["Beech", "Ash", "Cedar", "Damson"]


def test_a_search_as_at_a_day_finds_what_was_known_then(session: Database) -> None:
    june, july = an_edition(session, JUNE), an_edition(session, JULY)
    service = a_service(session, name="New Name")
    was(session, service, june, july, name="Old Name")
    a_rating(session, service, RatingWord.INADEQUATE, june, to=july)
    a_rating(session, service, RatingWord.GOOD, july)
    a_service(session, name="Newcomer", edition=july)
    left = a_service(session, name="Gone since", edition=june)
    change(session, left, to_edition_id=july.id, held_to=JULY)
    assert found(session, as_at="2026-06-15") == ["Gone since", "Old Name"]
    assert found(session, as_at="2026-06-15", rating="inadequate") == ["Old Name"]
    assert found(session, as_at="2026-06-15", rating="good") == []
    assert found(session, as_at="2026-07-01") == ["New Name", "Newcomer"]
    assert found(session, as_at="2026-07-01", closed="y") == ["Gone since", "New Name", "Newcomer"]
    assert found(session, as_at="2026-07-01", rating="good") == ["New Name"]
    assert found(session, as_at="2026-05-31", closed="y") == []
    assert found(session) == ["New Name", "Newcomer"]


def test_a_search_as_at_a_day_calls_the_provider_what_it_was_called_then(session: Database) -> None:
    may, june, july = (an_edition(session, day) for day in (date(2026, 5, 1), JUNE, JULY))
    ash = a_service(session, name="Ash", provider="Newport Care Limited", edition=may)
    was_called(session, ash.provider, june, july, "Harbourside Limited")
    a_service(session, name="Beech", provider="Newport Homes Limited", edition=may)
    assert found(session, as_at="2026-06-15", q="harbourside") == ["Ash"]
    assert found(session, as_at="2026-06-15", q="newport") == ["Beech"]
    assert found(session, as_at="2026-07-01", q="newport") == found(session, q="newport") == ["Ash", "Beech"]
    assert found(session, as_at="2026-07-01", q="harbourside") == []
    # Nothing held tells what it was called before June, so it is called as it is now.
    assert found(session, as_at="2026-05-15", q="newport") == ["Ash", "Beech"]
    then = ServiceSearch(as_at=date(2026, 6, 15))
    names = ["Harbourside Limited", "Newport Homes Limited"]
    assert [one.provider for one in find_page(then, scope(session)).rows] == names
    assert [one.provider for some in find_all(then, scope(session)) for one in some] == names


def test_a_service_that_closed_later_is_open_as_at_the_day_before(session: Database) -> None:
    service = a_service(session, name="Ash", edition=an_edition(session, JUNE))
    change(session, service, ended_on=JULY)
    assert found(session, as_at="2026-06-30") == ["Ash"]
    assert found(session, as_at="2026-07-01") == []
