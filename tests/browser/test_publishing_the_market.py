"""From a draft of the market to what anybody may read, and the council's own audits beside it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from quality.core.clock import today
from tests.browser.conftest import Live, OpenBrowser
from tests.browser.visitor import fill_date
from tests.builders.audits import a_manager
from tests.builders.people import a_council
from tests.builders.reports import a_report
from tests.builders.services import a_service, rated

pytestmark = pytest.mark.one_engine

WORDS = "Care in our towns and villages."


@pytest.fixture
def manager(live: Live) -> str:
    """The e-mail address of a manager whose council has seven rated services and an issued report."""
    with live.database() as session:
        council = a_council(session, "Publishing Vale", "PUBV")
        services = [a_service(session, council, name=f"Publishing House {number}") for number in range(7)]
        for number, service in enumerate(services):
            rated(session, service, "Good" if number else "Requires improvement", on=date(2024, 5, 1))
        a_report(session, council=council, service=services[0], pdf=b"%PDF-1.7 issued")
        return a_manager(session, council).email


def test_a_manager_publishes_the_market_and_a_stranger_reads_it(
    open_browser: OpenBrowser, manager: str
) -> None:
    author = open_browser()
    author.sign_in_as(manager)
    author.follow("Market", exact=True)
    author.follow("Publications of our market")
    author.follow("Begin a draft")
    author.press("Save and see it", answer=422)
    fill_date(author.page, "as_at", today())
    author.page.get_by_label("All adult social care").check()
    author.page.get_by_label("Introduction").fill(WORDS)
    author.press("Save and see it")
    assert "6 of 7" in author.words
    assert WORDS in author.words
    author.follow("Publish")
    author.press("Publish")
    assert "is published, as number 1" in author.words

    stranger = open_browser()
    stranger.open(author.path)
    assert WORDS in stranger.words
    assert "6 of 7" in stranger.words
    stranger.follow("What each column means")
    stranger.open("/market/open-data")
    assert "Market quality in Publishing Vale" in stranger.words
    said = json.loads(stranger.page.request.get(f"{stranger.origin}{author.path}.json").text())
    assert said["introduction"] == WORDS


def test_the_councils_own_audits_are_read_page_by_page(open_browser: OpenBrowser, manager: str) -> None:
    reader = open_browser()
    reader.sign_in_as(manager)
    reader.follow("Market", exact=True)
    reader.follow("What improvement needs")
    for tab in ("Beside CQC", "How long", "Evidence pack", "Committee paper"):
        reader.follow(tab, exact=True)
    for link, begins in (("PDF", b"%PDF"), ("spreadsheet (ODS)", b"PK")):
        _, content = reader.download_by(f"Download this as a {link}")
        assert content.startswith(begins)
