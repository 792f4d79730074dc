"""An officer adds photographs, over a connection that breaks and a sign-in that ends, and describes them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from playwright.sync_api import FilePayload, Route, expect

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import Audit
from tests.browser.conftest import Live, OpenBrowser
from tests.browser.pages import Someone
from tests.browser.prepared import Prepared, prepare
from tests.builders.audits import an_audit, go
from tests.builders.photographs import a_camera_file

pytestmark = pytest.mark.one_engine


def chosen(*shades: int) -> list[FilePayload]:
    """Photographs as somebody chooses them on a tablet."""
    return [
        {"name": f"IMG_{shade:04}.jpg", "mimeType": "image/jpeg", "buffer": a_camera_file(shade)}
        for shade in shades
    ]


def arrive(live: Live, person: Someone) -> Prepared:
    """Come to the photographs of a visit that is under way."""
    audit = prepare(live, an_audit, at=State.VISITING)
    person.come_signed_in_as(audit.lead)
    person.open(audit.path)
    person.follow("Photographs")
    return audit


def give(person: Someone, files: Sequence[FilePayload]) -> None:
    """Choose files and send them; what becomes of them is said on the page."""
    person.page.get_by_label("Photographs").set_input_files(files)
    person.page.get_by_role("button", name="Add photographs").click()


def shown(person: Someone) -> int:
    """How many photographs the page shows."""
    return person.page.locator("[data-photographs] img").count()


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_a_photograph_is_added_described_and_taken_out_again(
    live: Live, open_browser: OpenBrowser, scripts: bool
) -> None:
    officer = open_browser(scripts=scripts)
    audit = arrive(live, officer)
    give(officer, chosen(1))
    officer.page.wait_for_url(f"**{audit.path}/photographs/1")
    officer.page.get_by_label("Caption").fill("The ramp to the garden")
    officer.page.get_by_label("What it shows").fill("A wooden ramp with one rail")
    officer.page.get_by_label("Which standard").select_option(label="3.2 Managing risk")
    officer.press("Save")
    assert "The ramp to the garden. Standard 3.2. Taken on 3 May 2026" in officer.words
    assert officer.page.get_by_alt_text("A wooden ramp with one rail").is_visible()
    officer.follow("Remove")
    officer.press("Remove the photograph")
    assert "No photographs are added." in officer.words
    officer.press("Put back")
    assert shown(officer) == 1


def test_photographs_are_sent_one_after_the_other_and_those_that_cannot_be_read_are_named(
    live: Live, open_browser: OpenBrowser
) -> None:
    officer = open_browser()
    arrive(live, officer)
    broken: FilePayload = {"name": "half.jpg", "mimeType": "image/jpeg", "buffer": a_camera_file(3)[:-500]}
    give(officer, [*chosen(1, 2), broken, *chosen(2)])
    expect(officer.page.get_by_role("status")).to_have_text("2 added. 2 not added: see why below.")
    assert "“half.jpg” was not added." in officer.words
    assert "The audit had this already, so it was not added again: photograph 2." in officer.words
    assert shown(officer) == 2


def test_a_connection_that_breaks_costs_one_photograph_which_can_be_sent_again(
    live: Live, open_browser: OpenBrowser
) -> None:
    officer = open_browser()
    audit = arrive(live, officer)
    asked: list[Route] = []

    def break_the_second(route: Route) -> None:
        asked.append(route)
        if route.request.method == "POST" and len(asked) == 2:
            route.abort()
        else:
            route.continue_()

    officer.page.route(f"**{audit.path}/photographs", break_the_second)
    give(officer, chosen(1, 2, 3))
    expect(officer.page.get_by_role("status")).to_have_text(
        "2 added. 1 could not be sent: choose Send again."
    )
    assert "“IMG_0002.jpg” was not sent: the connection broke." in officer.words
    officer.page.get_by_role("button", name="Send again").click()
    officer.page.wait_for_url(f"**{audit.path}/photographs/3")


def test_a_sign_in_that_ended_is_said_and_the_photographs_are_sent_after_the_next(
    live: Live, open_browser: OpenBrowser
) -> None:
    officer = open_browser()
    audit = arrive(live, officer)
    officer.context.clear_cookies()
    give(officer, chosen(1, 2))
    expect(officer.page.get_by_role("status")).to_have_text(
        "0 added. 2 could not be sent: choose Send again."
    )
    assert "you are signed out. Sign in in another tab first." in officer.words
    officer.come_signed_in_as(audit.lead)
    officer.page.get_by_role("button", name="Send again").click()
    expect(officer.page.get_by_role("status")).to_have_text("2 added.")


def test_what_could_not_be_sent_is_sent_with_what_is_chosen_next(
    live: Live, open_browser: OpenBrowser
) -> None:
    officer = open_browser()
    audit = arrive(live, officer)
    officer.page.route(f"**{audit.path}/photographs", lambda route: route.abort(), times=2)
    give(officer, chosen(1, 2))
    status = officer.page.get_by_role("status")
    expect(status).to_have_text("0 added. 2 could not be sent: choose Send again.")
    officer.page.get_by_label("Photographs").set_input_files(chosen(3))
    officer.page.get_by_role("button", name="Send again").click()
    expect(status).to_have_text("3 added.")
    assert shown(officer) == 3


def test_what_is_chosen_while_others_are_sent_waits_for_the_next_press(
    live: Live, open_browser: OpenBrowser
) -> None:
    officer = open_browser()
    audit = arrive(live, officer)

    def choose_more(route: Route) -> None:
        officer.page.get_by_label("Photographs").set_input_files(chosen(3))
        route.continue_()

    officer.page.route(f"**{audit.path}/photographs", choose_more, times=1)
    give(officer, chosen(1, 2))
    status = officer.page.get_by_role("status")
    expect(status).to_have_text("2 added.")
    officer.page.get_by_role("button", name="Add photographs").click()
    officer.page.wait_for_url(f"**{audit.path}/photographs/3")


def test_when_a_colleague_sends_the_audit_for_review_meanwhile_that_is_said_of_each(
    live: Live, open_browser: OpenBrowser
) -> None:
    officer = open_browser()
    audit = arrive(live, officer)

    def send_for_review(route: Route) -> None:
        with live.database() as session:
            sent = session.get_one(Audit, audit.id)
            for name in (MoveName.START_WRITE_UP, MoveName.SEND_FOR_REVIEW):
                go(sent, name, sent.lead)
        route.continue_()

    officer.page.route(f"**{audit.path}/photographs", send_for_review, times=1)
    give(officer, chosen(1, 2))
    expect(officer.page.get_by_role("status")).to_have_text("0 added. 2 not added: see why below.")
    assert officer.words.count("in review") >= 2
