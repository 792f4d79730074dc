"""A manager follows a service through time: to an earlier day, to the registration before, to its provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from tests.browser.conftest import Live, OpenBrowser
from tests.browser.keyboard import choose, reach
from tests.browser.pages import Someone
from tests.browser.visitor import fill_date
from tests.builders.audits import a_manager
from tests.builders.people import a_council
from tests.builders.through_time import a_story

pytestmark = pytest.mark.one_engine

# The service was sold on 1 April 2019, renamed in 2022, and rated anew in 2022 and 2024.
UNDER_AN_OLDER_NAME = date(2019, 6, 1)
BEFORE_IT_EXISTED = date(2019, 4, 30)


@dataclass(frozen=True)
class Story:
    """The addresses of Larkfield House and of the registration before it, and a manager's e-mail address."""

    page: str
    page_before: str
    manager: str


@pytest.fixture
def story(live: Live) -> Story:
    with live.database() as session:
        told = a_story(session)
        return Story(
            page=f"/services/{told.service.cqc_id}",
            page_before=f"/services/{told.before.cqc_id}",
            manager=a_manager(session, a_council(session)).email,
        )


def at_the_page(open_browser: OpenBrowser, story: Story, *, scripts: bool = True) -> Someone:
    """A manager who has signed in and opened the page of the service."""
    manager = open_browser(scripts=scripts)
    manager.come_signed_in_as(story.manager)
    manager.open(story.page)
    return manager


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_a_manager_sees_a_service_as_at_an_earlier_day_and_comes_back_to_today(
    open_browser: OpenBrowser, story: Story, scripts: bool
) -> None:
    manager = at_the_page(open_browser, story, scripts=scripts)
    assert manager.heading == "Larkfield House"
    newest = manager.page.locator("main p", has_text="overall, published on").inner_text()
    assert "5 June 2024" in newest

    fill_date(manager.page, "as_at", UNDER_AN_OLDER_NAME)
    manager.press("Show that day")
    assert manager.path == f"{story.page}?as_at=2019-06-01"
    assert manager.heading == "Larkfield Rest Home"
    assert "This page shows 1 June 2019." in manager.words
    assert "It was given under an earlier registration, and is inherited." in manager.words
    assert "5 June 2024" not in manager.words

    manager.follow("Show Larkfield House as it is now")
    assert manager.path == story.page
    assert newest in manager.page.locator("main").inner_text()


def test_a_day_before_the_service_was_known_is_refused_with_the_reason_and_the_page_stays(
    open_browser: OpenBrowser, story: Story
) -> None:
    manager = at_the_page(open_browser, story)
    fill_date(manager.page, "as_at", BEFORE_IT_EXISTED)
    manager.press("Show that day", answer=422)
    assert manager.page.title().startswith("Error: ")
    assert "Below is Larkfield House as it is now." in manager.words
    assert manager.page.locator("[name=as_at-year]").input_value() == "2019"


def test_a_manager_follows_the_story_to_the_registration_before_and_forth_again(
    open_browser: OpenBrowser, story: Story
) -> None:
    manager = at_the_page(open_browser, story)
    manager.follow("Larkfield Manor", exact=True)
    assert manager.path == story.page_before
    assert "CQC’s files list this service no longer since 1 May 2019." in manager.words
    assert "Old Larkfield Partners" in manager.words
    manager.follow("Larkfield House", exact=True)
    assert manager.path == story.page


def test_a_manager_opens_the_provider_and_finds_the_service_among_its_others(
    open_browser: OpenBrowser, story: Story
) -> None:
    manager = at_the_page(open_browser, story)
    manager.follow("Larkfield Care Limited", exact=True)
    assert manager.heading == "Larkfield Care Limited"
    assert "1 registered service" in manager.words
    manager.follow("Larkfield House", exact=True)
    assert manager.path == story.page


def test_an_earlier_day_is_reached_and_left_by_keyboard_alone(
    open_browser: OpenBrowser, story: Story
) -> None:
    manager = at_the_page(open_browser, story)
    for part, typed in (("Day", "1"), ("Month", "6"), ("Year", "2019")):
        reach(manager, part)
        manager.page.keyboard.type(typed)
    choose(manager, "Show that day")
    assert manager.heading == "Larkfield Rest Home"
    choose(manager, "Show Larkfield House as it is now")
    assert manager.heading == "Larkfield House"
