"""The pages of the register, as people see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from quality.audits.lifecycle import State
from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.audits import an_audit
from tests.builders.people import a_person
from tests.builders.services import a_service, rated
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


@pytest.fixture
def officer(session: Database, sign_in: SignIn) -> CheckedClient:
    """A quality officer of Northmere, signed in."""
    return sign_in(a_person(session))


def test_a_service_page_shows_its_facts_and_every_rating_with_date_and_age(
    session: Database, officer: CheckedClient
) -> None:
    service = rated(session, a_service(session, name="Orchard House"), "Good", date(2019, 3, 14))
    rated(session, service, "Inadequate", date(2019, 3, 14), domain="Safe", **{"Inherited Rating (Y/N)": "Y"})
    rated(session, service, "Insufficient evidence to rate", date(2019, 3, 14), group="Homecare")
    assert officer.get(f"/services/{service.cqc_id.lower()}").status_code == 200
    words = officer.words
    assert service.provider.name in words
    assert service.address in words
    assert "Overall Good 14 Mar 2019" in words
    assert "years" in words
    assert "Inherited: given to the service under an earlier registration." in words
    assert "Insufficient evidence to rate: CQC had too little to go by." in words
    assert "ratings.csv" in words
    link = officer.page.find("a", string="Orchard House on CQC’s site")
    assert link is not None
    assert link["href"] == f"https://www.cqc.org.uk/location/{service.cqc_id}"


def test_an_officer_can_plan_an_audit_from_a_service_page_and_sees_its_audits(
    session: Database, officer: CheckedClient
) -> None:
    audit = an_audit(session, State.ABANDONED)
    officer.get(f"/services/{audit.service.cqc_id}")
    assert audit.reference in officer.words
    assert officer.page.find("a", href=f"/services/{audit.service.cqc_id}/plan-audit") is not None


def test_a_hospital_cannot_be_audited(session: Database, officer: CheckedClient) -> None:
    service = a_service(session, location_type="NHS Healthcare Organisation")
    officer.get(f"/services/{service.cqc_id}")
    assert "only such services are audited" in officer.words
    assert officer.page.find("a", string="Plan an audit") is None


def test_an_administrator_reads_services_and_no_audits(session: Database, sign_in: SignIn) -> None:
    browser = sign_in(a_person(session, Role.ADMINISTRATOR))
    audit = an_audit(session)
    assert browser.get(f"/services/{audit.service.cqc_id}").status_code == 200
    assert audit.reference not in browser.words
    assert "Our audits" not in browser.words
    assert "Plan an audit" not in browser.words


def test_a_provider_contact_has_no_register(session: Database, sign_in: SignIn) -> None:
    browser, service = sign_in(a_person(session, Role.PROVIDER_CONTACT)), a_service(session)
    for address in ("/services", f"/services/{service.cqc_id}", "/editions"):
        assert browser.get(address).status_code == 404


@pytest.mark.parametrize("cqc_id", ["1-123456789", "nothing", "%00"])
def test_an_unknown_service_is_not_found(officer: CheckedClient, cqc_id: str) -> None:
    assert officer.get(f"/services/{cqc_id}").status_code == 404
