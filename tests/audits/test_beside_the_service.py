"""What the page of a service says of the council's audits: the open one, and those that CQC has overtaken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.audits.lifecycle import State
from quality.core.clock import supposing
from quality.people.models import Person
from quality.people.permissions import Role
from quality.services.models import Service
from tests.builders.audits import an_audit, an_officer
from tests.builders.editions import an_edition_that_says, days_ago, noon
from tests.builders.people import a_council, a_person
from tests.builders.reports import a_report
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def buttons(browser: CheckedClient, service: Service) -> list[tuple[str, str]]:
    """What the page of a service offers as buttons: their words and where they lead."""
    browser.get(f"/services/{service.cqc_id}")
    links = browser.page.select("main a.govuk-button")
    return [(" ".join(link.get_text().split()), str(link["href"])) for link in links]


@pytest.mark.parametrize("state", State)
def test_an_audit_is_planned_only_where_none_is_open(
    session: Database, sign_in: SignIn, state: State
) -> None:
    audit = an_audit(session, state)
    offered = buttons(sign_in(audit.lead), audit.service)
    going = (f"Go to the open audit {audit.reference}", f"/audits/{audit.reference}")
    planning = ("Plan an audit", f"/services/{audit.service.cqc_id}/plan-audit")
    assert (going in offered, planning in offered) == (state.is_open, not state.is_open)


def test_another_council_s_open_audit_keeps_nobody_from_planning(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.VISITING, service=a_service(session, a_council(session)))
    other = an_officer(session, a_council(session, "Southmere", "SMR"))
    assert [words for words, _ in buttons(sign_in(other), audit.service)] == ["Plan an audit"]


def test_an_administrator_is_offered_neither(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.VISITING)
    administrator = a_person(session, Role.ADMINISTRATOR, council=a_council(session))
    assert buttons(sign_in(administrator), audit.service) == []


@pytest.fixture
def service(session: Database) -> Service:
    """A service that CQC rated Good long ago."""
    service = a_service(session, a_council(session))
    an_edition_that_says(service, days_ago(90), {"Overall": ("Good", days_ago(900))})
    return service


def test_the_page_says_which_audits_cqc_s_newest_rating_came_after(
    session: Database, service: Service, sign_in: SignIn
) -> None:
    with supposing(noon(days_ago(60))):
        overtaken = an_audit(session, State.PUBLISHED, service=service)
    an_edition_that_says(service, days_ago(30), {"Overall": ("Inadequate", days_ago(40))})
    after = an_audit(session, State.VISITING, service=service)
    browser = sign_in(after.lead)
    browser.get(f"/services/{service.cqc_id}")
    note = browser.page.select_one(f"#rated-since-{overtaken.reference}")
    assert note is not None
    assert "Inadequate" in note.get_text()
    assert [link["href"] for link in note.select("a")] == [f"/audits/{overtaken.reference}"]
    assert browser.page.select_one(f"#rated-since-{after.reference}") is None
    browser.get(f"/services/{service.cqc_id}?as_at={days_ago(50).isoformat()}")
    assert "newer rating than what is pinned" not in browser.words


def test_the_page_sets_the_council_s_judgement_beside_cqc_s_ratings(
    session: Database, service: Service, sign_in: SignIn
) -> None:
    report = a_report(session, service=service, pdf=b"%PDF-1.7 issued")
    browser = sign_in(report.audit.lead)
    browser.get(f"/services/{service.cqc_id}")
    captions = {caption.get_text(strip=True) for caption in browser.page.select("main caption")}
    assert {"The council’s judgement", "CQC’s ratings: the service as a whole"} <= captions
    assert "the two scales cannot be compared" in browser.words


def test_many_audits_of_a_service_ask_for_no_more_than_one_does(
    session: Database, service: Service, sign_in: SignIn
) -> None:
    browser = sign_in(an_officer(session, a_council(session)))

    def queries() -> int:
        with supposing(noon(days_ago(60))):
            an_audit(session, State.PUBLISHED, service=service)
        browser.get(f"/services/{service.cqc_id}")
        browser.get(f"/services/{service.cqc_id}")
        return len(browser.statements)

    assert len({queries() for _ in range(3)}) == 1, browser.statements
