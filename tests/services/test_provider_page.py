"""The page of a provider: its services, worst first, and what runs through them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from quality.cqc import RatingWord
from quality.findings.models import Finding, FindingKind
from quality.findings.queries import findings_by_standard
from quality.people.models import Person
from quality.people.permissions import Role
from quality.ratings.queries import Standing
from quality.services.models import Edition, Provider, Service
from tests.builders.people import a_council, a_person
from tests.builders.register import a_rating, change, was_called
from tests.builders.reports import a_report
from tests.builders.services import a_service
from tests.builders.through_time import GOOD, INADEQUATE, NOT_RATED, POOR, editions_of, rates
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


@pytest.fixture
def edition(session: Database) -> Edition:
    """The one edition that tells of everything."""
    return editions_of(session, date(2026, 10, 1))[0]


@pytest.fixture
def provider(session: Database, edition: Edition) -> Provider:
    """Harbour Homes Limited."""
    provider = Provider(cqc_id="1-7777777", name="Harbour Homes Limited", from_edition_id=edition.id)
    provider.held_from = edition.as_at
    session.add(provider)
    session.flush()
    return provider


def a_home(session: Database, provider: Provider, edition: Edition, name: str, **facts: Any) -> Service:
    return a_service(session, edition=edition, name=name, provider_id=provider.id, **facts)


def names(browser: CheckedClient, table: str = "services") -> list[str]:
    """The services of a table, in order."""
    region = browser.page.find("div", attrs={"aria-labelledby": table})
    return [link.get_text() for link in region.select("tbody th a")] if region else []


def test_services_stand_worst_first_and_then_oldest(
    session: Database, officer: CheckedClient, provider: Provider, edition: Edition
) -> None:
    told = [
        ("Unrated", None, None),
        ("New and good", GOOD, date(2025, 1, 1)),
        ("Poor", POOR, date(2020, 1, 1)),
        ("Old and good", GOOD, date(2018, 1, 1)),
        ("Inadequate", INADEQUATE, date(2026, 1, 1)),
        ("Outstanding", RatingWord.OUTSTANDING, date(2016, 1, 1)),
    ]
    for name, word, day in told:
        home = a_home(session, provider, edition, name)
        if word:
            a_rating(session, home, word, edition, published_on=day)
    by_service = a_home(session, provider, edition, "By service")
    rates(session, by_service, NOT_RATED, None, edition)
    a_rating(session, by_service, POOR, edition, service_group="Homecare", published_on=date(2024, 1, 1))
    officer.get(f"/providers/{provider.cqc_id.lower()}")
    expected = ["Inadequate", "Poor", "By service", "Old and good", "New and good", "Outstanding", "Unrated"]
    assert names(officer) == expected
    assert "7 registered services, worst rating first, then the oldest." in officer.words
    assert "Rated by service" in officer.words


def test_a_standing_of_nothing_comes_after_every_rating() -> None:
    assert Standing().worst_and_oldest > Standing(RatingWord.OUTSTANDING, date(2026, 1, 1)).worst_and_oldest
    assert Standing(NOT_RATED).worst_and_oldest == Standing().worst_and_oldest


def test_key_questions_below_good_are_counted_over_registered_services_once_each(
    session: Database, officer: CheckedClient, provider: Provider, edition: Edition
) -> None:
    good, poor, bad, gone, second = (
        a_home(session, provider, edition, name) for name in ("One", "Two", "Three", "Gone", "Second")
    )
    rates(session, good, GOOD, date(2024, 1, 1), edition)
    rates(session, poor, (POOR, POOR, GOOD, GOOD, GOOD, POOR), date(2024, 1, 1), edition)
    rates(session, bad, (POOR, INADEQUATE, GOOD, GOOD, GOOD, GOOD), date(2024, 1, 1), edition)
    rates(session, bad, POOR, date(2024, 1, 1), edition, service_group="Homecare")
    rates(session, gone, POOR, date(2024, 1, 1), edition)
    rates(session, second, POOR, date(2024, 1, 1), edition)
    change(session, gone, ended_on=date(2025, 1, 1))
    change(session, second, primary_cqc_id=good.cqc_id)
    officer.get(f"/providers/{provider.cqc_id}")
    assert "Safe 2 services 3 Effective 1 service 3" in officer.words
    assert "Well-led 2 services 3" in officer.words
    assert f"Second registration of {good.cqc_id}" in officer.words
    assert (
        "3 registered services, worst rating first, then the oldest. 1 second registration" in officer.words
    )
    change(session, good, ended_on=date(2025, 1, 1))
    officer.get(f"/providers/{provider.cqc_id}")
    assert "Safe 3 services 3" in officer.words
    assert (
        "3 registered services, worst rating first, then the oldest. Registered services of" in officer.words
    )
    assert "econd registration" not in officer.words


def test_services_that_are_registered_no_longer_stand_apart(
    session: Database, officer: CheckedClient, provider: Provider, edition: Edition
) -> None:
    a_home(session, provider, edition, "Open")
    a_home(session, provider, edition, "Closed", ended_on=date(2025, 1, 1))
    officer.get(f"/providers/{provider.cqc_id}")
    assert names(officer) == ["Open"]
    assert names(officer, "gone") == ["Closed"]
    assert "1 Jan 2025" in officer.words


def test_former_names_are_told_with_the_day_they_ended(
    session: Database, officer: CheckedClient, provider: Provider, edition: Edition
) -> None:
    (earlier,) = editions_of(session, date(2020, 1, 1))
    was_called(session, provider, earlier, edition, "Harbourside Limited")
    officer.get(f"/providers/{provider.cqc_id}")
    assert "Former names Harbourside Limited, until 1 October 2026" in officer.words


def test_findings_of_published_audits_are_counted_by_standard(session: Database, sign_in: SignIn) -> None:
    report = a_report(session, pdf=b"%PDF-1.7 issued")
    audit, person = report.audit, a_person(session)
    counted = findings_by_standard(audit.service.provider_id, person)
    told = session.query(Finding).filter_by(audit_id=audit.id).all()
    asking = [one for one in told if one.kind is not FindingKind.GOOD_PRACTICE]
    assert sum(one.must_improve + one.should_improve for one in counted) == len(asking)
    browser = sign_in(person)
    browser.get(f"/providers/{audit.service.provider.cqc_id}")
    assert "What our audits found across its services" in browser.words
    southern = a_person(session, council=a_council(session, "Southmere", "SMR"))
    assert findings_by_standard(audit.service.provider_id, southern) == []
    administrator = sign_in(a_person(session, Role.ADMINISTRATOR))
    administrator.get(f"/providers/{audit.service.provider.cqc_id}")
    assert "What our audits found" not in administrator.words


def test_a_provider_contact_has_no_provider_page_not_even_their_own(
    session: Database, sign_in: SignIn, provider: Provider
) -> None:
    browser = sign_in(a_person(session, Role.PROVIDER_CONTACT, provider=provider))
    assert browser.get(f"/providers/{provider.cqc_id}").status_code == 404


@pytest.mark.parametrize("cqc_id", ["1-123456789", "nothing", "%00"])
def test_an_unknown_provider_is_not_found(officer: CheckedClient, cqc_id: str) -> None:
    assert officer.get(f"/providers/{cqc_id}").status_code == 404


def test_the_page_takes_as_many_queries_for_many_services_as_for_few(
    session: Database, officer: CheckedClient, provider: Provider, edition: Edition
) -> None:
    def more(number: int) -> int:
        for n in range(number):
            home = a_home(session, provider, edition, f"Home {n}")
            rates(session, home, GOOD, date(2024, 1, 1), edition)
        for _ in range(2):
            officer.get(f"/providers/{provider.cqc_id}")
        return len(officer.statements)

    few = more(1)
    assert more(12) == few, officer.statements
