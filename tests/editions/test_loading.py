"""Loading an edition: what is stored, what is merged or set aside, and what a later or earlier edition changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from quality.core.clock import today
from quality.core.database import db
from quality.cqc import CqcFileError, RatingWord
from quality.editions.loading import load_file
from quality.editions.result import LoadResult
from quality.history.kinds import Kind
from quality.history.models import NATIONAL, Event
from quality.history.queries import verify
from quality.ratings.contents import TWO_RATINGS
from quality.ratings.models import Rating
from quality.services.models import Edition, LocalAuthority, Provider, Service
from quality.services.operations import add_council
from quality.services.queries import find_service
from quality.services.told import NO_AUTHORITY
from tests.builders.cqc_files import BROOK_END, LARKFIELD, latest_ratings_rows, write_csv
from tests.builders.people import a_person
from tests.builders.registers import load_rows
from tests.databases import Database

ID = "1-900000001"
EARLY, LATE = date(2025, 1, 31), date(2026, 1, 31)


def adds_up(result: LoadResult) -> bool:
    """Every row read is stored, merged or set aside, and every stored one is new, changed or as before."""
    left_out = result.merged + sum(result.set_aside.values())
    kinds = result.effects["new"] + result.effects["changed"] + result.effects["unchanged"]
    return result.rows_read == result.stored + left_out and result.stored == kinds


def larkfield() -> Service:
    """Larkfield House as it is held."""
    service = find_service(ID)
    assert service is not None
    return service


def ratings_of(cqc_id: str = ID) -> list[tuple[str, str, str, int, int | None]]:
    """Group, domain, word, first and last edition of a service's ratings, oldest first."""
    columns = (
        Rating.service_group,
        Rating.domain,
        Rating.word,
        Rating.from_edition_id,
        Rating.to_edition_id,
    )
    rows = select(*columns).join(Service).where(Service.cqc_id == cqc_id).order_by(Rating.id)
    return [
        (group, domain, word.value, first, last)
        for group, domain, word, first, last in db.session.execute(rows)
    ]


def test_a_file_becomes_an_edition_with_services_providers_authorities_and_ratings(
    session: Database, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "01_January_2026_Latest_ratings.csv", latest_ratings_rows())
    by = a_person(session)
    result = load_file(path, by=by)
    edition = result.edition
    assert edition is not None
    assert (edition.file_name, edition.as_at, edition.loaded_by_id) == (path.name, date(2026, 1, 1), by.id)
    assert (
        result.rows_read,
        result.stored,
        result.effects["new"],
        result.effects["services"],
        result.effects["providers"],
    ) == (
        12,
        12,
        12,
        2,
        2,
    )
    assert adds_up(result)
    service = larkfield()
    assert (service.name, service.provider.name, service.local_authority.name) == (
        "Larkfield House",
        "Larkfield Care Limited",
        "Northmere",
    )
    assert service.is_care_home is True
    assert service.address == "4 Orchard Lane, Northmere, ZZ1 1AA"
    assert service.local_authority.region == "East of England"
    assert service.from_edition_id == edition.id
    rating = session.scalars(
        select(Rating).where(Rating.service_id == service.id, Rating.domain == "Safe")
    ).one()
    assert (rating.word, rating.published_text, rating.published_on) == (
        RatingWord.GOOD,
        "Good",
        date(2020, 3, 14),
    )
    assert (rating.inherited, rating.report_type, rating.from_edition_id) == (False, "Location", edition.id)


def test_a_load_leaves_one_event_in_the_national_chain(session: Database) -> None:
    before = session.scalar(select(func.count(Event.id)).where(Event.council == NATIONAL))
    load_rows([LARKFIELD])
    events = session.scalars(select(Event).where(Event.council == NATIONAL).order_by(Event.id)).all()
    assert len(events) > (before or 0)
    assert events[-1].kind == "edition_loaded"
    assert "256" in (events[-1].details or "")
    assert verify(NATIONAL).fault is None


def test_the_same_bytes_are_known_without_being_told_their_day_again(
    session: Database, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "ratings.csv", latest_ratings_rows())
    first = load_file(path, as_at=EARLY)
    again = load_file(path)
    assert again.already_loaded
    assert again.edition is first.edition


def test_the_same_bytes_again_change_nothing(session: Database) -> None:
    first = load_rows([LARKFIELD, BROOK_END])
    again = load_rows([LARKFIELD, BROOK_END], name="another_name.csv")
    assert again.already_loaded
    assert again.edition == first.edition
    assert session.scalar(select(func.count(Edition.id))) == 1
    assert session.scalar(select(func.count(Rating.id))) == 2


def test_a_dry_run_counts_everything_and_stores_nothing(session: Database) -> None:
    result = load_rows([LARKFIELD, BROOK_END], dry_run=True)
    assert (result.edition, result.stored, result.effects["new"], result.effects["services"]) == (
        None,
        2,
        2,
        2,
    )
    for table in (Edition, Service, Provider, LocalAuthority, Rating):
        assert session.scalar(select(func.count()).select_from(table)) == 0, table
    assert session.scalars(select(Event.kind)).all() == [Kind.RATING_FRAMEWORKS_SEEDED]


def test_of_two_rows_for_the_same_thing_the_newest_is_stored(session: Database) -> None:
    result = load_rows(
        [
            {"Latest Rating": "Good", "Publication Date": "01/02/2018"},
            {"Latest Rating": "Outstanding", "Publication Date": "01/02/2020"},
            {"Latest Rating": "Inadequate", "Publication Date": ""},
        ]
    )
    assert (result.stored, result.merged, result.set_aside) == (1, 2, {})
    assert [word for _, _, word, _, _ in ratings_of()] == ["outstanding"]


def test_rows_that_say_the_same_thing_twice_are_merged(session: Database) -> None:
    result = load_rows([LARKFIELD, LARKFIELD, LARKFIELD])
    assert (result.rows_read, result.stored, result.merged) == (3, 1, 2)


def test_two_ratings_of_one_date_are_both_set_aside_with_a_warning(session: Database) -> None:
    result = load_rows([LARKFIELD, {**LARKFIELD, "Latest Rating": "Inadequate"}, BROOK_END])
    assert (result.stored, result.merged, result.set_aside) == (1, 0, {TWO_RATINGS: 2})
    assert adds_up(result)
    assert ratings_of() == []
    assert "Rows 2 and 3 give 1-900000001 different ratings of the same date" in result.warnings[-1]


def test_a_newer_row_settles_two_ratings_of_one_date(session: Database) -> None:
    newest = {"Latest Rating": "Good", "Publication Date": "01/02/2024"}
    result = load_rows([LARKFIELD, {"Latest Rating": "Inadequate"}, newest])
    assert (result.stored, result.merged, result.set_aside) == (1, 2, {})


def test_what_one_row_leaves_blank_another_row_of_the_service_gives(session: Database) -> None:
    rows = [{"Location Address Line 2": ""}, {"Domain": "Safe", "Location Address Line 2": "The Broadway"}]
    result = load_rows(rows)
    assert larkfield().address_2 == "The Broadway"
    assert result.warnings == []


def test_an_address_spelt_in_two_ways_is_kept_as_it_came_first_with_a_warning(session: Database) -> None:
    result = load_rows([{"Location City": "Northmere"}, {"Domain": "Safe", "Location City": "NORTHMERE"}])
    assert larkfield().town == "Northmere"
    assert '"Location City" differs between the rows of 1 service' in result.warnings[-1]


@pytest.mark.parametrize(
    ("heading", "other", "about"),
    [
        ("Location Name", "Larkfield Lodge", "the service 1-900000001"),
        ("Provider ID", "1-800000002", "the service 1-900000001"),
        ("Location Local Authority", "Southmere", "the service 1-900000001"),
        ("Care Home?", "N", "the service 1-900000001"),
        ("Provider Name", "Larkfield Homes Limited", "the service 1-900000001"),
    ],
)
def test_two_rows_that_disagree_about_a_service_are_both_named(
    session: Database, heading: str, other: str, about: str
) -> None:
    with pytest.raises(CqcFileError) as error:
        load_rows([BROOK_END, LARKFIELD, {"Domain": "Safe", heading: other}])
    assert f"Rows 3 and 4 disagree about {about}" in error.value.sentence
    assert f'"{heading}"' in error.value.sentence
    assert f'"{other}"' in error.value.sentence


def test_two_services_that_disagree_about_their_provider_are_both_named(session: Database) -> None:
    other = {**BROOK_END, "Provider ID": "1-800000001"}
    with pytest.raises(CqcFileError) as error:
        load_rows([LARKFIELD, {"Domain": "Safe"}, other])
    assert error.value.sentence.startswith("Rows 2 and 4 disagree about the provider 1-800000001")


def test_a_value_that_no_field_has_room_for_is_refused_with_its_row(session: Database) -> None:
    with pytest.raises(CqcFileError) as error:
        load_rows([BROOK_END, {"Location Post Code": "ZZ1 1AA or ZZ1 1AB"}])
    assert error.value.sentence == (
        'In row 3, "Location Post Code" is "ZZ1 1AA or ZZ1 1AB", and there is room for 10 characters.'
    )


def test_rows_without_a_local_authority_are_set_aside(session: Database) -> None:
    result = load_rows([LARKFIELD, {**BROOK_END, "Location Local Authority": ""}])
    assert result.set_aside == {NO_AUTHORITY: 1}
    assert adds_up(result)
    assert find_service("1-900000002") is None


def test_a_file_that_does_not_say_its_day_asks_for_it(session: Database, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "lincolnshire.csv", latest_ratings_rows())
    with pytest.raises(CqcFileError, match="give the day with --as-at"):
        load_file(path)


def test_a_council_that_works_here_keeps_its_code_when_a_file_names_it(session: Database) -> None:
    council = add_council("Northmere", "NMR")
    load_rows([LARKFIELD])
    assert larkfield().local_authority is council
    assert (council.council_code, council.region) == ("NMR", "East of England")


def test_a_councils_region_is_that_of_most_of_its_services(session: Database) -> None:
    services = [{**LARKFIELD, "Location ID": f"1-90000001{number}"} for number in range(3)]
    load_rows([{**services[0], "Location Region": "Unspecified"}, *services[1:]])
    assert session.scalars(select(LocalAuthority.region)).one() == "East of England"


def test_the_day_a_person_gives_is_the_editions(session: Database) -> None:
    result = load_rows([LARKFIELD], as_at=today())
    assert result.as_at == today()
