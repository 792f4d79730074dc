"""The search as at a day: how the day is asked for, and what is said of one that cannot be shown."""

from __future__ import annotations

from datetime import date

import pytest

from quality.services.as_at_form import BOXES
from tests.builders.register import an_edition
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient


def test_a_day_before_everything_that_was_loaded_is_told_so(
    session: Database, officer: CheckedClient
) -> None:
    a_service(session, name="Orchard House", edition=an_edition(session, date(2026, 7, 1)))
    officer.get("/services?as_at=2020-01-01&q=orchard")
    assert "Nothing is held as at 1 January 2020" in officer.words
    link = officer.page.find("a", string="Look as at that day")
    assert link is not None
    officer.get(str(link["href"]))
    service = officer.page.find("a", string="Orchard House")
    assert service is not None
    assert str(service["href"]).endswith("?as_at=2026-07-01")
    assert officer.get(str(service["href"])).status_code == 200


@pytest.mark.parametrize("typed", ["2024-03-31", "31/3/2024", "31 03 2024", "31.3.2024"])
def test_a_day_is_read_however_the_address_has_it(officer: CheckedClient, typed: str) -> None:
    officer.get("/services", query_string={"as_at": typed})
    assert "As at 31 Mar 2024" in officer.words
    assert [officer.page.select_one(f"#{box}")["value"] for box in BOXES] == ["31", "3", "2024"]  # type: ignore[index]


def test_the_day_that_three_boxes_ask_for_becomes_part_of_the_address(officer: CheckedClient) -> None:
    boxes = dict(zip(BOXES, ("31", "3", "2024"), strict=True))
    answer = officer.get("/services", query_string={"q": "ash", **boxes})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/services?q=ash&as_at=2024-03-31")
    answer = officer.get("/services", query_string={"q": "ash", **dict.fromkeys(BOXES, "")})
    assert answer.headers["Location"] == "/services?q=ash"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("as_at=soon", "As at must include a month and a year"),
        ("as_at=2026-02-30", "As at must be a real date, like 27 3 2026"),
        ("as_at=0000-01-01", "As at must include a year"),
        ("as_at-day=1&as_at-month=&as_at-year=2020", "As at must include a month"),
        (
            "as_at=2199-01-01",
            "As at must be today or a day in the past. None of CQC’s files were loaded yet.",
        ),
    ],
)
def test_a_day_that_cannot_be_searched_says_why_beside_its_boxes(
    officer: CheckedClient, asked: str, sentence: str
) -> None:
    officer.get(f"/services?{asked}")
    beside = officer.page.find(id="as_at-error")
    assert beside is not None
    assert sentence in beside.get_text()
    link = officer.page.select_one(".govuk-error-summary a")
    assert link is not None
    assert (link["href"], link.get_text()) == ("#as_at-day", sentence)
