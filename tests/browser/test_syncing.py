"""A sync with CQC's API in a browser: started, watched, refused, gone on with, and read as the edition it became."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from quality.core.clock import supposing
from quality.people.permissions import Role
from tests.browser.conftest import Live, browsers, serving
from tests.browser.keyboard import choose
from tests.browser.pages import Someone
from tests.browser.visitor import MILLISECONDS
from tests.builders.cqc_replies import a_location_reply, a_provider_reply, rated
from tests.builders.editions import days_ago, noon
from tests.builders.people import a_person
from tests.databases import fresh_copy
from tests.editions.syncs import sync_now
from tests.servers.cqc_api import KEY, CqcApi, Reply, Trouble
from tests.servers.cqc_api import serving as serving_cqc

PAGE = "/editions/sync"
HOMES = 12
RATED_HOME, LAST_HOME = "1-900000001", "1-900000012"
KEY_REFUSED = Trouble(401)
Administrator = Callable[..., Someone]


@dataclass
class PatientCqc(CqcApi):
    """An API that can keep those waiting who ask for one of its locations."""

    held_up: str = ""
    go_on: threading.Event = field(default_factory=threading.Event)

    def answer(self, address: str) -> tuple[int, Reply]:
        """The right answer, in its time."""
        if self.held_up and address.endswith(self.held_up):
            self.go_on.wait(20)
        return super().answer(address)


@pytest.fixture
def cqc() -> Iterator[PatientCqc]:
    """Twelve homes of one provider in Northmere, one of them rated."""
    ids = [f"1-9{number:08}" for number in range(1, HOMES + 1)]
    homes = {cqc_id: a_location_reply(cqc_id) for cqc_id in ids}
    homes[RATED_HOME]["currentRatings"] = rated("Good", "2024-05-01")
    api = PatientCqc(locations=homes, providers={"1-800000001": a_provider_reply()})
    with serving_cqc(api):
        yield api
        api.go_on.set()


@pytest.fixture
def service(cqc: PatientCqc, migrated: str, tmp_path: Path) -> Iterator[Live]:
    """A service of the test's own that fetches from this API: there is only ever one sync at a time."""
    asking = {"CQC_API_KEY": KEY, "CQC_API_URL": cqc.url, "CQC_REQUESTS_PER_SECOND": "30"}
    with fresh_copy(migrated, tmp_path) as database, serving(database, tmp_path, **asking) as live:
        yield live


@pytest.fixture
def administrator(service: Live, chromium: Browser) -> Iterator[Administrator]:
    """Open a browser in which an administrator has signed in."""
    with service.database() as session:
        email = a_person(session, Role.ADMINISTRATOR).email

    with browsers(chromium, service.address) as open_one:

        def sign_in(**options: object) -> Someone:
            person = open_one(**options)
            person.come_signed_in_as(email)
            return person

        yield sign_in


def watch_until(person: Someone, words: str) -> None:
    """Wait for the page to say so by itself; where scripts are off, look again and again until it does."""
    main = person.page.locator("main")
    if person.scripts:
        expect(main).to_contain_text(words, timeout=MILLISECONDS)
        # The words may be there before the style sheet is, and without it every link is too small to press.
        person.page.wait_for_load_state()
        return person.check()
    for _ in range(MILLISECONDS // 200):
        if words in person.words:
            return None
        person.page.wait_for_timeout(200)
        person.follow("Look again")
    raise AssertionError(f"The page never says “{words}”: {person.words}")


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_an_administrator_fetches_cqcs_data_sees_how_far_it_is_and_reads_what_it_changed(
    administrator: Administrator, cqc: PatientCqc, scripts: bool
) -> None:
    cqc.held_up = LAST_HOME
    person = administrator(scripts=scripts)
    person.open("/editions")
    person.follow("Sync with CQC")
    person.press("Start a sync")
    watch_until(person, f"10 of {HOMES + 1} records fetched")
    assert "Fetching from CQC" in person.words
    assert person.page.get_by_role("progressbar", name="Records fetched").get_attribute("value") == "10"
    assert person.page.get_by_role("button", name="Start a sync").count() == 0
    cqc.go_on.set()
    watch_until(person, "The sync is finished")
    assert "12 locations and 1 provider loaded." in person.words

    person.follow("See what it changed")
    assert "Rows read 12 Stored 12" in person.words
    person.follow("New services: 12")
    assert "12 services, by name" in person.words
    person.follow("Larch House 001", exact=True)
    assert "Good overall, published on 1 May 2024" in person.words


def test_the_next_sync_fetches_what_changed_since_and_says_what_that_was(
    service: Live, administrator: Administrator, cqc: PatientCqc
) -> None:
    with service.app.app_context(), supposing(noon(days_ago(30))):
        sync_now(cqc, everything=False)
    cqc.locations[RATED_HOME] |= {
        "name": "Larch Lodge",
        "currentRatings": rated("Inadequate", days_ago(9).isoformat()),
    }
    cqc.changed = {"location": [RATED_HOME]}
    cqc.asked.clear()
    person = administrator()
    person.open(PAGE)
    person.press("Start a sync")
    watch_until(person, "1 location loaded.")
    assert cqc.count(f"/locations/{RATED_HOME}") == 1
    assert cqc.count(f"/locations/{LAST_HOME}") == 0

    person.follow("See what it changed")
    person.follow("Services rated again: 1")
    assert "Larch Lodge" in person.words
    _, before, since = person.page.locator("tbody td").all_inner_texts()
    assert "Good" in before
    assert "Inadequate" in since


def test_an_administrator_whose_key_cqc_refuses_is_told_so_and_goes_on_once_it_is_put_right(
    administrator: Administrator, cqc: PatientCqc
) -> None:
    cqc.go_wrong("/locations", KEY_REFUSED)
    person = administrator()
    person.open(PAGE)
    choose(person, "Start a sync")
    watch_until(person, "The sync stands still")
    assert "CQC's API does not accept the key." in person.words
    assert "CQC_API_KEY" in person.words
    assert "No record was fetched yet." in person.words
    assert person.page.title().startswith("The sync stands still - Sync with CQC")
    choose(person, "Go on")
    watch_until(person, "The sync is finished")
    assert "12 locations and 1 provider loaded." in person.words
