"""The pages of the register, as people see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from quality.audits.lifecycle import State
from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.audits import an_audit
from tests.builders.people import a_council, a_person
from tests.builders.services import a_provider, a_service, load_rows, rated
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


@pytest.fixture
def officer(session: Database, sign_in: SignIn) -> CheckedClient:
    """A quality officer of Northmere, signed in."""
    return sign_in(a_person(session))


def test_services_of_the_own_council_are_listed_with_their_ratings(
    session: Database, officer: CheckedClient
) -> None:
    rated(session, a_service(session, name="Orchard House"), "Outstanding", date(2024, 5, 1))
    a_service(session, a_council(session, "Southmere", "SMR"), name="Orchard View")
    assert officer.get("/services").status_code == 200
    assert "Adult social care in Northmere, by name" in officer.words
    assert "Orchard House" in officer.words
    assert "Outstanding 1 May 2024" in officer.words
    assert "Orchard View" not in officer.words


def test_a_search_can_be_widened_to_all_england_and_kept_as_an_address(
    session: Database, officer: CheckedClient
) -> None:
    a_service(session, a_council(session, "Southmere", "SMR"), name="Orchard View")
    officer.get("/services?q=orchard")
    assert "No social care service in Northmere matches “orchard”" in officer.words
    wider = officer.page.find("a", string="search all England")
    assert wider is not None
    officer.get(str(wider["href"]))
    assert "Orchard View" in officer.words
    assert "Southmere" in officer.words
    field = officer.page.find(id="q")
    assert field is not None
    assert field["value"] == "orchard"


def test_a_service_rated_by_service_is_listed_so(session: Database, officer: CheckedClient) -> None:
    service = rated(session, a_service(session), "Not Rated")
    rated(session, service, "Good", date(2024, 12, 13), group="Homecare")
    officer.get("/services")
    assert "Rated by service Homecare: Good 13 Dec 2024" in officer.words


def test_an_empty_register_says_where_services_come_from(session: Database, officer: CheckedClient) -> None:
    officer.get("/services")
    assert "No services are held yet" in officer.words
    assert "flask cqc load" in officer.words
    officer.get("/editions")
    assert "No file was loaded yet." in officer.words


def test_the_list_asks_the_database_as_often_for_many_services_as_for_few(
    session: Database, officer: CheckedClient
) -> None:
    for _ in range(2):
        rated(session, a_service(session), "Good", date(2024, 1, 1))
    officer.get("/services")
    few = len(officer.statements)
    for _ in range(15):
        rated(session, a_service(session), "Good", date(2024, 1, 1))
    officer.get("/services")
    assert len(officer.statements) == few


def test_more_services_than_a_page_are_leafed_through(session: Database, officer: CheckedClient) -> None:
    provider = a_provider(session)
    for number in range(26):
        a_service(session, provider=provider, name=f"Home {number:02}")
    officer.get("/services?q=home")
    following = officer.page.find("a", rel="next")
    assert following is not None
    officer.get(str(following["href"]))
    assert "Home 25" in officer.words
    officer.get("/services?page=999999999999999999999")
    assert "There are no more services here." in officer.words


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


def test_the_files_that_were_loaded_are_listed_with_what_became_of_their_rows(
    session: Database, officer: CheckedClient
) -> None:
    by = a_person(session, name="Ruth Bellamy")
    twice = [{}, {"Latest Rating": "Inadequate"}, {"Domain": "Safe"}]
    result = load_rows(twice, as_at=date(2026, 6, 30), name="June.csv", by=by)
    officer.get("/editions")
    words = officer.words
    assert "As at 30 June 2026" in words
    assert "June.csv" in words
    assert "by Ruth Bellamy" in words
    assert result.sha256 in words
    assert "Set aside 2: two different ratings of one thing and date" in words
    assert "1 warning about June.csv" in words
