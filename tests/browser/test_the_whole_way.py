"""The main job on an invented service, as everybody concerned does it in a browser."""

from __future__ import annotations

from datetime import date

from quality.people.permissions import Role
from tests.browser.conftest import Live, OpenBrowser
from tests.browser.journey import (
    Case,
    Rated,
    be_returned_and_send_again,
    become_a_contact,
    missing_in_the_report,
    receive_the_report,
    record_an_audit,
)
from tests.browser.pages import Someone
from tests.builders.audits import a_framework, an_officer
from tests.builders.people import a_council, a_person
from tests.builders.services import a_provider, a_service, rated

SERVICE, PROVIDER = "Amberley Reach", "Amberley Invented Care Limited"
RATINGS: tuple[Rated, ...] = (
    ("Overall", "Requires improvement", date(2026, 3, 14)),
    ("Safe", "Inadequate", date(2026, 3, 14)),
    ("Effective", "Good", date(2024, 11, 2)),
    ("Caring", "Outstanding", date(2021, 7, 30)),
    ("Responsive", "Good", date(2019, 1, 9)),
    ("Well-led", "Requires improvement", date(2026, 3, 13)),
)


def a_case(live: Live) -> Case:
    """An invented service that CQC has rated, and the people of its council."""
    with live.database() as session:
        a_framework()
        council = a_council(session)
        provider = a_provider(session, name=PROVIDER)
        service = a_service(session, council, provider=provider, name=SERVICE)
        for domain, words, day in RATINGS:
            rated(session, service, words, day, domain=domain)
        # The officer is a manager as well: it is the person who may not approve, whatever their roles.
        officer = an_officer(session, council, also=[Role.MANAGER], name="Amara Okafor")
        manager = a_person(session, Role.MANAGER, council=council, name="Ruth Bellamy")
        administrator = a_person(session, Role.ADMINISTRATOR, council=council)
        return Case(
            officer=officer.email,
            manager=manager.email,
            administrator=administrator.email,
            visitors=(officer.name,),
            service=SERVICE,
            service_id=service.cqc_id,
            search_for="amberley",
            provider=PROVIDER,
            provider_id=provider.cqc_id,
            contact=f"contact-{service.id}@amberley.example",
        )


def test_an_audit_from_the_search_for_its_service_to_the_pdf_its_provider_downloads(
    live: Live, open_browser: OpenBrowser
) -> None:
    case = a_case(live)
    officer, manager = open_browser(), open_browser()
    contact = become_a_contact(open_browser, case)
    stranger = a_contact_elsewhere(live, open_browser)
    officer.sign_in_as(case.officer)
    manager.sign_in_as(case.manager)

    recorded = record_an_audit(officer, case)
    recorded = be_returned_and_send_again(officer, manager, recorded)
    cannot_approve(officer, recorded.reference)
    manager.approve(recorded.reference)
    assert "is approved" in manager.words

    number, pdf = receive_the_report(contact, case.service)
    assert missing_in_the_report(pdf, case, recorded, RATINGS) == []
    sees_nothing(stranger, number)


def cannot_approve(officer: Someone, reference: str) -> None:
    """The page offers no approval to whoever took part, and the server refuses one that is sent all the same."""
    officer.open(f"/audits/{reference}/review")
    assert "You led this audit, so another manager has to approve it." in officer.words
    assert officer.page.get_by_role("button", name="Approve").count() == 0
    form: dict[str, str | float | bool] = {
        name: officer.page.locator(f"form[action$='/review/return'] [name={name}]").input_value()
        for name in ("csrf_token", "version")
    }
    path = f"/audits/{reference}/review/approve"
    answer = officer.context.request.post(path, form=form, headers={"Origin": officer.origin})
    assert answer.status == 403
    assert "You led this audit" in answer.text()
    officer.open(f"/audits/{reference}")
    assert "In review" in officer.words


def a_contact_elsewhere(live: Live, open_browser: OpenBrowser) -> Someone:
    """A contact of another provider, signed in."""
    with live.database() as session:
        email = a_person(session, Role.PROVIDER_CONTACT, provider=a_provider(session)).email
    contact = open_browser()
    contact.sign_in_as(email)
    return contact


def sees_nothing(contact: Someone, number: str) -> None:
    """Another provider's contact finds no trace of the report."""
    contact.open("/reports")
    assert number not in contact.words
    assert SERVICE not in contact.words
    contact.open(f"/reports/{number}", answer=404)
    assert SERVICE not in contact.words
    assert contact.context.request.get(f"/reports/{number}.pdf").status == 404
