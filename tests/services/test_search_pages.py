"""The search for services as people see it, and as a file."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from quality.cqc import RatingWord
from tests.builders.people import a_council
from tests.builders.register import (
    HOMECARE,
    NURSING,
    a_rating,
    an_edition,
    change,
    contracted,
    told,
)
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient

EVERYTHING = {
    "q": "orchard",
    "area": "Southmere",
    "district": "ZZ1",
    "type": "care-home",
    "rating": "inadequate",
    "age": "over-3",
    "specialism": "Dementia",
    "contracted": "yes",
    "all_sectors": "y",
    "closed": "y",
    "second": "y",
    "sort": "worst",
    "as_at": "2026-06-30",
}


def rows_of(browser: CheckedClient, address: str) -> list[dict[str, str]]:
    """The rows of a file by heading."""
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_services_of_the_own_council_are_listed_and_counted(
    session: Database, officer: CheckedClient
) -> None:
    service = a_service(session, name="Orchard House")
    told(session, service, [NURSING, HOMECARE])
    a_rating(session, service, RatingWord.OUTSTANDING, an_edition(session, date(2026, 7, 1)))
    a_service(session, a_council(session, "Southmere", "SMR"), name="Orchard View")
    officer.get("/services")
    assert "1 adult social care service in Northmere" in officer.words
    assert f"Orchard House {NURSING}, {HOMECARE}" in officer.words
    assert "Outstanding 1 Jul 2026" in officer.words
    assert "Orchard View" not in officer.words


def test_an_address_with_everything_chosen_shows_every_choice(
    session: Database, officer: CheckedClient
) -> None:
    an_edition(session, date(2026, 6, 1))
    south = a_council(session, "Southmere", "SMR")
    service = a_service(session, south, name="Orchard House")
    told(session, service, [NURSING], ["Dementia"])
    officer.get("/services", query_string=EVERYTHING)
    page = officer.page
    shown = {
        str(field["name"]): str(chosen["value"])
        for field in page.find_all("select")
        for chosen in field.find_all("option", selected=True)
    }
    shown |= {
        str(one["name"]): str(one["value"])
        for one in page.find_all("input", value=True)
        if one.get("type") in ("search", "text")
    }
    shown |= {str(one["name"]): "y" for one in page.find_all("input", checked=True)}
    boxes = {"as_at-day": "30", "as_at-month": "6", "as_at-year": "2026"}
    assert shown == {name: word for name, word in EVERYTHING.items() if name != "as_at"} | boxes
    assert "No services in Southmere match what you chose" in officer.words


def test_an_address_that_a_form_sends_becomes_one_with_only_what_is_not_usual(officer: CheckedClient) -> None:
    empty = dict.fromkeys(EVERYTHING, "") | {"sort": "name"}
    answer = officer.get("/services", query_string={**empty, "rating": "good", "q": "a b"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/services?q=a+b&rating=good")
    answer = officer.get("/services", query_string={"area": "Northmere"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/services")
    assert officer.get("/services", query_string=EVERYTHING | {"area": "england"}).status_code == 200


def test_a_search_that_finds_nothing_says_what_to_loosen(session: Database, officer: CheckedClient) -> None:
    an_edition(session, date(2026, 7, 1))
    a_service(session, a_council(session, "Southmere", "SMR"), name="Orchard View")
    officer.get("/services?q=orchard&type=homecare&closed=y")
    assert "No adult social care services in Northmere match what you chose" in officer.words
    links = {link.get_text(): str(link["href"]) for link in officer.page.select("main li a")}
    assert links["look without Homecare"] == "/services?q=orchard&closed=y"
    assert links["look without “orchard”"] == "/services?type=homecare&closed=y"
    assert "look without Closed services too" not in links
    assert "include closed services" not in links
    officer.get(links["search all England"])
    officer.get("/services?q=orchard&area=england")
    assert "Orchard View" in officer.words
    assert "Southmere" in officer.words


def test_a_service_rated_by_service_is_listed_so(session: Database, officer: CheckedClient) -> None:
    service, edition = a_service(session), an_edition(session, date(2026, 7, 1))
    a_rating(session, service, RatingWord.NOT_RATED, edition, published_on=None)
    a_rating(session, service, RatingWord.GOOD, edition, service_group="Homecare")
    officer.get("/services?rating=by-service")
    assert "Rated by service Homecare: Good 1 Jul 2026" in officer.words


def test_an_empty_register_says_where_services_come_from(officer: CheckedClient) -> None:
    officer.get("/services")
    assert "No services are held yet" in officer.words
    assert "flask cqc load" in officer.words


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/services?district=Chelmsford", "district"),
        ("/services?as_at=soon", "as_at"),
        ("/services?area=Nowhere", "area"),
    ],
)
def test_no_list_is_shown_for_a_filter_that_cannot_be_read(
    session: Database, officer: CheckedClient, address: str, field: str
) -> None:
    a_service(session, name="Orchard House")
    officer.get(address)
    assert "There is a problem" in officer.words
    assert "Orchard House" not in officer.words
    assert officer.page.find(id=f"{field}-error") is not None
    answer = officer.get(address.replace("/services", "/services.csv"))
    assert (answer.status_code, answer.headers["Location"]) == (302, address)


def test_second_registrations_are_left_out_and_said_so(session: Database, officer: CheckedClient) -> None:
    first = a_service(session, name="Orchard House")
    a_service(session, name="Orchard House, again", primary_cqc_id=first.cqc_id)
    officer.get("/services")
    assert "1 adult social care service in Northmere" in officer.words
    assert "1 second registration of a place by another provider is left out." in officer.words
    link = officer.page.find("a", string="Include it")
    assert link is not None
    officer.get(str(link["href"]))
    assert "2 adult social care services in Northmere" in officer.words
    assert f"Second registration of {first.cqc_id}" in officer.words


def test_a_file_names_the_first_registration_only_where_that_one_counts(
    session: Database, officer: CheckedClient
) -> None:
    first = a_service(session, name="Ash")
    a_service(session, name="Ash again", primary_cqc_id=first.cqc_id)
    a_service(session, name="Beech", primary_cqc_id="1-404404")
    heading = "Second registration of CQC location ID"
    rows = [(row["Service"], row[heading]) for row in rows_of(officer, "/services.csv?second=y")]
    assert rows == [("Ash", ""), ("Ash again", first.cqc_id), ("Beech", "")]
    assert [row["Service"] for row in rows_of(officer, "/services.csv")] == ["Ash", "Beech"]


def test_a_type_told_by_category_alone_is_said(session: Database, officer: CheckedClient) -> None:
    a_service(session, name="Orchard House")
    officer.get("/services?type=care-home-nursing")
    assert "All of them is found by CQC’s primary category" in officer.words


def test_closed_and_contracted_services_are_marked(session: Database, officer: CheckedClient) -> None:
    gone, ended = a_service(session, name="Ash"), a_service(session, name="Beech")
    change(session, gone, held_to=date(2026, 7, 1))
    change(session, ended, ended_on=date(2026, 6, 1))
    contracted(session, ended, a_council(session).id)
    officer.get("/services?closed=y")
    assert "Not in CQC’s list since 1 Jul 2026" in officer.words
    assert "Contracted by us Registration ended 1 Jun 2026" in officer.words


def test_the_list_takes_as_many_queries_for_many_services_as_for_few(
    session: Database, officer: CheckedClient
) -> None:
    edition = an_edition(session, date(2026, 7, 1))

    def more(times: int) -> None:
        for _ in range(times):
            service = a_service(session)
            told(session, service, [NURSING], ["Dementia"])
            a_rating(session, service, RatingWord.GOOD, edition)

    for address in ("/services", "/services?sort=worst&type=care-home&as_at=2026-07-02", "/services.csv"):
        more(2)
        officer.get(address)
        few = len(officer.statements)
        more(9)
        officer.get(address)
        assert len(officer.statements) == few


def test_more_services_than_a_page_are_leafed_through(session: Database, officer: CheckedClient) -> None:
    an_edition(session, date(2026, 7, 1))
    for number in range(26):
        a_service(session, name=f"Home {number:02}")
    officer.get("/services?q=home&sort=worst")
    assert "1 to 25 of 26, by rating, the worst first" in officer.words
    following = officer.page.find("a", rel="next")
    assert following is not None
    officer.get(str(following["href"]))
    assert "26 to 26 of 26" in officer.words
    assert "Home 25" in officer.words
    officer.get("/services?page=999999999999999999999")
    assert "There are no more services here." in officer.words


def test_a_file_has_all_that_the_same_address_finds(session: Database, officer: CheckedClient) -> None:
    edition = an_edition(session, date(2026, 7, 1))
    service = a_service(session, name='=HYPERLINK("x")', beds=24, registered_on=date(2011, 1, 5))
    told(session, service, [NURSING, HOMECARE])
    contracted(session, service, a_council(session).id)
    a_rating(session, service, RatingWord.NOT_RATED, edition, published_on=None)
    a_rating(session, service, RatingWord.GOOD, edition, service_group="Homecare")
    good = a_service(session, name="Ash")
    a_rating(session, good, RatingWord.REQUIRES_IMPROVEMENT, edition)
    for number in range(30):
        a_service(session, name=f"Home {number:02}")
    rows = rows_of(officer, "/services.csv?as_at=2199-01-01".replace("?as_at=2199-01-01", ""))
    assert len(rows) == 32
    first = rows[0]
    assert first["Service"] == '\'=HYPERLINK("x")'
    assert first["Service types"] == f"{NURSING}; {HOMECARE}"
    assert (first["Beds"], first["Registered on"]) == ("24", "2011-01-05")
    assert (first["CQC overall rating"], first["CQC overall rating (code)"]) == (
        "Rated by service",
        "by_service",
    )
    assert first["CQC ratings by service"] == "Homecare: Good (2026-07-01)"
    assert first["Contracted by Northmere"] == "Yes"
    assert rows[1]["CQC overall rating (code)"] == "requires_improvement"
    assert rows[1]["Rating published on"] == "2026-07-01"
    assert rows[2]["CQC overall rating"] == "No rating held"


def test_a_file_s_name_says_what_was_chosen_and_the_day(session: Database, officer: CheckedClient) -> None:
    a_service(session)
    officer.get("/services?rating=inadequate&as_at=2026-06-30&q=Ash")
    answer = officer.get("/services.csv?rating=inadequate&as_at=2026-06-30&q=Ash")
    name = "services-northmere-ash-rating-inadequate-as-at-2026-06-30.csv"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.headers["Cache-Control"] == "no-store"
