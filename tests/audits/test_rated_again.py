"""When CQC rates an audited service again, the audit, the service's page and the people who answer for it say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import Audit
from quality.audits.queries import pinned_ratings, rated_since
from quality.audits.rated_since import WATCHED_AFTER_APPROVAL, in_words
from quality.audits.rating_notices import tell_of_new_ratings
from quality.core.clock import supposing
from quality.core.database import db
from quality.core.jobs import run_all_due
from quality.history.kinds import Kind
from quality.history.queries import TimelineEntry, timeline
from quality.messages.queries import unread
from quality.people.models import Person
from quality.people.operations import disable_person
from quality.people.permissions import Role
from quality.services.models import Edition, Service
from tests.builders.audits import a_manager, an_audit, an_officer, go
from tests.builders.editions import an_edition_that_says, days_ago, noon
from tests.builders.people import a_council, a_person
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]
VISIT = 60  # The visits of these tests began so many days ago.
OLD, BEFORE_VISIT, AFTER_VISIT = date(2021, 3, 9), days_ago(75), days_ago(30)


@pytest.fixture
def service(session: Database) -> Service:
    """A service that CQC rated Good years ago, as its file of three months ago says."""
    service = a_service(session, name="Larkfield House")
    an_edition_that_says(service, days_ago(90), {"Overall": ("Good", OLD), "Safe": ("Good", OLD)})
    return service


def an_audit_of(session: Database, service: Service, at: State = State.WRITING_UP, ago: int = VISIT) -> Audit:
    """An audit that was brought to its state some days ago."""
    with supposing(noon(days_ago(ago))):
        return an_audit(session, at, service=service)


def said_now(service: Service, word: str, published: date = AFTER_VISIT, **more: str) -> Edition:
    """CQC's newest file: the service as a whole is rated again, and Safe is as it was."""
    said = {"Overall": (word, published), "Safe": ("Good", OLD)}
    return an_edition_that_says(service, days_ago(1), said, **more)


def tell(session: Database, edition: Edition) -> None:
    """What the worker does about an edition once it is loaded."""
    session.commit()
    tell_of_new_ratings(edition.id)


def told(audit: Audit) -> list[TimelineEntry]:
    """What the audit's history says of new ratings, newest first."""
    return [entry for entry in timeline("audit", audit.id) if entry.kind is Kind.CQC_RATED_AGAIN]


def notices(person_id: int) -> list[str]:
    """What a person was told of new ratings and has not read yet."""
    return [notice.text for notice in unread(person_id) if "again" in notice.subject]


def test_from_the_load_of_an_edition_to_the_page_of_the_audit(
    session: Database, service: Service, sign_in: SignIn
) -> None:
    audit = an_audit_of(session, service)
    browser = sign_in(audit.lead)
    said_now(service, "Inadequate")
    session.commit()
    run_all_due()
    browser.get("/audits")
    assert "CQC has rated Larkfield House again" in browser.words
    browser.get(f"/audits/{audit.reference}")
    published = f"{AFTER_VISIT.day} {AFTER_VISIT:%B %Y}"
    assert f"CQC published a new rating: Overall Inadequate, published on {published}." in browser.words
    note = browser.page.select_one(f"#rated-since-{audit.reference}")
    assert note is not None
    words = " ".join(note.get_text(" ").split())
    assert f"Overall: Inadequate published on {published}. Pinned: Good published on 9 March 2021." in words
    assert "Safe" not in words


def test_the_manager_who_reviews_sees_it_before_deciding(
    session: Database, service: Service, sign_in: SignIn
) -> None:
    audit = an_audit_of(session, service, State.IN_REVIEW)
    said_now(service, "Inadequate")
    browser = sign_in(a_manager(session, audit.local_authority))
    browser.get(f"/audits/{audit.reference}/review")
    assert "published a newer rating than what is pinned" in browser.words


def test_the_lead_and_the_manager_who_approved_are_told_and_nobody_else(
    session: Database, service: Service
) -> None:
    audit = an_audit_of(session, service, State.PUBLISHED)
    other = an_officer(session, audit.local_authority)
    tell(session, said_now(service, "Inadequate"))
    assert audit.approved_by_id is not None
    assert [len(notices(one)) for one in (audit.lead_id, audit.approved_by_id, other.id)] == [1, 1, 0]


def test_the_managers_are_told_when_the_lead_has_left(session: Database, service: Service) -> None:
    audit = an_audit_of(session, service)
    manager = a_manager(session, audit.local_authority)
    administrator = a_person(session, Role.ADMINISTRATOR, council=audit.local_authority)
    disable_person(person_id=audit.lead_id, by=administrator)
    tell(session, said_now(service, "Inadequate"))
    told_of = [len(notices(one)) for one in (audit.lead_id, manager.id, administrator.id)]
    assert told_of == [0, 1, 0]


@pytest.mark.parametrize("state", [state for state in State if state is not State.ABANDONED])
def test_every_open_or_newly_approved_audit_is_told(
    session: Database, service: Service, state: State
) -> None:
    audit = an_audit_of(session, service, state)
    tell(session, said_now(service, "Outstanding"))
    assert [entry.details["words"].split(",")[0] for entry in told(audit)] == ["Overall Outstanding"]


def test_an_abandoned_audit_and_one_approved_long_ago_are_left_alone(
    session: Database, service: Service
) -> None:
    abandoned = an_audit_of(session, service, State.ABANDONED)
    long_ago = WATCHED_AFTER_APPROVAL.days + 1
    closed = an_audit_of(session, service, State.PUBLISHED, ago=long_ago)
    still = an_audit_of(session, service, State.PUBLISHED, ago=long_ago - 2)
    tell(session, said_now(service, "Inadequate"))
    assert [len(told(audit)) for audit in (abandoned, closed, still)] == [0, 0, 1]
    assert (rated_since(abandoned), rated_since(closed)) == ([], [])


def test_being_told_twice_is_being_told_once(session: Database, service: Service) -> None:
    audit = an_audit_of(session, service)
    edition = said_now(service, "Inadequate")
    for _ in range(2):
        tell(session, edition)
    assert (len(told(audit)), len(notices(audit.lead_id))) == (1, 1)


def test_two_workers_at_once_tell_once(
    fresh_database: Flask, in_threads: Callable[..., list[object]]
) -> None:
    with fresh_database.app_context():
        audit = an_audit(db.session, State.VISITING)
        edition = said_now(audit.service, "Inadequate")
        db.session.commit()
        audit_id, edition_id = audit.id, edition.id
        db.session.remove()

    def work(_: object) -> None:
        with fresh_database.app_context():
            tell_of_new_ratings(edition_id)

    assert in_threads(work, range(4)) == [None] * 4
    with fresh_database.app_context():
        assert len(told(db.session.get_one(Audit, audit_id))) == 1
        db.session.remove()


def test_an_edition_that_says_the_same_again_tells_nothing(session: Database, service: Service) -> None:
    audit = an_audit_of(session, service)
    same = an_edition_that_says(service, days_ago(1), {"Overall": ("Good", OLD), "Safe": ("Good", OLD)})
    tell(session, same)
    assert told(audit) == []


def test_an_edition_about_other_services_tells_nothing(session: Database, service: Service) -> None:
    audit = an_audit_of(session, service)
    other = said_now(a_service(session, a_council(session)), "Inadequate")
    tell(session, other)
    assert told(audit) == []


def test_of_two_editions_each_tells_its_own_news_whenever_the_worker_comes(
    session: Database, service: Service
) -> None:
    audit = an_audit_of(session, service)
    first = an_edition_that_says(service, days_ago(20), {"Overall": ("Inadequate", AFTER_VISIT)})
    tell(session, first)
    second = an_edition_that_says(service, days_ago(1), {"Overall": ("Requires improvement", days_ago(5))})
    for edition in (second, first):
        tell(session, edition)
    words = [entry.details["words"].split(",")[0] for entry in told(audit)]
    assert words == ["Overall Requires improvement", "Overall Inadequate"]


def test_of_two_editions_before_the_worker_comes_only_the_newest_rating_is_told(
    session: Database, service: Service
) -> None:
    audit = an_audit_of(session, service)
    first = an_edition_that_says(service, days_ago(20), {"Overall": ("Inadequate", AFTER_VISIT)})
    second = an_edition_that_says(service, days_ago(1), {"Overall": ("Requires improvement", days_ago(5))})
    for edition in (first, second):
        tell(session, edition)
    words = [entry.details["words"].split(",")[0] for entry in told(audit)]
    assert words == ["Overall Requires improvement"]


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
