"""An edition that is loaded after a later one of another kind, or after one that speaks only of what it lists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from quality.ratings.models import Rating
from quality.services.models import ServiceVersion
from tests.builders.cqc_replies import a_location_reply, assessed
from tests.builders.loaded_replies import load
from tests.builders.registers import BROOK_END, LARKFIELD, load_deactivated, load_register, load_rows
from tests.databases import Database
from tests.editions.test_registers import APRIL, FEBRUARY, JANUARY, MARCH, names_on, service


def test_a_late_sync_holds_on_over_a_later_one_that_did_not_fetch_the_service(session: Database) -> None:
    load(JANUARY, [a_location_reply(), a_location_reply("1-900000002")])
    load(MARCH, [a_location_reply("1-900000002", name="Larch Court")])
    load(FEBRUARY, [a_location_reply(name="Larch Lodge")])
    assert [names_on(session, day) for day in (JANUARY, FEBRUARY, MARCH)] == [
        ["Larch House 001"],
        ["Larch Lodge"],
        ["Larch Lodge"],
    ]


def test_a_later_register_counts_again_after_a_late_sync(session: Database) -> None:
    load_register(JANUARY, LARKFIELD, BROOK_END)
    load_register(MARCH, LARKFIELD, BROOK_END)
    load(FEBRUARY, [a_location_reply(name="Larch Lodge")])
    assert [names_on(session, day) for day in (JANUARY, FEBRUARY, MARCH)] == [
        ["Larkfield House"],
        ["Larch Lodge"],
        ["Larkfield House"],
    ]
    assert service().name == "Larkfield House"


def test_a_late_list_of_ended_registrations_is_not_taken_back_by_the_next_list(session: Database) -> None:
    load_register(JANUARY, LARKFIELD, BROOK_END)
    load_deactivated(MARCH, BROOK_END, ended="15/03/2025")
    load_deactivated(FEBRUARY, LARKFIELD, ended="15/02/2025")
    assert (service().ended_on, service().is_registered) == (date(2025, 2, 15), False)


def test_a_register_that_lists_a_service_again_reopens_it_whenever_its_end_is_loaded(
    session: Database,
) -> None:
    load_register(JANUARY, LARKFIELD, BROOK_END)
    load_register(MARCH, LARKFIELD, BROOK_END)
    load_deactivated(FEBRUARY, LARKFIELD, ended="15/02/2025")
    assert (service().ended_on, service().is_registered) == (None, True)
    ended = select(ServiceVersion.ended_on).where(ServiceVersion.holds(FEBRUARY))
    assert session.scalars(ended.where(ServiceVersion.service_id == service().id)).all() == [
        date(2025, 2, 15)
    ]


def test_a_service_that_latest_ratings_do_not_list_stays_in_any_order(session: Database) -> None:
    home = {"Location Name": "Larkfield House"}
    for month, listed in ((APRIL, True), (JANUARY, True), (MARCH, False), (FEBRUARY, True)):
        other = {"Location ID": "1-900000002", "Location City": f"{month:%B}"}
        load_rows([other, *([home] if listed else [])], as_at=month)
    assert [names_on(session, day) for day in (JANUARY, FEBRUARY, MARCH, APRIL)] == [["Larkfield House"]] * 4
    assert service().is_registered


@pytest.mark.parametrize("is_file_late", [True, False])
def test_scores_belong_to_a_published_rating_whichever_edition_is_loaded_first(
    session: Database, is_file_late: bool
) -> None:
    group = {"Service / Population Group": "Residential homes", "Domain": "Safe"}
    row = {**group, "Publication Date": "01/07/2024", "Location Name": "Larch House 001"}
    reply = a_location_reply(assessment=[assessed("Residential homes", "Good", "2024-07-01")])
    if is_file_late:
        load(MARCH, [reply])
        load_rows([row], as_at=JANUARY)
    else:
        load_rows([row], as_at=MARCH)
        load(JANUARY, [reply])
    told = select(Rating.framework_code, Rating.percentage, Rating.statements).where(
        Rating.service_group == "Residential homes", Rating.domain == "Safe"
    )
    for day in (JANUARY, MARCH):
        assert session.execute(told.where(Rating.holds(day))).all() == [
            ("cqc-saf-2023", Decimal(75), [["Learning culture", 3]])
        ]
