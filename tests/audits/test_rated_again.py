"""When CQC rates an audited service again, the audit, the service's page and the people who answer for it say so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.audits.queries import rated_since
from quality.audits.rated_since import WATCHED_AFTER_APPROVAL
from quality.audits.rating_notices import tell_of_new_ratings
from quality.core.database import db
from quality.core.jobs import run_all_due
from quality.people.models import Person
from quality.people.operations import disable_person
from quality.people.permissions import Role
from quality.services.models import Service
from tests.audits.rating_again import (
    AFTER_VISIT,
    OLD,
    an_audit_of,
    notices,
    said_now,
    tell,
    told,
)
from tests.builders.audits import a_manager, an_audit, an_officer
from tests.builders.editions import an_edition_that_says, days_ago
from tests.builders.people import a_council, a_person
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


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
