"""The page of a service: what it was on a day, its ratings over time, and the council's judgement beside them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quality.core.clock import today
from quality.cqc import RatingWord
from tests.builders.register import change
from tests.builders.services import a_service
from tests.builders.through_time import (
    GOOD,
    a_story,
    editions_of,
    rates,
)
from tests.databases import Database
from tests.pages import CheckedClient
from tests.services.service_page import LAST_DAY, facts, page


def test_the_page_has_the_facts_that_cqc_gives(session: Database, officer: CheckedClient) -> None:
    service = a_story(session).service
    officer.get(page(service))
    found = facts(officer)
    assert found["Provider"] == "Larkfield Care Limited"
    assert found["Beds"] == "42"
    assert found["Registered"] == "Since 1 April 2019"
    assert found["Service types"] == "Care home service with nursing"
    assert found["Specialisms"] == "Dementia Physical disabilities"
    assert found["Phone"] == "01234 567890"
    assert officer.page.find("a", href="http://www.larkfield.example") is not None
    assert officer.page.find("a", href=f"/providers/{service.provider.cqc_id}") is not None
    assert "CQC’s files have said this since the one as at 1 May 2022." in officer.words


@pytest.mark.parametrize(
    ("website", "address"),
    [
        ("https://larkfield.example/home", "https://larkfield.example/home"),
        ("larkfield.example", "http://larkfield.example"),
        ("javascript:alert(1)", None),
        ("none given", None),
    ],
)
def test_only_a_web_address_becomes_a_link(
    session: Database, officer: CheckedClient, website: str, address: str | None
) -> None:
    service = a_service(session, website=website)
    officer.get(page(service))
    link = officer.page.find("a", string=website)
    assert (link["href"] if link else None) == address
    assert website in officer.words


def test_as_at_a_past_day_the_page_shows_what_was_known_then_and_says_so(
    session: Database, officer: CheckedClient
) -> None:
    service = a_story(session).service
    officer.get(page(service, "2020-02-03"))
    words = officer.words
    assert "This page shows 3 February 2020." in words
    assert facts(officer)["Beds"] == "38"
    assert officer.page.h1 is not None
    assert officer.page.h1.get_text() == "Larkfield Rest Home"
    assert "Good overall, published on 12 November 2015: 4 years and 2 months before that day." in words
    assert "01_May_2019.ods" in words
    assert "Inadequate on" not in words
    assert "2022" not in words.split("CQC’s ratings over time")[1]
    officer.get(page(service))
    assert "This page shows" not in officer.words


def test_the_day_is_asked_for_in_three_boxes_and_becomes_an_address(
    session: Database, officer: CheckedClient
) -> None:
    service = a_story(session).service
    answer = officer.get(f"{page(service)}?as_at-day=3&as_at-month=2&as_at-year=2020")
    assert answer.status_code == 302
    assert answer.headers["Location"] == page(service, "2020-02-03")
    officer.get(page(service, "2020-02-03"))
    boxes = [officer.page.find(id=f"as_at-{part}") for part in ("day", "month", "year")]
    assert [box["value"] for box in boxes if box] == ["3", "2", "2020"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            "as_at=2010-01-01",
            "Nothing of CQC’s is held here for 1 January 2010. CQC’s files held here begin on",
        ),
        (
            "as_at=2018-01-01",
            "in none of CQC’s files that are held here up to 1 January 2018. Choose 1 May 2019",
        ),
        ("as_at=2026-02-30", "As at must be a real date, like 27 3 2026"),
        ("as_at=yesterday", "As at must include a month and a year"),
        ("as_at=%00", "Enter a day, like 27 3 2026"),
        ("as_at-day=&as_at-month=&as_at-year=", "Enter a day, like 27 3 2026"),
        ("as_at-day=1&as_at-month=&as_at-year=2020", "As at must include a month"),
    ],
)
def test_a_day_that_cannot_be_shown_says_why_and_which_can(
    session: Database, officer: CheckedClient, asked: str, sentence: str
) -> None:
    service = a_story(session).service
    assert officer.get(f"{page(service)}?{asked}").status_code == 422
    assert sentence in officer.words
    assert "Below is Larkfield House as it is now." in officer.words
    assert officer.page.title is not None
    assert officer.page.title.get_text().startswith("Error: ")


def test_a_day_to_come_is_refused_with_the_editions_there_are(
    session: Database, officer: CheckedClient
) -> None:
    service = a_story(session).service
    assert officer.get(page(service, today() + timedelta(days=1))).status_code == 422
    assert "As at must be today or a day in the past." in officer.words
    assert (
        "CQC’s files held here begin on 1 January 2016, and the newest is as at 1 July 2024." in officer.words
    )
    assert officer.get(page(service, today())).status_code == 200


def test_a_service_that_no_file_told_of_is_shown_as_it_is_on_any_day(
    session: Database, officer: CheckedClient
) -> None:
    assert officer.get(page(a_service(session), "2020-01-01")).status_code == 200


def test_a_service_that_cqc_lists_no_longer_says_so(session: Database, officer: CheckedClient) -> None:
    before = a_story(session).before
    officer.get(page(before))
    assert "CQC’s files list this service no longer since 1 May 2019." in officer.words
    officer.get(page(before, "2018-01-01"))
    assert "no longer" not in officer.words


def test_a_service_that_lost_its_ratings_says_so(session: Database, officer: CheckedClient) -> None:
    first, second = editions_of(session, date(2020, 1, 1), LAST_DAY)
    service = a_service(session, edition=first)
    rates(session, service, GOOD, date(2019, 12, 1), first, to=second)
    officer.get(page(service))
    assert "CQC’s files that we hold give this service no rating any more." in officer.words
    assert "CQC’s ratings over time" in officer.words


def test_what_cqc_never_rated_has_no_timeline(session: Database, officer: CheckedClient) -> None:
    (first,) = editions_of(session, LAST_DAY)
    service = a_service(session, edition=first)
    rates(session, service, RatingWord.NO_PUBLISHED_RATING, None, first)
    officer.get(page(service))
    assert "Overall and every question: No published rating" in officer.words
    assert "CQC’s ratings over time" not in officer.words


def test_a_registration_that_ended_says_when(session: Database, officer: CheckedClient) -> None:
    service = a_service(session, registered_on=date(2011, 1, 20), ended_on=date(2025, 3, 31))
    officer.get(page(service))
    assert "The registration of this service ended on 31 March 2025." in officer.words
    assert facts(officer)["Registered"] == "From 20 January 2011 to 31 March 2025"


def test_a_second_registration_leads_to_the_one_that_counts(
    session: Database, officer: CheckedClient
) -> None:
    first = a_service(session)
    second = a_service(session, primary_cqc_id=first.cqc_id)
    officer.get(page(second))
    assert "This is the second registration" in officer.words
    assert officer.page.find("a", href=page(first)) is not None
    change(session, first, primary_cqc_id=first.cqc_id)
    officer.get(page(first))
    assert "second registration" not in officer.words


@pytest.mark.parametrize("is_held", [True, False])
def test_a_second_registration_counts_itself_where_the_first_is_not_registered(
    session: Database, officer: CheckedClient, is_held: bool
) -> None:
    first = a_service(session)
    second = a_service(session, primary_cqc_id=first.cqc_id if is_held else "1-404404")
    change(session, first, ended_on=date(2025, 3, 31))
    officer.get(page(second))
    assert f"The registration {second.primary_cqc_id} would count, but" in officer.words
    assert "it is not in force, so this one counts." in officer.words
    assert officer.page.find("a", href=page(first)) is None


def test_a_dormant_service_says_so(session: Database, officer: CheckedClient) -> None:
    officer.get(page(a_service(session, is_dormant=True)))
    assert facts(officer)["Dormant"].startswith("Yes")
