"""Planning an audit and changing the plan, as a browser without JavaScript does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import Audit
from quality.core.clock import today
from quality.people.models import Person
from quality.services.models import Service
from tests.audits.typed import typed_day, typed_plan
from tests.builders.audits import a_framework, an_audit, an_officer, go, planned_before_reasons
from tests.builders.people import a_council
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


@pytest.fixture
def service(session: Database) -> Service:
    """A care home that can be audited."""
    a_framework()
    return a_service(session, a_council(session))


def test_an_officer_plans_an_audit(session: Database, sign_in: SignIn, service: Service) -> None:
    council = a_council(session)
    officer, colleague = an_officer(session, council), an_officer(session, council)
    browser = sign_in(officer)
    browser.get(f"/services/{service.cqc_id}/plan-audit")
    assert browser.page.select_one(f'option[value="{officer.id}"][selected]') is not None
    answer = browser.post(
        f"/services/{service.cqc_id}/plan-audit", data=typed_plan(officer, visiting=[colleague.id])
    )
    assert answer.status_code == 303
    browser.get(answer.location)
    assert f"Audit of {service.name}" in browser.words
    assert "The audit is planned" in browser.words
    assert colleague.name in browser.words


def test_the_kind_of_service_is_guessed_from_what_cqc_says(session: Database, sign_in: SignIn) -> None:
    council = a_council(session)
    a_framework()
    browser = sign_in(an_officer(session, council))
    for is_care_home, kind in ((True, "care_home"), (False, "homecare")):
        service = a_service(session, council, is_care_home=is_care_home)
        browser.get(f"/services/{service.cqc_id}/plan-audit")
        assert browser.page.select_one(f'input[name="service_type"][value="{kind}"][checked]') is not None


def test_what_is_missing_is_named_and_what_was_typed_stays(
    session: Database, sign_in: SignIn, service: Service
) -> None:
    officer = an_officer(session, a_council(session))
    typed = typed_plan(
        officer,
        audit_type="",
        chosen_because="",
        chosen_note="An alert of 3 May.",
        **{"planned_from-day": "31", "planned_from-month": "2"},
    )
    browser = sign_in(officer)
    assert browser.post(f"/services/{service.cqc_id}/plan-audit", data=typed).status_code == 422
    assert "Choose what type of audit it is" in browser.words
    assert "Choose why this service was chosen" in browser.words
    assert "First planned day must be a real date" in browser.words
    day = browser.page.select_one("#planned_from-day")
    assert day is not None
    assert day["value"] == "31"
    note = browser.page.select_one("#chosen_note")
    assert note is not None
    assert note.get_text().strip() == "An alert of 3 May."
    assert session.query(Audit).count() == 0


def test_why_a_service_was_chosen_stands_on_the_page_of_the_audit_and_in_its_history(
    session: Database, sign_in: SignIn, service: Service
) -> None:
    officer = an_officer(session, a_council(session))
    browser = sign_in(officer)
    typed = typed_plan(officer, chosen_because="concern", chosen_note="Two alerts in May.")
    browser.get(browser.post(f"/services/{service.cqc_id}/plan-audit", data=typed).location)
    assert "Why it was chosen Concern or safeguarding Two alerts in May." in browser.words
    said = f"{officer.name} recorded why this service was chosen: Concern or safeguarding: Two alerts in May."
    assert said in browser.words


def test_another_reason_is_said_in_a_sentence(session: Database, sign_in: SignIn, service: Service) -> None:
    officer = an_officer(session, a_council(session))
    browser = sign_in(officer)
    typed = typed_plan(officer, chosen_because="other")
    assert browser.post(f"/services/{service.cqc_id}/plan-audit", data=typed).status_code == 422
    fault = browser.page.select_one("#chosen_note-error")
    assert fault is not None
    assert "Say in a sentence why this service was chosen" in fault.get_text()
    assert browser.page.select_one('input[name="chosen_because"][value="other"][checked]') is not None


def test_no_new_audit_can_be_planned_without_a_reason_and_one_of_before_may_go_on_without(
    session: Database, sign_in: SignIn, service: Service
) -> None:
    officer = an_officer(session, a_council(session))
    browser = sign_in(officer)
    browser.get(f"/services/{service.cqc_id}/plan-audit")
    assert browser.page.select_one('input[name="chosen_because"][value="not_recorded"]') is None
    typed = typed_plan(officer, chosen_because="not_recorded")
    assert browser.post(f"/services/{service.cqc_id}/plan-audit", data=typed).status_code == 422
    before = planned_before_reasons(session, officer)
    browser.get(f"/audits/{before.reference}")
    assert "Why it was chosen Not recorded" in browser.words
    browser.get(f"/audits/{before.reference}/plan")
    assert browser.page.select_one('input[name="chosen_because"][value="not_recorded"][checked]') is not None
    changed = typed_plan(officer, chosen_because="not_recorded", announced="yes", version=before.version)
    assert browser.post(f"/audits/{before.reference}/plan", data=changed).status_code == 303


def test_a_refused_plan_is_explained_beside_its_field(
    session: Database, sign_in: SignIn, service: Service
) -> None:
    officer = an_officer(session, a_council(session))
    typed = typed_plan(officer, **typed_day("planned_to", today() - timedelta(days=2)))
    browser = sign_in(officer)
    assert browser.post(f"/services/{service.cqc_id}/plan-audit", data=typed).status_code == 422
    fault = browser.page.select_one("#planned_to-error")
    assert fault is not None
    assert "The last day must be the same as or after the first day" in fault.get_text()


def test_a_service_with_an_open_audit_leads_to_it(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.VISITING)
    browser = sign_in(an_officer(session, audit.local_authority))
    browser.get(f"/services/{audit.service.cqc_id}/plan-audit")
    assert browser.page.select_one(f'main a[href="/audits/{audit.reference}"]') is not None
    assert browser.page.select_one("main form") is None


def test_a_plan_for_a_service_that_was_planned_meanwhile_shows_what_was_typed(
    session: Database, sign_in: SignIn
) -> None:
    audit = an_audit(session, State.PLANNED)
    officer = an_officer(session, audit.local_authority)
    browser = sign_in(officer)
    answer = browser.post(f"/services/{audit.service.cqc_id}/plan-audit", data=typed_plan(officer))
    assert answer.status_code == 422
    assert f"already has an open audit, {audit.reference}" in browser.words
    assert "care_home" in browser.words


def test_the_plan_is_changed_on_its_page(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.PLANNED)
    browser = sign_in(audit.lead)
    browser.get(f"/audits/{audit.reference}/plan")
    version = browser.page.select_one('input[name="version"]')
    assert version is not None
    typed = typed_plan(audit.lead, announced="yes", version=version["value"])
    assert browser.post(f"/audits/{audit.reference}/plan", data=typed).status_code == 303
    session.refresh(audit)
    assert audit.announced


def test_a_stale_plan_is_told_who_was_first_and_shows_what_was_typed(
    session: Database, sign_in: SignIn
) -> None:
    audit = an_audit(session, State.PLANNED)
    typed = typed_plan(audit.lead, version=audit.version, planned_to_year="2026")
    go(audit, MoveName.START_VISIT, audit.lead)
    browser = sign_in(audit.lead)
    assert browser.post(f"/audits/{audit.reference}/plan", data=typed).status_code == 409
    assert f"{audit.lead.name} began the visit" in browser.words
    assert "What you typed" in browser.words
