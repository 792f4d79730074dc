"""Who may read a report can take it in every form; who may not finds nothing, in none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.people.models import Person
from quality.people.permissions import Role
from quality.reports.data import report_csv, report_json
from quality.reports.snapshot import Snapshot
from quality.reports.text_document import report_odt
from tests.builders.people import a_council, a_person
from tests.builders.reports import a_report
from tests.databases import Database
from tests.pages import CheckedClient

SignsIn = Callable[[Person], CheckedClient]


@pytest.mark.parametrize(("form", "make"), [("json", report_json), ("csv", report_csv), ("odt", report_odt)])
def test_a_report_is_taken_as_a_file_of_every_form(
    session: Database, sign_in: SignsIn, form: str, make: Callable[[Snapshot], bytes]
) -> None:
    report = a_report(session, pdf=b"%PDF-1.7 issued")
    manager = a_person(session, Role.MANAGER, council=report.audit.local_authority)
    answer = sign_in(manager).get(f"/reports/{report.number}.{form}")
    assert answer.data == make(Snapshot.from_json(report.snapshot))
    assert f"{report.number}-" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].endswith(f".{form}")


def test_the_page_of_a_report_leads_to_each_of_its_files(session: Database, sign_in: SignsIn) -> None:
    report = a_report(session, pdf=b"%PDF-1.7 issued")
    browser = sign_in(a_person(session, Role.MANAGER, council=report.audit.local_authority))
    browser.get(f"/reports/{report.number}")
    links = {str(link["href"]) for link in browser.page.select("a")}
    assert {f"/reports/{report.number}.{form}" for form in ("pdf", "odt", "csv", "json")} <= links


@pytest.mark.parametrize("form", ["pdf", "json", "csv", "odt"])
def test_another_council_finds_no_file_of_it(session: Database, sign_in: SignsIn, form: str) -> None:
    report = a_report(session, pdf=b"%PDF-1.7 issued")
    stranger = a_person(session, Role.MANAGER, council=a_council(session, "Southmere", "SMR"))
    assert sign_in(stranger).get(f"/reports/{report.number}.{form}").status_code == 404


def test_anybody_may_read_what_the_json_of_a_report_holds(client: CheckedClient) -> None:
    schema = client.get("/reports/schema.json").get_json()
    assert "Finding" in schema["$defs"]
