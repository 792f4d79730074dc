"""A page of 1,280 pixels at 400 % is one of 320. It is read there, on a tablet, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.findings.operations import send_for_review
from quality.people.permissions import Role
from tests.browser.conftest import Live, OpenBrowser
from tests.browser.keyboard import FOCUSED, step
from tests.browser.pages import Someone
from tests.browser.prepared import Prepared, number_of, prepare
from tests.builders.audits import an_audit
from tests.builders.findings import a_finding, a_ready_audit, an_audit_in_review
from tests.builders.people import a_person
from tests.builders.photographs import DESCRIBED, an_added_photograph
from tests.builders.services import rated
from tests.databases import Database

pytestmark = pytest.mark.one_engine

SCREENS = {"400 %": {"width": 320, "height": 256}, "tablet": {"width": 768, "height": 1024}}
# What of the page reaches beyond its right edge; what scrolls by itself, or is hidden on purpose, does not count.
_TOO_WIDE = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.right > innerWidth + 1 && !element.closest(".house-table-scroll, .govuk-skip-link");
}).map(element => element.tagName + "." + element.className + " " + element.textContent.trim().slice(0, 60))"""


def misfits(person: Someone, paths: Iterable[str]) -> list[str]:
    """A sentence for each of these pages that scrolls sideways, or whose heading cannot be seen."""
    faults = []
    for path in paths:
        person.open(path)
        wide = person.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        beyond = person.page.evaluate(_TOO_WIDE)
        if wide > 0 or beyond:
            faults.append(f"{path} is {wide} pixels too wide: {beyond[:4]}")
        if not person.page.locator("h1").is_visible():
            faults.append(f"The heading of {path} cannot be seen.")
    return faults


def an_audit_with_photographs(session: Database, **more: Any) -> Audit:
    """An audit that is being written up, with a photograph of endless words and one that is not described."""
    audit = an_audit(session, at=State.WRITING_UP, **more)
    an_added_photograph(audit, 1, text=replace(DESCRIBED, caption="Unbroken" * 25, shows="unbroken" * 60))
    an_added_photograph(audit, 2, text=None)
    return audit


@pytest.mark.parametrize("screen", SCREENS)
def test_the_pages_of_recording_fit(live: Live, open_browser: OpenBrowser, screen: str) -> None:
    audit = prepare(live, an_audit_with_photographs)
    officer = open_browser(viewport=SCREENS[screen])
    faults = misfits(officer, ["/sign-in", "/join"])
    officer.come_signed_in_as(audit.lead)
    paths = ["/audits", "/services", f"/services/{audit.service_id}", audit.path]
    paths += [f"{audit.path}/{part}" for part in ("plan", "visits", "visits/new", "standards/1.1")]
    paths += [f"{audit.path}/{part}" for part in ("findings", "findings/add", "judgement", "check")]
    paths += [f"{audit.path}/photographs{part}" for part in ("", "/1", "/2", "/1/remove")]
    paths += [f"{audit.path}/move/abandon", "/framework", "/editions", "/about", "/accessibility"]
    assert faults + misfits(officer, paths) == []
    assert officer.page.get_by_role("button", name="Sign out").is_visible()


def an_audit_with_endless_words(session: Database, **more: Any) -> Audit:
    """A complete audit in review of a rated service: a finding and a photograph are described without a space."""
    rated(session, more["service"])
    audit = a_ready_audit(session, **more)
    an_added_photograph(audit, text=replace(DESCRIBED, caption="Unbroken" * 25))
    a_finding(audit, title="Unbroken" * 20, found="unbroken" * 60, must_happen="unbroken" * 60)
    return send_for_review(audit.id, by=audit.lead, version=audit.version)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_pages_of_reviewing_reporting_and_people_fit(
    live: Live, open_browser: OpenBrowser, screen: str
) -> None:
    audit = prepare(live, an_audit_with_endless_words)
    manager, admin = open_browser(viewport=SCREENS[screen]), open_browser(viewport=SCREENS[screen])
    manager.come_signed_in_as(audit.manager)
    faults = misfits(manager, ["/queue", f"{audit.path}/review"])
    manager.approve(audit.reference)
    faults += misfits(manager, [f"/reports/{manager.wait_for_report(audit.service)}"])
    with live.database() as session:
        admin_email = a_person(session, Role.ADMINISTRATOR).email
        lead_page = f"/people/{number_of(audit.lead)}"
    admin.come_signed_in_as(admin_email)
    faults += misfits(admin, ["/people", "/people/add", "/people/contacts/provider", lead_page])
    assert faults == []


def test_what_is_wide_scrolls_by_itself_and_by_keyboard(live: Live, open_browser: OpenBrowser) -> None:
    audit = prepare(live, an_audit_in_review)
    manager = open_browser(viewport=SCREENS["400 %"])
    manager.come_signed_in_as(audit.manager)
    manager.open(f"{audit.path}/review")
    table = manager.page.locator(
        ".house-table-scroll", has=manager.page.get_by_text("by domain and standard")
    )
    table.focus()
    manager.page.keyboard.press("ArrowRight")
    manager.page.wait_for_function("element => element.scrollLeft > 0", arg=table.element_handle())


@pytest.fixture
def recording(live: Live, open_browser: OpenBrowser) -> tuple[Prepared, Someone]:
    """An audit being written up, and its lead, signed in."""
    audit = prepare(live, an_audit, at=State.WRITING_UP)
    officer = open_browser()
    officer.come_signed_in_as(audit.lead)
    return audit, officer


def test_the_first_tab_reaches_a_link_that_skips_to_the_content(recording: tuple[Prepared, Someone]) -> None:
    audit, officer = recording
    officer.open(f"{audit.path}/standards/1.1")
    officer.page.keyboard.press("Tab")
    skip = officer.page.get_by_role("link", name="Skip to main content")
    assert skip.bounding_box() == officer.page.locator(":focus").bounding_box()
    officer.page.keyboard.press("Enter")
    assert officer.page.evaluate(FOCUSED).startswith("MAIN")
    officer.page.keyboard.press("Tab")
    assert officer.page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("part", ["", "/standards/1.1", "/findings/add", "/visits/new", "/check"])
def test_whatever_the_keyboard_reaches_shows_that_it_has_the_focus(
    recording: tuple[Prepared, Someone], part: str
) -> None:
    audit, officer = recording
    officer.open(audit.path + part)
    reached = list(islice(iter(lambda: step(officer), ""), 60))
    assert len(reached) > 10


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(
    recording: tuple[Prepared, Someone],
) -> None:
    audit, officer = recording
    officer.open(f"{audit.path}/findings/add")
    officer.press("Save the finding", answer=422)
    assert officer.page.title().startswith("Error: ")
    assert officer.page.evaluate("document.activeElement.matches('.govuk-error-summary')")
    officer.page.keyboard.press("Tab")
    officer.page.keyboard.press("Tab")
    officer.page.keyboard.press("Enter")
    assert officer.page.evaluate("document.activeElement.id") == "about"
    officer.page.get_by_role("link", name="Enter a title for the finding").click()
    assert officer.page.evaluate("document.activeElement.id") == "title"


def test_the_check_of_every_page_finds_what_a_page_lacks(recording: tuple[Prepared, Someone]) -> None:
    audit, officer = recording
    officer.open(f"{audit.path}/findings/add")
    officer.page.evaluate("document.querySelector('label[for=title]').remove()")
    with pytest.raises(AssertionError, match=r"axe on .*/findings/add:\nlabel: .*#title"):
        officer.check()
