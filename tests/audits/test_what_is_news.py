"""Which of CQC's ratings is news to an audit, and in which words it is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from quality.audits.lifecycle import MoveName, State
from quality.audits.queries import pinned_ratings, rated_since
from quality.audits.rated_since import in_words
from quality.core.clock import supposing
from quality.people.models import Person
from quality.services.models import Service
from tests.audits.rating_again import (
    AFTER_VISIT,
    BEFORE_VISIT,
    OLD,
    VISIT,
    an_audit_of,
    notices,
    said_now,
    tell,
    told,
)
from tests.builders.audits import an_audit, an_officer, go
from tests.builders.editions import an_edition_that_says, days_ago, noon
from tests.builders.people import a_council
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def test_a_rating_published_before_the_visit_that_reached_us_after_it_is_new(
    session: Database, service: Service
) -> None:
    audit = an_audit_of(session, service)
    tell(session, said_now(service, "Inadequate", published=BEFORE_VISIT))
    assert len(told(audit)) == 1


def test_another_word_on_the_same_day_is_a_correction_worth_telling(
    session: Database, service: Service
) -> None:
    audit = an_audit_of(session, service)
    tell(session, said_now(service, "Requires improvement", published=OLD))
    assert len(told(audit)) == 1


def test_an_older_rating_of_what_was_not_rated_in_our_files_is_no_news(
    session: Database, service: Service
) -> None:
    audit = an_audit_of(session, service)
    whole = {"Overall": ("Good", OLD), "Safe": ("Good", OLD), "Caring": ("Outstanding", OLD - timedelta(99))}
    tell(session, an_edition_that_says(service, days_ago(1), whole))
    assert told(audit) == []


def test_a_rating_of_one_of_its_services_is_told_by_its_name(session: Database, service: Service) -> None:
    audit = an_audit_of(session, service)
    edition = an_edition_that_says(
        service, days_ago(1), {"Overall": ("Inadequate", AFTER_VISIT)}, group="Homecare service"
    )
    tell(session, edition)
    assert [entry.details["words"].split(",")[0] for entry in told(audit)] == [
        "Homecare service: Overall Inadequate"
    ]


def test_a_rating_that_cqc_lists_again_for_the_one_service_of_a_place_is_told_once(
    session: Database, service: Service
) -> None:
    audit = an_audit_of(session, service)
    rows = said_now(service, "Inadequate")
    again = {"Overall": ("Inadequate", AFTER_VISIT), "Safe": ("Good", AFTER_VISIT)}
    an_edition_that_says(service, days_ago(1), again, group="Care home service", name="again.csv")
    tell(session, rows)
    assert [one.element for one in rated_since(audit)] == ["Overall", "Care home service: Safe"]


def test_a_service_that_had_no_rating_when_it_was_visited(session: Database, sign_in: SignIn) -> None:
    service = a_service(session)
    audit = an_audit_of(session, service)
    tell(session, said_now(service, "Good", published=BEFORE_VISIT))
    assert len(told(audit)) == 1
    browser = sign_in(audit.lead)
    browser.get(f"/audits/{audit.reference}")
    assert "Pinned: none." in browser.words


def test_before_the_visit_only_what_came_after_the_planning_is_new(
    session: Database, service: Service, sign_in: SignIn
) -> None:
    audit = an_audit_of(session, service, State.PLANNED)
    assert rated_since(audit) == []
    tell(session, said_now(service, "Inadequate"))
    assert len(told(audit)) == 1
    assert "are pinned to it when the visit begins" in notices(audit.lead_id)[0]
    browser = sign_in(audit.lead)
    browser.get(f"/audits/{audit.reference}")
    assert "a new rating since we planned" in browser.words
    go(audit, MoveName.START_VISIT, audit.lead)
    browser.get(f"/audits/{audit.reference}")
    assert browser.page.select_one(f"#rated-since-{audit.reference}") is None
    assert "Inadequate" in {rating.word.words for rating in pinned_ratings(audit)}


def test_old_ratings_of_a_service_that_we_held_none_of_are_no_news_to_a_plan(session: Database) -> None:
    service = a_service(session)
    audit = an_audit_of(session, service, State.PLANNED)
    tell(session, said_now(service, "Good", published=OLD))
    assert told(audit) == []


def test_a_notice_of_a_new_rating_stays_when_the_audit_moves_on(session: Database, service: Service) -> None:
    audit = an_audit_of(session, service)
    tell(session, said_now(service, "Inadequate"))
    go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
    assert len(notices(audit.lead_id)) == 1


def test_what_is_new_is_told_in_one_phrase_for_each_day(session: Database, service: Service) -> None:
    audit = an_audit_of(session, service)
    said = {"Overall": ("Inadequate", AFTER_VISIT), "Safe": ("Inadequate", AFTER_VISIT)}
    an_edition_that_says(service, days_ago(10), {**said, "Caring": ("Good", days_ago(12))})
    first, second = (f"{one.day} {one:%B %Y}" for one in (AFTER_VISIT, days_ago(12)))
    assert in_words(rated_since(audit)) == (
        f"Overall Inadequate, Safe Inadequate, published on {first}; Caring Good, published on {second}"
    )


def test_two_councils_with_an_audit_of_one_service_are_each_told_of_their_own(
    session: Database, service: Service
) -> None:
    ours = an_audit_of(session, service)
    with supposing(noon(days_ago(VISIT))):
        lead = an_officer(session, a_council(session, "Southmere", "SMR"))
        theirs = an_audit(session, State.VISITING, service=service, lead=lead)
    tell(session, said_now(service, "Inadequate"))
    assert (len(told(ours)), len(told(theirs))) == (1, 1)
    assert f"audit {theirs.reference}" in notices(lead.id)[0]


def test_a_page_asks_as_much_for_many_new_ratings_as_for_none(
    session: Database, service: Service, sign_in: SignIn
) -> None:
    audit = an_audit_of(session, service)
    browser = sign_in(audit.lead)

    def queries() -> int:
        browser.get(f"/audits/{audit.reference}")
        browser.get(f"/audits/{audit.reference}")
        return len(browser.statements)

    few = queries()
    domains = ("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led")
    an_edition_that_says(service, days_ago(1), dict.fromkeys(domains, ("Inadequate", AFTER_VISIT)))
    assert queries() == few
