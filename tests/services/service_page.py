"""The page of a service, as the tests of it read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from quality.people.models import Person
from quality.services.models import Service
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]
LAST_DAY = date(2024, 7, 1)


def page(service: Service, day: object = "") -> str:
    """Its address, as at a day where one is given."""
    return f"/services/{service.cqc_id}" + (f"?as_at={day}" if day else "")


def facts(browser: CheckedClient) -> dict[str, str]:
    """The list of facts, by name."""
    return {
        " ".join(row.find("dt").get_text(" ").split()): " ".join(row.find("dd").get_text(" ").split())  # type: ignore[union-attr]
        for row in browser.page.select(".govuk-summary-list__row")
    }
