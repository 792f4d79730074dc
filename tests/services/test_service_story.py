"""What the page of a service tells of its ratings over time, and of what stands beside them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from quality.people.permissions import Role
from tests.builders.people import a_person
from tests.builders.register import a_rating
from tests.builders.services import a_service
from tests.builders.through_time import (
    GOOD,
    POOR,
    a_place_rated_by_service,
    a_story,
    editions_of,
    rates,
)
from tests.databases import Database
from tests.pages import CheckedClient
from tests.services.service_page import LAST_DAY, SignIn, page


def test_the_chart_has_a_name_a_description_and_the_same_facts_as_the_table(
    session: Database, officer: CheckedClient
) -> None:
    service = a_story(session).service
    officer.get(page(service))
    drawing = officer.page.find("svg")
    assert drawing is not None
    named = [officer.page.find(id=one) for one in str(drawing["aria-labelledby"]).split()]
    assert [one.name for one in named if one] == ["title", "desc"]
    assert "Inadequate on 5 April 2022" in str(named[1])
    rows = " ".join(one.get_text(" ") for one in officer.page.select(".house-over-time th[scope=row]"))
    assert all(day in rows for day in ("12 Nov 2015", "5 Apr 2022", "5 Jun 2024"))
    shapes = {mark["d"] for mark in drawing.select(".house-chart__mark--good")}
    others = {mark["d"] for mark in drawing.select(".house-chart__mark--inadequate")}
    assert len(shapes) == len(others) == 1
    assert shapes.isdisjoint(others)


def test_breaks_stand_in_words_and_lead_from_the_table(session: Database, officer: CheckedClient) -> None:
    officer.get(page(a_story(session).service))
    words = officer.words
    assert (
        "Another registration , 1 April 2019. Since 1 April 2019 this is a registration of its own." in words
    )
    assert "Compare with caution , between 5 April 2022 and 5 June 2024." in words
    for number in ("1", "2", "3"):
        assert officer.page.find("a", href=f"#break-{number}") is not None
        assert officer.page.find(id=f"break-{number}") is not None


def test_the_registration_before_is_named_and_led_to(session: Database, officer: CheckedClient) -> None:
    story = a_story(session)
    officer.get(page(story.service))
    assert "Before and after this registration" in officer.words
    assert officer.page.find("a", href=page(story.before)) is not None
    officer.get(page(story.before, "2016-02-01"))
    assert "Before and after" not in officer.words


def test_a_place_rated_by_service_says_it_once(session: Database, officer: CheckedClient) -> None:
    officer.get(page(a_place_rated_by_service(session)))
    words = officer.words
    assert "CQC rates each kind of service here by itself, and not the place as a whole." in words
    assert "Overall and every question: Not rated" in words
    assert "Not comparable , between 8 August 2018 and 20 June 2024." in words


def test_a_place_with_one_kind_of_service_is_told_once(session: Database, officer: CheckedClient) -> None:
    (edition,) = editions_of(session, LAST_DAY)
    service = a_service(session, edition=edition)
    for group in ("Overall", "Care Homes"):
        rates(session, service, GOOD, date(2019, 12, 1), edition, service_group=group)
    officer.get(page(service))
    assert "Care Homes: the same ratings." in officer.words
    assert "Care Homes: the same ratings on the same days." in officer.words


def test_a_rating_that_cqcs_rules_would_not_give_is_flagged(
    session: Database, officer: CheckedClient
) -> None:
    (edition,) = editions_of(session, LAST_DAY)
    service = a_service(session, edition=edition)
    rates(session, service, (GOOD, POOR, POOR, GOOD, GOOD, GOOD), date(2019, 12, 1), edition)
    officer.get(page(service))
    assert "Not what CQC’s own rules would give." in officer.words


def test_ratings_stand_beside_the_councils_judgement_for_those_who_may_read_audits(
    session: Database, sign_in: SignIn
) -> None:
    service = a_story(session).service
    officer = sign_in(a_person(session))
    officer.get(page(service))
    assert "The council has issued no report about Larkfield House yet" in officer.words
    administrator = sign_in(a_person(session, Role.ADMINISTRATOR))
    administrator.get(page(service))
    assert "The council’s judgement" not in administrator.words


def test_no_audit_can_be_planned_for_the_past(session: Database, officer: CheckedClient) -> None:
    service = a_story(session).service
    officer.get(page(service))
    assert "Plan an audit" in officer.words
    officer.get(page(service, "2020-01-01"))
    assert "Plan an audit" not in officer.words


@pytest.mark.parametrize("day", ["", "2025-06-01"])
def test_the_page_takes_as_many_queries_for_a_long_story_as_for_a_short_one(
    session: Database, officer: CheckedClient, day: str
) -> None:
    service = a_story(session).service
    for _ in range(2):
        officer.get(page(service, day))
    few = len(officer.statements)
    days = [LAST_DAY + timedelta(days=20 * n) for n in range(1, 12)]
    editions = editions_of(session, *days)
    for number, (one, following) in enumerate(pairwise(editions)):
        group = f"Service {number}"
        a_rating(session, service, POOR, one, following, service_group=group, published_on=one.as_at)
    officer.get(page(service, day))
    assert len(officer.statements) == few, officer.statements
    assert few <= 14, officer.statements
