"""The pages on which a council writes its own lists."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from quality.market.areas.lists import find_list, listed
from quality.market.models import AreaSet
from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.lists import a_list
from tests.builders.people import a_council, a_person
from tests.builders.publications import a_draft
from tests.databases import Database
from tests.market.views.conftest import load_two_days
from tests.pages import CheckedClient

NEW = "/market/lists/new"
SignIn = Callable[[Person], CheckedClient]


@pytest.fixture
def manager(session: Database) -> Person:
    """A manager of Essex."""
    return a_person(session, Role.MANAGER, council=a_council(session, "Essex", "ESX"), name="Ruth Bellamy")


@pytest.fixture
def browser(manager: Person, sign_in: SignIn) -> CheckedClient:
    """The manager's browser."""
    return sign_in(manager)


def typed(members: str = "Kent\nSuffolk", **more: Any) -> dict[str, Any]:
    """A list as the form sends it."""
    return {
        "name": "Similar counties",
        "kind": "neighbours",
        "members": members,
        "as_at-day": "1",
        "as_at-month": "4",
        "as_at-year": "2026",
        "source": "Our own choice of April 2026.",
        **more,
    }


def change_of(one: AreaSet, members: str, **more: Any) -> dict[str, Any]:
    """A change of a list as the form sends it."""
    return typed(members, **{"version": one.version, "reason": "Norfolk is more like us.", **more})


def hidden(browser: CheckedClient) -> dict[str, str]:
    """What the page's form would send unseen."""
    fields = browser.page.select("main form input[type=hidden]")
    return {str(one["name"]): str(one.get("value", "")) for one in fields}


def sent(browser: CheckedClient, path: str, **more: str) -> None:
    """Send the page's form with what it holds unseen, and look at the page it leads to."""
    answer = browser.post(path, data={**hidden(browser), **more})
    assert answer.status_code == 303
    browser.get(answer.location)


def test_a_council_without_lists_is_told_so(
    browser: CheckedClient, sign_in: SignIn, session: Database
) -> None:
    browser.get("/market/lists")
    assert "There is no list yet." in browser.words
    officer = sign_in(a_person(session, Role.QUALITY_OFFICER, council=a_council(session, "Essex", "ESX")))
    officer.get("/market/lists")
    assert "A manager can write one." in officer.words
    assert not officer.page.select("main a.govuk-button")


def test_a_list_is_checked_before_it_is_saved(browser: CheckedClient, manager: Person) -> None:
    assert browser.post(NEW, data=typed()).status_code == 200
    assert "2 areas recognised" in browser.words
    assert "Suffolk E10000029" in browser.words
    assert listed(manager.local_authority_id) == []
    sent(browser, NEW, confirm="y")
    assert "The list “Similar counties” is saved" in browser.words
    assert "by Ruth Bellamy" in browser.words
    browser.get("/market/lists")
    assert "Similar counties" in browser.words


def test_a_line_that_is_not_recognised_is_put_right_with_a_button(browser: CheckedClient) -> None:
    assert browser.post(NEW, data=typed("Kent\nSufolk")).status_code == 422
    assert "Line 2: no local authority or district is called “Sufolk”" in browser.words
    (button,) = (one for one in browser.page.select("button[name=use]") if "Suffolk" in one.get_text())
    again = {**hidden(browser), "members": "Kent\nSufolk", "use": str(button["value"])}
    assert browser.post(NEW, data=again).status_code == 200
    assert hidden(browser)["members"] == "Kent\nE10000029 Suffolk"


def test_lines_that_are_not_recognised_are_left_out_only_when_asked(browser: CheckedClient) -> None:
    wrong = typed("Kent\nNowhere\nSuffolk")
    assert browser.post(NEW, data={**wrong, "confirm": "y"}).status_code == 422
    assert browser.post(NEW, data={**wrong, "leave": "y"}).status_code == 200
    assert hidden(browser)["members"] == "Kent\nSuffolk"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"name": ""}, "Enter a name, like Similar counties"),
        ({"name": "Kent"}, "is the name of an area of England"),
        ({"members": " "}, "Enter at least one area, or choose a file"),
        ({"source": ""}, "Say where the list is from, or why it is chosen so"),
        ({"as_at-year": "2999"}, "must be a real date"),
        ({"as_at-year": "2199"}, "The day must be today or in the past"),
        ({"kind": "friends"}, "Not a valid choice"),
    ],
)
def test_a_fault_is_told_and_everything_typed_stays(
    browser: CheckedClient, more: dict[str, str], sentence: str
) -> None:
    sent = {**typed("Kent\nSuffolk"), **more}
    assert browser.post(NEW, data=sent).status_code == 422
    assert sentence in browser.words
    shown = browser.page.select_one("textarea[name=members]")
    assert shown is not None
    assert shown.get_text().strip() == sent["members"].strip()
    source = browser.page.select_one("textarea[name=source]")
    assert source is not None
    assert source.get_text().strip() == sent["source"]


def test_the_check_page_leads_back_with_what_was_typed(browser: CheckedClient) -> None:
    assert browser.post(NEW, data={**typed("Kent\nNowhere"), "change": "y"}).status_code == 200
    shown = browser.page.select_one("textarea[name=members]")
    assert shown is not None
    assert shown.get_text().strip() == "Kent\nNowhere"


def test_a_list_is_taken_from_a_file_and_its_download_is_such_a_file(
    browser: CheckedClient, manager: Person
) -> None:
    one = a_list(manager)
    answer = browser.get(f"/market/lists/named/{one.key}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["ONS code"] for row in rows] == ["E10000016", "E10000029"]
    file = (io.BytesIO(answer.data), "list.csv")
    assert browser.post(NEW, data=typed("", name="The same again", file=file)).status_code == 200
    assert "2 areas recognised" in browser.words


def test_a_file_that_is_no_text_is_refused_and_what_was_typed_stays(browser: CheckedClient) -> None:
    file = (io.BytesIO(b"PK\x03\x04\x00\x00"), "list.xlsx")
    assert browser.post(NEW, data=typed("Kent", file=file)).status_code == 422
    assert "Save a spreadsheet as CSV and choose that file" in browser.words
    file = (io.BytesIO(b"Kent\n" * 50_000), "list.txt")
    assert browser.post(NEW, data=typed("Kent", file=file)).status_code == 422
    assert "larger than 200 kB" in browser.words
    shown = browser.page.select_one("textarea[name=members]")
    assert shown is not None
    assert shown.get_text().strip() == "Kent"


def test_a_change_shows_what_comes_and_goes_and_needs_a_reason(
    browser: CheckedClient, manager: Person
) -> None:
    one = a_list(manager)
    path = f"/market/lists/named/{one.key}/change"
    browser.get(path)
    assert hidden(browser)["version"] == one.version
    assert browser.post(path, data=change_of(one, "Kent\nNorfolk", reason="")).status_code == 422
    assert "Say why the list changes" in browser.words
    assert browser.post(path, data=change_of(one, "Kent\nNorfolk")).status_code == 200
    assert "Taken out Suffolk (E10000029)" in browser.words
    assert "Norfolk New in the list" in browser.words
    sent(browser, path, confirm="y")
    assert "Why: Norfolk is more like us." in browser.words
    assert "Taken in: Norfolk (E10000020)" in browser.words


def test_who_comes_second_keeps_what_they_typed(
    browser: CheckedClient, manager: Person, sign_in: SignIn, session: Database
) -> None:
    one = a_list(manager)
    path = f"/market/lists/named/{one.key}/change"
    seconds = change_of(one, "Kent\nHertfordshire", confirm="y")
    assert browser.post(path, data=change_of(one, "Norfolk", confirm="y")).status_code == 303
    other = sign_in(a_person(session, Role.MANAGER, council=a_council(session, "Essex", "ESX")))
    assert other.post(path, data=seconds).status_code == 409
    assert "Somebody changed “Similar counties” since you opened this page" in other.words
    assert "Hertfordshire" in other.words


def test_a_double_click_saves_changes_and_removes_once(browser: CheckedClient, manager: Person) -> None:
    places = [browser.post(NEW, data=typed(confirm="y")).location for _ in range(2)]
    assert places[0] == places[1] == "/market/lists/named/similar-counties"
    one = find_list("similar-counties", manager.local_authority_id)
    assert one is not None
    changed = change_of(one, "Norfolk", confirm="y")
    places = [browser.post(f"{places[0]}/change", data=changed).location for _ in range(2)]
    assert places[0] == places[1] == "/market/lists/named/similar-counties"
    one = find_list("similar-counties", manager.local_authority_id)
    assert one is not None
    gone = {"version": one.version, "reason": "No longer wanted."}
    places = [browser.post(f"{places[0]}/remove", data=gone).location for _ in range(2)]
    assert places[0] == places[1] == "/market/lists?removed=similar-counties"


def test_removing_asks_first_and_can_be_undone(browser: CheckedClient, manager: Person) -> None:
    one = a_list(manager)
    path = f"/market/lists/named/{one.key}"
    browser.get(f"{path}/remove")
    assert browser.post(f"{path}/remove", data=hidden(browser)).status_code == 422
    assert "Say why the list is removed" in browser.words
    sent(browser, f"{path}/remove", reason="It is old.")
    assert "The list “Similar counties” is removed" in browser.words
    assert "Why: It is old." in browser.words
    assert browser.get(path).status_code == 404
    assert browser.post(f"{path}/change", data=typed(reason="Late.", confirm="y")).status_code == 409
    browser.get(browser.post(f"{path}/restore").location)
    assert "The list “Similar counties” is back" in browser.words
    assert "put the areas “Similar counties” back: 2 areas." in browser.words


def test_a_list_says_what_compares_with_it_and_a_draft_keeps_it_from_being_removed(
    session: Database, sign_in: SignIn
) -> None:
    load_two_days()
    manager = a_person(session, Role.MANAGER, council=a_council(session))
    browser, one = sign_in(manager), a_list(manager)
    drafted = a_draft(manager, compare=f"set:{one.key}")
    browser.get("/market/lists")
    assert f"Draft: {drafted.title}" in browser.words
    path = f"/market/lists/named/{one.key}/remove"
    browser.get(path)
    assert browser.post(path, data={**hidden(browser), "reason": "Old."}).status_code == 422
    assert "compares with it. Choose another list there" in browser.words
    assert "Old." in browser.words
    assert find_list(one.key, manager.local_authority_id) is not None


def test_a_page_of_figures_forgets_a_list_that_was_removed(session: Database, sign_in: SignIn) -> None:
    load_two_days()
    manager = a_person(session, Role.MANAGER, council=a_council(session))
    browser = sign_in(manager)
    first, last = a_list(manager), a_list(manager, name="Others like us")
    browser.get("/market/areas/Northmere")
    assert "Similar counties" in browser.words
    path = f"/market/lists/named/{first.key}/remove"
    browser.post(path, data={"version": first.version, "reason": "Old."})
    browser.get("/market/areas/Northmere")
    assert "Similar counties" not in browser.words
    assert last.name in browser.words
