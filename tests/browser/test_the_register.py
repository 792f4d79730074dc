"""The register in a browser: what a manager and an administrator find of CQC's data, page by page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quality.core.clock import today
from quality.people.permissions import Role
from tests.browser.conftest import Live, OpenBrowser
from tests.browser.test_at_400_percent import misfits
from tests.builders.audits import a_manager
from tests.builders.people import a_council, a_person
from tests.builders.services import a_service, rated
from tests.databases import Database

pytestmark = pytest.mark.one_engine


def a_home_rated_twice(session: Database, name: str) -> tuple[str, str, str]:
    """A home that CQC rated in 2018 and again in 2025: its CQC id, its provider's, and a manager's e-mail address."""
    council = a_council(session)
    service = a_service(session, council, name=name)
    rated(session, service, "Good", on=date(2018, 5, 1))
    rated(session, service, "Requires improvement", on=date(2025, 5, 1))
    return service.cqc_id, service.provider.cqc_id, a_manager(session, council).email


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_a_manager_finds_a_home_and_reads_its_story(
    live: Live, open_browser: OpenBrowser, scripts: bool
) -> None:
    name = f"Register House {'with' if scripts else 'without'} script"
    with live.database() as session:
        cqc_id, provider, email = a_home_rated_twice(session, name)
    manager = open_browser(scripts=scripts)
    manager.come_signed_in_as(email)
    manager.open("/services?rating=requires_improvement&sort=worst")
    assert name in manager.words
    manager.open(f"/services/{cqc_id}")
    assert "CQC’s ratings over time" in manager.words
    assert manager.page.locator("svg[role=img]").count() == 1
    manager.open(f"/services/{cqc_id}?as_at={today() + timedelta(days=2)}", 422)
    manager.open(f"/services/{cqc_id}?as_at={today()}")
    manager.open(f"/providers/{provider}")
    assert name in manager.words


def test_the_pages_of_the_register_fit_a_narrow_screen(live: Live, open_browser: OpenBrowser) -> None:
    with live.database() as session:
        cqc_id, provider, email = a_home_rated_twice(session, "Register House on a narrow screen")
    manager = open_browser(viewport={"width": 320, "height": 256})
    manager.come_signed_in_as(email)
    pages = ["/services?area=england", f"/services/{cqc_id}", f"/providers/{provider}", "/editions"]
    assert misfits(manager, [*pages, "/contracts"]) == []


def test_an_administrator_is_told_what_a_sync_needs(live: Live, open_browser: OpenBrowser) -> None:
    with live.database() as session:
        email = a_person(session, Role.ADMINISTRATOR, council=a_council(session)).email
    administrator = open_browser()
    administrator.come_signed_in_as(email)
    administrator.open("/editions/sync")
    assert "CQC_API_KEY" in administrator.words
