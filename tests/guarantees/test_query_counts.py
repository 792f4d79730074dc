"""No page asks the database more because its list is longer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.audits.lifecycle import State
from quality.core.clock import today
from quality.people.models import Person
from quality.people.permissions import Role
from quality.services.models import LocalAuthority
from tests.builders.audits import a_visit, an_audit, an_officer
from tests.builders.findings import a_finding, an_audit_in_review
from tests.builders.people import a_council, a_person
from tests.builders.register import an_edition
from tests.builders.reports import a_report
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient

pytestmark = pytest.mark.slow

SignIn = Callable[[Person], CheckedClient]


def _queries(browser: CheckedClient, path: str) -> int:
    """How many statements a page takes once what a process learns only once (the council's name) is known."""
    browser.get(path)
    assert browser.get(path).status_code == 200
    return len(browser.statements)


def _more_of_everything(session: Database, council: LocalAuthority, officer: Person, times: int) -> None:
    for _ in range(times):
        edition = an_edition(session, today(), loaded_by_id=officer.id)
        service = a_service(session, council, edition=edition)
        an_audit_in_review(session, council=council, lead=officer, service=service)
        an_audit(session, at=State.PLANNED, council=council, lead=officer)
        report = a_report(session, council=council, lead=officer, pdf=b"%PDF-1.7 counted")
        a_person(session, Role.PROVIDER_CONTACT, council=council, provider=report.audit.service.provider)
        an_officer(session, council)


LISTS = {
    Role.QUALITY_OFFICER: ["/services?area=england&sort=worst", "/services.csv", "/audits"],
    Role.MANAGER: ["/contracts", "/queue.csv", "/queue", "/queue?state=planned", "/reports"],
    Role.ADMINISTRATOR: ["/people", "/editions", "/editions.csv"],
}


def test_a_list_takes_as_many_queries_for_many_rows_as_for_few(session: Database, sign_in: SignIn) -> None:
    council = a_council(session)
    officer = an_officer(session, council)
    browsers = {role: sign_in(a_person(session, role, council=council)) for role in LISTS}
    browsers[Role.QUALITY_OFFICER] = sign_in(officer)

    def counted() -> dict[str, int]:
        return {path: _queries(browsers[role], path) for role, paths in LISTS.items() for path in paths}

    _more_of_everything(session, council, officer, 1)
    few = counted()
    _more_of_everything(session, council, officer, 3)
    assert counted() == few


@pytest.mark.parametrize("page", ["", "/visits", "/findings", "/check", "/judgement", "/letters"])
def test_an_audits_page_takes_no_more_for_more_visits_and_findings(
    session: Database, sign_in: SignIn, page: str
) -> None:
    audit = an_audit(session, at=State.VISITING)
    a_visit(audit)
    a_finding(audit)
    browser = sign_in(audit.lead)
    few = _queries(browser, f"/audits/{audit.reference}{page}")
    for _ in range(4):
        a_visit(audit)
        a_finding(audit)
    assert _queries(browser, f"/audits/{audit.reference}{page}") == few, browser.statements
