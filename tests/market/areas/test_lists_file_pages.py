"""The page that takes a council's lists from a file."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from quality.market.areas.lists import listed
from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.lists import a_list
from tests.builders.people import a_council, a_person
from tests.databases import Database
from tests.market.areas.test_lists_pages import hidden, sent
from tests.market.areas.test_sets import EXAMPLE
from tests.pages import CheckedClient

FILE = "/market/lists/file"


@pytest.fixture
def manager(session: Database) -> Person:
    """A manager of Essex."""
    return a_person(session, Role.MANAGER, council=a_council(session, "Essex", "ESX"))


@pytest.fixture
def browser(manager: Person, sign_in: Callable[[Person], CheckedClient]) -> CheckedClient:
    """The manager's browser."""
    return sign_in(manager)


def test_a_file_of_lists_is_checked_and_then_saved(browser: CheckedClient, manager: Person) -> None:
    file = (io.BytesIO(EXAMPLE.read_bytes()), "areas-essex.toml")
    assert browser.post(FILE, data={"file": file}).status_code == 200
    assert "5 lists in the file" in browser.words
    assert "Mid Essex Part of our area New Braintree (E07000067)" in browser.words
    assert listed(manager.local_authority_id) == []
    again = {**hidden(browser), "confirm": "y"}
    sent(browser, FILE, confirm="y")
    assert "5 lists saved" in browser.words
    browser.get(browser.post(FILE, data=again).location)
    assert "The lists are as the file says" in browser.words


def test_a_file_that_cannot_be_taken_in_is_told_by_its_line_and_stays(browser: CheckedClient) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("E07000067", "E10999999")
    file = (io.BytesIO(text.encode()), "areas.toml")
    assert browser.post(FILE, data={"file": file}).status_code == 422
    assert "areas.toml, line 12: There is no area called “E10999999”." in browser.words
    shown = browser.page.select_one("textarea[name=text]")
    assert shown is not None
    assert "E10999999" in shown.get_text()
    assert browser.post(FILE, data={"text": ""}).status_code == 422
    assert "Choose a file, or paste what it says" in browser.words
    assert browser.post(FILE, data={"text": 'council = "Essex"\nas_at = 2026-04-01'}).status_code == 422


def test_a_file_of_another_council_is_refused(browser: CheckedClient, session: Database) -> None:
    a_council(session, "Southmere", "SMR")
    text = EXAMPLE.read_text(encoding="utf-8").replace('"Essex"', '"Southmere"')
    assert browser.post(FILE, data={"text": text}).status_code == 422
    assert "whose lists are for its own team to write" in browser.words


def test_a_file_is_shown_again_when_somebody_wrote_a_list_meanwhile(
    browser: CheckedClient, manager: Person
) -> None:
    browser.post(FILE, data={"text": EXAMPLE.read_text(encoding="utf-8")})
    late = {**hidden(browser), "confirm": "y"}
    a_list(manager)
    assert browser.post(FILE, data=late).status_code == 409
    assert "Somebody changed the lists since you checked this file" in browser.words
    assert len(listed(manager.local_authority_id)) == 1
    assert browser.post(FILE, data={**hidden(browser), "confirm": "y"}).status_code == 303
    assert len(listed(manager.local_authority_id)) == 6
