"""The pages of figures over a market of a test's own, or none."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders.registers import load_register, load_rows
from tests.market.figures.test_rules import home, registered
from tests.market.views.conftest import FIRST, LAST
from tests.pages import CheckedClient

PAGES = ("areas", "trend", "movements", "neighbourhoods")
DAY = "?as_at=2026-06-30"


def test_more_that_moved_than_a_page_holds_are_on_further_pages(browser: CheckedClient) -> None:
    load_rows([home(number) for number in range(1, 41)], as_at=FIRST)
    load_rows([home(number, Latest_Rating="Inadequate") for number in range(1, 41)], as_at=LAST)
    path = f"/market/movements/Northmere{DAY}&since=2025-06-30"
    found: list[str] = []
    for number in (1, 2):
        browser.get(f"{path}&page={number}")
        found += [one.get_text() for one in browser.page.select("table:has(#moved-services) tbody th a")]
    assert sorted(found) == sorted(f"Invented House {number}" for number in range(1, 41))
    browser.get(path)
    assert browser.page.select_one("a[rel=next]") is not None
    assert browser.get(f"{path}&change=down").status_code == 200
    assert browser.get(f"{path}&change=sideways").status_code == 422


def test_a_comparison_that_is_refused_says_why_in_place_of_the_change(browser: CheckedClient) -> None:
    load_rows([home(1), home(2, Latest_Rating="Inadequate")], as_at=FIRST)
    load_register(date(2026, 1, 31), *(registered(number) for number in (1, 2, 3)))
    load_rows([home(1), home(2, Publication_Date="02/03/2026")], as_at=LAST)
    asked = f"{DAY}&since=2025-06-30&rule=unrated-counted/1"
    browser.get(f"/market/movements/Northmere{asked}")
    assert (
        "The shares of these two days are not compared. By this rule services without a rating"
        in browser.words
    )
    assert "The share went from" not in browser.words
    assert browser.page.find(id="explained") is None
    assert "Of the 2 services that counted on both days" in browser.words
    assert browser.get(f"/market/charts/changes/Northmere.svg{asked}").status_code == 404
    browser.get(f"/market/trend/Northmere{DAY}&rule=unrated-counted/1")
    assert "Not comparable" in browser.words


@pytest.mark.parametrize("page", PAGES)
def test_before_the_first_file_the_page_says_what_to_do(browser: CheckedClient, page: str) -> None:
    assert browser.get(f"/market/{page}/Northmere").status_code == 200
    assert "flask cqc load" in browser.words
    assert browser.get("/market").status_code == 302
