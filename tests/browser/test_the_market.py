"""The market of a council, from the figure to what it rests on: read, chosen anew, shared, refused and taken away."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date

import pytest

from quality.people.permissions import Role
from tests.browser.conftest import Live, OpenBrowser
from tests.browser.keyboard import choose, reach
from tests.browser.pages import Someone
from tests.browser.visitor import fill_date
from tests.builders.audits import a_manager
from tests.builders.people import a_council, a_person
from tests.builders.services import a_service, rated

pytestmark = pytest.mark.one_engine

# Tests share a database, so each has a council of its own.
_letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
WORDS = ["Outstanding", *["Good"] * 5, *["Requires improvement"] * 2]


@dataclass(frozen=True)
class Council:
    """A council with eight rated services and one that is not, and the e-mail addresses of two of its people."""

    name: str
    manager: str
    administrator: str


@pytest.fixture
def council(live: Live) -> Council:
    letter = next(_letters)
    with live.database() as session:
        area = a_council(session, f"Market Vale {letter}", f"MV{letter}")
        for place, word in enumerate(WORDS):
            rated(
                session,
                a_service(session, area, name=f"Market House {letter}-{place}"),
                word,
                on=date(2024, 5, 1),
            )
        a_service(session, area, name=f"Unrated House {letter}")
        return Council(
            name=area.name,
            manager=a_manager(session, area).email,
            administrator=a_person(session, Role.ADMINISTRATOR, council=area).email,
        )


def at_the_market(open_browser: OpenBrowser, council: Council, *, scripts: bool = True) -> Someone:
    """The council's manager, on the page of its market."""
    manager = open_browser(scripts=scripts)
    manager.sign_in_as(council.manager)
    manager.follow("Market", exact=True)
    assert manager.heading == f"The market in {council.name}"
    return manager


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_a_manager_reads_the_share_counts_it_otherwise_and_shares_the_address(
    open_browser: OpenBrowser, council: Council, scripts: bool
) -> None:
    manager = at_the_market(open_browser, council, scripts=scripts)
    assert "75.0% 6 of 8 services are rated Good or Outstanding" in manager.words
    assert "Left out: not rated 1" in manager.words
    assert "Altogether 9" in manager.words

    manager.page.get_by_label("Counted by").select_option("All registered services, rated or not")
    manager.press("Show")
    assert "66.7% 6 of 9 services are rated Good or Outstanding" in manager.words

    colleague = open_browser(scripts=scripts)
    colleague.come_signed_in_as(council.administrator)
    colleague.open(manager.path)
    assert "66.7% 6 of 9 services" in colleague.words


def test_every_page_of_the_market_is_a_step_from_the_figure(
    open_browser: OpenBrowser, council: Council
) -> None:
    manager = at_the_market(open_browser, council)
    for tab in ("Over time", "What changed", "Neighbourhoods", "Share"):
        manager.page.get_by_role("navigation", name=f"About {council.name}").get_by_role(
            "link", name=tab
        ).click()
        manager.check()
        assert council.name in manager.heading


def test_the_table_and_the_figure_are_taken_away_as_the_page_shows_them(
    open_browser: OpenBrowser, council: Council
) -> None:
    manager = at_the_market(open_browser, council)
    _, content = manager.download_by("Download this table (CSV)")
    own = next(
        row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))) if row["Area"] == council.name
    )
    assert (own["Good or Outstanding"], own["Counted"], own["Share"]) == ("6", "8", "0.75")
    figure = json.loads(
        manager.page.request.get(f"{manager.origin}/market/areas/{council.name}/share.json").text()
    )
    assert (figure["k"], figure["n"], figure["left_out"]["not_rated"]) == (6, 8, 1)


def test_what_cannot_be_counted_is_said_and_what_was_chosen_stays(
    open_browser: OpenBrowser, council: Council
) -> None:
    manager = at_the_market(open_browser, council)
    manager.page.get_by_label("Area", exact=True).fill("Atlantis")
    manager.page.get_by_label("Services", exact=True).select_option("Residential social care")
    manager.press("Show", answer=422)
    assert "There is no area called “Atlantis”" in manager.words
    assert manager.page.get_by_label("Area", exact=True).input_value() == "Atlantis"
    assert manager.page.get_by_label("Services", exact=True).input_value() == "residential"

    manager.page.get_by_label("Area", exact=True).fill(council.name)
    fill_date(manager.page, "as_at", date(1999, 12, 31))
    manager.press("Show", answer=422)
    assert "nothing is known of an earlier day" in manager.words


def test_the_market_is_asked_by_keyboard_alone(open_browser: OpenBrowser, council: Council) -> None:
    manager = at_the_market(open_browser, council)
    reach(manager, "Area")
    manager.page.keyboard.press("Control+A")
    manager.page.keyboard.type("England")
    choose(manager, "Show")
    assert manager.heading == "The market in England"
