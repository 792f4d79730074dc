"""The council's own lists, from a pasted column to the figures beside them, and one that is removed and put back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload

from tests.browser.conftest import Live, OpenBrowser
from tests.browser.pages import Someone
from tests.builders.audits import a_manager
from tests.builders.people import a_council
from tests.builders.services import a_service, rated

pytestmark = pytest.mark.one_engine

# Tests share a database, so each has a council of its own.
_letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "areas-essex.toml"
SOURCE = "Chosen by the council for this test."


@dataclass(frozen=True)
class Council:
    """A council with a rated service, and the e-mail address of its manager."""

    name: str
    manager: str


@pytest.fixture
def council(live: Live) -> Council:
    """A council of this test's own."""
    letter = next(_letters)
    with live.database() as session:
        made = a_council(session, f"Listing Vale {letter}", f"LV{letter}")
        rated(session, a_service(session, made), "Good", on=date(2024, 5, 1))
        return Council(made.name, a_manager(session, made).email)


def begin(person: Someone, email: str) -> None:
    """Go to the page for writing a list, by the links a person would follow, and fill it in with two slips."""
    person.sign_in_as(email)
    person.follow("Market", exact=True)
    person.follow("Our own lists of neighbours")
    assert "There is no list yet." in person.words
    person.follow("Write a list")
    person.page.get_by_label("Name", exact=True).fill("Similar counties")
    person.page.get_by_label("Areas", exact=True).fill("Kent\nSufolk\nNowhere at all")
    person.page.get_by_label("Where it is from").fill(SOURCE)


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_a_manager_writes_changes_removes_and_puts_back_a_list(
    open_browser: OpenBrowser, council: Council, scripts: bool
) -> None:
    author = open_browser(scripts=scripts)
    begin(author, council.manager)
    author.press("Check", answer=422)
    assert "Line 2: no local authority or district is called “Sufolk”" in author.words
    author.press("On line 2 use Suffolk", answer=422)
    author.press("Leave these lines out")
    assert "2 areas recognised" in author.words
    author.press("Save the list")
    assert author.heading == "Similar counties"
    _, content = author.download_by("Download the list (CSV)")
    assert b"E10000029,Suffolk" in content

    author.follow("beside this list")
    assert "A list that the council gave: Chosen by the council for this test." in author.words
    author.page.go_back()
    author.follow("Change the list")
    author.page.get_by_label("Areas", exact=True).fill("Kent\nNorfolk")
    author.press("Check", answer=422)
    assert "Say why the list changes" in author.words
    author.page.get_by_label("Why it changes").fill("Norfolk is more like us.")
    author.press("Check")
    assert "Taken out Suffolk (E10000029)" in author.words
    author.press("Save the list")
    assert "Why: Norfolk is more like us." in author.words

    author.follow("Remove the list")
    author.page.get_by_label("Why it is removed").fill("No longer wanted.")
    author.press("Remove the list")
    assert "The list “Similar counties” is removed" in author.words
    author.press("Undo")
    assert "The list “Similar counties” is back" in author.words


def test_a_list_typed_while_the_sign_in_ran_out_is_kept_and_saved(
    open_browser: OpenBrowser, council: Council
) -> None:
    author = open_browser()
    begin(author, council.manager)
    author.page.get_by_label("Areas", exact=True).fill("Kent\nSuffolk")
    author.context.clear_cookies()
    author.press("Check", answer=401)
    assert "What you typed is kept" in author.words
    author.type_credentials(council.manager)
    author.press("Send what you typed")
    assert "2 areas recognised" in author.words
    author.press("Save the list")
    assert SOURCE in author.words


def test_lists_are_taken_from_a_file_whose_slip_is_put_right_on_the_page(
    open_browser: OpenBrowser, council: Council
) -> None:
    author = open_browser()
    author.come_signed_in_as(council.manager)
    author.open("/market/lists")
    author.follow("Take lists from a file")
    wrong = (
        EXAMPLE.read_text(encoding="utf-8")
        .replace('"Essex"', f'"{council.name}"')
        .replace("E10000016", "E10999999")
    )
    file: FilePayload = {"name": "lists.toml", "mimeType": "text/plain", "buffer": wrong.encode()}
    author.page.get_by_label("The file").set_input_files(file)
    author.press("Check", answer=422)
    assert "lists.toml, line 58: There is no area called “E10999999”" in author.words
    author.page.get_by_label("Or paste what it says").fill(wrong.replace("E10999999", "E10000016"))
    author.press("Check")
    assert "5 lists in the file" in author.words
    author.press("Save the lists")
    assert "5 lists saved" in author.words
    author.follow("Example neighbours")
    assert "Kent E10000016" in author.words
