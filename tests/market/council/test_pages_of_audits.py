"""The pages about the council's own audits, where there are some."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask import Flask

from quality.core.clock import today
from quality.market.council.committee import committee_paper
from quality.market.council.pack import evidence_pack
from quality.scoring import AnswerValue
from quality.services.models import LocalAuthority
from tests.builders.editions import an_edition_that_says, days_ago
from tests.builders.people import a_council
from tests.builders.register import an_edition
from tests.builders.services import a_provider, a_service
from tests.databases import Database, ground
from tests.market.council.builders import PAGES, an_issued_audit
from tests.pages import CheckedClient


@pytest.fixture(scope="module", autouse=True)
def audited(app: Flask) -> Iterator[None]:
    """Two services, each audited twice; between the audits CQC began to think less of them."""
    with ground(app, lambda session: _audit_two_more(session, a_council(session))):
        yield


def _audit_two_more(session: Database, council: LocalAuthority) -> None:
    edition = an_edition(session, days_ago(1000))
    provider = a_provider(session)
    for value in (AnswerValue.PARTLY, AnswerValue.MET):
        service = a_service(session, council, provider=provider, edition=edition)
        an_edition_that_says(service, days_ago(900), {"Overall": ("Good", days_ago(950))})
        findings = ({"code": "3.3.1"},)
        an_issued_audit(session, council, service, days_ago(400), everything=value, findings=findings)
        an_edition_that_says(service, days_ago(300), {"Overall": ("Requires improvement", days_ago(330))})
        an_issued_audit(session, council, service, days_ago(30), everything=value, findings=findings)


def test_a_page_takes_as_many_statements_for_many_audits_as_for_few(
    session: Database, council: LocalAuthority, browser: CheckedClient
) -> None:
    def statements(page: str) -> list[str]:
        browser.get(f"/market/{page}")
        assert browser.get(f"/market/{page}").status_code == 200
        return browser.statements

    few = {page: statements(page) for page in PAGES}
    for _ in range(2):
        _audit_two_more(session, council)
    for page in PAGES:
        many = statements(page)
        assert len(many) == len(few[page]), (page, many)


def test_each_figure_of_the_pack_leads_to_its_list_and_the_list_to_a_file(
    council: LocalAuthority, browser: CheckedClient
) -> None:
    pack = evidence_pack(council.id, today())
    browser.get("/market/pack")
    links = {str(link.get("href")) for link in browser.page.find_all("a")}
    for figure in pack.figures:
        address = f"/market/pack/{figure.key}?as_at={today().isoformat()}"
        assert address in links
        assert browser.get(address).status_code == 200
        answer = browser.get(f"/market/pack/{figure.key}.csv?as_at={today().isoformat()}")
        rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
        assert len(rows) == len(figure.rows) + 1


def test_the_committees_numbers_lead_to_the_lists_of_their_own_year(
    council: LocalAuthority, browser: CheckedClient
) -> None:
    browser.get("/market/committee")
    period = committee_paper(council.id, today()).before
    links = [str(a["href"]) for a in browser.page.find_all("a") if "/pack/judgements" in str(a.get("href"))]
    assert links == [f"/market/pack/judgements?as_at={day}" for day in (period.ends, today())]
    for link in links:
        assert browser.get(link).status_code == 200


def test_a_line_of_findings_leads_to_its_audits(browser: CheckedClient) -> None:
    browser.get("/market/improvement")
    lists = [str(a.get("href")) for a in browser.page.find_all("a") if "/improvement/" in str(a.get("href"))]
    assert lists
    for address in lists:
        assert browser.get(address).status_code == 200
    assert browser.get("/market/improvement/element/weather").status_code == 422
    assert "There is no such line on this day." in browser.words


def test_what_recurs_and_what_differs_is_shown(
    session: Database, council: LocalAuthority, browser: CheckedClient
) -> None:
    _audit_two_more(session, council)
    browser.get("/market/improvement")
    assert "below met again" in browser.words
    browser.get("/market/beside-cqc")
    assert "Agree: both below" in browser.words
    assert "Differ: CQC below, the council not" in browser.words
    assert "by 70 days in the middle, 70 to 70" in browser.words


@pytest.mark.parametrize(
    "file", ["improvement.csv", "improvement/recurring.csv", "beside-cqc.csv", "how-long.csv"]
)
def test_a_file_has_a_row_for_what_there_is(browser: CheckedClient, file: str) -> None:
    assert len(browser.get(f"/market/{file}").text.splitlines()) > 1
