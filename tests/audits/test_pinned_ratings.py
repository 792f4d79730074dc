"""The ratings pinned to an audit are those that stood when its visit began, whatever CQC publishes afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.audits.queries import pinned_ratings, rated_since
from quality.core.clock import local, now, supposing
from quality.people.models import Person
from quality.reports.building import snapshot_of
from quality.services.models import Service
from tests.builders.audits import an_audit
from tests.builders.editions import an_edition_that_says, days_ago, noon
from tests.builders.people import a_council
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]
OLD, VISIT, NEW = days_ago(900), days_ago(60), days_ago(45)


@pytest.fixture
def service(session: Database) -> Service:
    """A service that CQC rated long before the visit: overall in one file, and on Safe in a second."""
    service = a_service(session, a_council(session))
    an_edition_that_says(service, days_ago(90), {"Overall": ("Good", OLD)}, name="first.csv")
    both = {"Overall": ("Good", OLD), "Safe": ("Requires improvement", OLD)}
    an_edition_that_says(service, days_ago(75), both, name="second.csv")
    return service


def visited(session: Database, service: Service, at: State = State.PUBLISHED) -> Audit:
    """An audit whose visit began on its day."""
    with supposing(noon(VISIT)):
        return an_audit(session, at, service=service)


def rated_inadequate(service: Service) -> None:
    """What CQC's file of a month after the visit says."""
    said = {"Overall": ("Inadequate", NEW), "Safe": ("Requires improvement", OLD)}
    an_edition_that_says(service, days_ago(30), said, name="third.csv")


def pins(audit: Audit) -> list[tuple[str, str]]:
    return [(rating.domain, rating.word.words) for rating in pinned_ratings(audit)]


def test_what_stood_on_the_day_of_the_visit_is_pinned(session: Database, service: Service) -> None:
    audit = visited(session, service)
    assert audit.ratings_as_at == VISIT
    assert pins(audit) == [("Overall", "Good"), ("Safe", "Requires improvement")]
    assert all(rating.held_from <= VISIT for rating in pinned_ratings(audit))


def test_a_rating_that_a_later_edition_replaced_stays_pinned(session: Database, service: Service) -> None:
    audit = visited(session, service)
    before = pins(audit)
    rated_inadequate(service)
    assert pins(audit) == before
    replaced = pinned_ratings(audit)[0]
    assert (replaced.held_from, replaced.held_to) == (days_ago(90), days_ago(30))
    assert [one.rating.word.words for one in rated_since(audit)] == ["Inadequate"]


def test_an_older_edition_loaded_afterwards_changes_no_pin(session: Database, service: Service) -> None:
    audit = visited(session, service)
    before = pins(audit)
    an_edition_that_says(service, days_ago(200), {"Overall": ("Outstanding", days_ago(999))})
    assert pins(audit) == before
    assert rated_since(audit) == []


def test_an_audit_that_begins_after_an_edition_pins_what_that_says(
    session: Database, service: Service
) -> None:
    rated_inadequate(service)
    audit = an_audit(session, State.VISITING, service=service)
    assert pins(audit) == [("Overall", "Inadequate"), ("Safe", "Requires improvement")]


def test_the_page_names_every_edition_the_pinned_ratings_come_from(
    session: Database, service: Service, sign_in: SignIn
) -> None:
    audit = visited(session, service)
    rated_inadequate(service)
    browser = sign_in(audit.lead)
    browser.get(f"/audits/{audit.reference}")
    for name, ago in (("first.csv", 90), ("second.csv", 75)):
        day = days_ago(ago)
        assert f"{name}, as at {day.day} {day:%B %Y}" in browser.words
    assert "third.csv" not in browser.words


def test_the_report_says_what_was_pinned_from_which_editions_and_what_is_newer(
    session: Database, service: Service
) -> None:
    audit = visited(session, service)
    rated_inadequate(service)
    said = snapshot_of(audit, number="R-1", replaces=0, issued_at=local(now())).cqc
    assert said.as_at == VISIT
    assert [(one.file, one.kind, one.as_at) for one in said.editions] == [
        ("first.csv", "Latest ratings", days_ago(90)),
        ("second.csv", "Latest ratings", days_ago(75)),
    ]
    assert [(one.domain, one.rating) for one in said.ratings] == pins(audit)
    assert [(one.domain, one.rating, one.published_on) for one in said.newer] == [
        ("Overall", "Inadequate", NEW)
    ]


def test_a_report_of_a_service_that_was_not_rated_again_says_of_nothing_newer(
    session: Database, service: Service
) -> None:
    audit = visited(session, service)
    assert snapshot_of(audit, number="R-1", replaces=0, issued_at=local(now())).cqc.newer == ()
