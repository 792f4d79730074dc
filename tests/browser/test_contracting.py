"""What the council contracts, from the note of it to the list that is shared and the note that is taken back."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

import pytest

from quality.core.clock import today
from quality.people.permissions import Role
from tests.browser.conftest import Live, OpenBrowser
from tests.browser.keyboard import choose, reach
from tests.browser.pages import Someone
from tests.builders.audits import a_manager
from tests.builders.people import a_council, a_person
from tests.builders.services import a_service, rated

pytestmark = pytest.mark.one_engine

# Tests share a database, so each has a council of its own: its list then holds what the test notes, and no more.
_letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
UNKNOWN = "1-404404404"


@dataclass(frozen=True)
class Council:
    """A council that contracts nothing yet, two homes in its area, and the e-mail addresses of two of its people."""

    name: str
    home: str
    home_id: str
    other_home: str
    manager: str
    colleague: str


@pytest.fixture
def council(live: Live) -> Council:
    letter = next(_letters)
    with live.database() as session:
        area = a_council(session, f"Contract Vale {letter}", f"CV{letter}")
        home = a_service(session, area, name=f"Weir House {letter}")
        other = a_service(session, area, name=f"Mill House {letter}")
        rated(session, home, "Requires improvement", on=date(2024, 5, 1))
        return Council(
            name=area.name,
            home=home.name,
            home_id=home.cqc_id,
            other_home=other.name,
            manager=a_manager(session, area).email,
            colleague=a_person(session, Role.QUALITY_OFFICER, council=area).email,
        )


def note(manager: Someone, cqc_id: str) -> None:
    """Note a contract from the list of contracts, and with it an id that names nothing."""
    manager.follow("Services", exact=True)
    manager.follow("Contracted services")
    manager.follow("Add contracted services")
    manager.page.get_by_label("CQC location IDs").fill(f"{cqc_id.lower()}\n{UNKNOWN}")
    manager.press("Check")
    assert manager.heading == "Check what you entered"
    assert f"1 ID of no service that is held, which will not be noted: {UNKNOWN}" in manager.words
    manager.press("Note 1 service as contracted")
    assert "1 service noted as contracted" in manager.words


def filter_contracted(manager: Someone) -> None:
    """Leave only what is contracted in the list of services."""
    manager.follow("Services", exact=True)
    manager.page.get_by_text("More filters").click()
    manager.page.get_by_label("Contracted", exact=True).select_option("Contracted by us")
    manager.press("Search")


def listed(person: Someone) -> list[str]:
    """The services that the page lists."""
    return person.page.locator("tbody th a").all_inner_texts()


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_a_manager_notes_a_contract_shares_the_list_of_them_and_takes_the_note_back(
    open_browser: OpenBrowser, council: Council, scripts: bool
) -> None:
    manager, colleague = open_browser(scripts=scripts), open_browser(scripts=scripts)
    manager.sign_in_as(council.manager)
    note(manager, council.home_id)
    filter_contracted(manager)
    assert listed(manager) == [council.home]
    assert manager.path == "/services?contracted=yes"

    colleague.come_signed_in_as(council.colleague)
    colleague.open(manager.path)
    assert listed(colleague) == [council.home]
    assert "Contracted by us" in colleague.words

    manager.follow("Contracted services")
    manager.press(f"End the contract of {council.home}")
    assert f"{council.home} is no longer noted as contracted" in manager.words
    colleague.open("/services?contracted=yes")
    assert listed(colleague) == []
    assert "match what you chose" in colleague.words
    manager.press("Undo")
    assert f"{council.home} is noted as contracted again" in manager.words
    colleague.open("/services?contracted=yes")
    assert listed(colleague) == [council.home]


def test_a_list_of_what_is_contracted_is_a_file_with_the_same_services(
    open_browser: OpenBrowser, council: Council
) -> None:
    manager = open_browser()
    manager.sign_in_as(council.manager)
    note(manager, council.home_id)
    filter_contracted(manager)
    name, content = manager.download_by("Download this service (CSV)")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["Service"] for row in rows] == listed(manager)
    assert rows[0]["CQC overall rating"] == "Requires improvement"
    assert rows[0]["Rating published on"] == "2024-05-01"
    assert rows[0][f"Contracted by {council.name}"] == "Yes"
    assert name.endswith(f"contracted-by-us-as-at-{today()}.csv")


def test_an_officer_reads_what_is_contracted_and_cannot_change_it(
    open_browser: OpenBrowser, council: Council
) -> None:
    officer = open_browser()
    officer.come_signed_in_as(council.colleague)
    officer.open("/contracts")
    assert "None is noted yet. A manager can add them." in officer.words
    assert officer.page.get_by_role("link", name="Add contracted services").count() == 0
    officer.open("/contracts/add", answer=404)


def test_a_contract_is_noted_found_and_ended_by_keyboard_alone(
    open_browser: OpenBrowser, council: Council
) -> None:
    manager = open_browser()
    manager.come_signed_in_as(council.manager)
    keyboard = manager.page.keyboard
    manager.open("/contracts")
    choose(manager, "Add contracted services")
    reach(manager, "CQC location IDs")
    keyboard.type(council.home_id)
    choose(manager, "Check")
    choose(manager, "Note 1 service as contracted")
    choose(manager, "Search them by rating")
    choose(manager, "Remove All England")
    assert listed(manager) == [council.home]
    choose(manager, "Remove Contracted by us")
    assert listed(manager) == [council.other_home, council.home]
    reach(manager, "More filters")
    keyboard.press("Enter")
    reach(manager, "Contracted")
    keyboard.type("Not contracted")
    choose(manager, "Search")
    assert listed(manager) == [council.other_home]
    manager.open("/contracts")
    choose(manager, f"End the contract of {council.home}")
    choose(manager, "Undo")
    assert f"{council.home} is noted as contracted again" in manager.words
