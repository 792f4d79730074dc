"""The pages about the council's own audits."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from quality.audits.models import ChosenBecause
from quality.core.clock import today
from quality.market.council.committee import committee_paper
from quality.market.council.pack import evidence_pack
from quality.people.models import Person
from quality.people.permissions import Role
from quality.scoring import AnswerValue
from quality.services.models import LocalAuthority
from tests.builders.audits import an_officer
from tests.builders.editions import an_edition_that_says, days_ago
from tests.builders.people import a_council, a_person
from tests.builders.register import an_edition
from tests.builders.services import a_provider, a_service
from tests.databases import Database
from tests.market.council.builders import an_issued_audit
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]
PAGES = ("improvement", "beside-cqc", "how-long", "pack", "committee")


@pytest.fixture
def council(session: Database) -> LocalAuthority:
    return a_council(session)


@pytest.fixture
def browser(session: Database, council: LocalAuthority, sign_in: SignIn) -> CheckedClient:
    return sign_in(an_officer(session, council))


def _some_audits(session: Database, council: LocalAuthority, times: int = 1) -> None:
    edition = an_edition(session, days_ago(1000))
    provider = a_provider(session)
    for _ in range(times):
        for value in (AnswerValue.PARTLY, AnswerValue.MET):
            service = a_service(session, council, provider=provider, edition=edition)
            an_edition_that_says(service, days_ago(900), {"Overall": ("Good", days_ago(950))})
            findings = ({"code": "3.3.1"},)
            an_issued_audit(session, council, service, days_ago(400), everything=value, findings=findings)
            an_edition_that_says(service, days_ago(300), {"Overall": ("Requires improvement", days_ago(330))})
            an_issued_audit(session, council, service, days_ago(30), everything=value, findings=findings)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_audits_says_what_will_be_there(browser: CheckedClient, page: str) -> None:
    assert browser.get(f"/market/{page}").status_code == 200
    assert "will" in browser.words or "none" in browser.words


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_as_many_statements_for_many_audits_as_for_few(
    session: Database, council: LocalAuthority, browser: CheckedClient, page: str
) -> None:
    counted = []
    for times in (1, 2):
        _some_audits(session, council, times)
        browser.get(f"/market/{page}")
        assert browser.get(f"/market/{page}").status_code == 200
        counted.append(len(browser.statements))
    assert counted[0] == counted[1], browser.statements


def test_each_figure_of_the_pack_leads_to_its_list_and_the_list_to_a_file(
    session: Database, council: LocalAuthority, browser: CheckedClient
) -> None:
    _some_audits(session, council)
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


@pytest.mark.parametrize("page", ["improvement", "beside-cqc", "pack", "committee"])
def test_how_the_audits_were_chosen_is_said_beside_the_figures(
    session: Database, council: LocalAuthority, browser: CheckedClient, page: str
) -> None:
    service = a_service(session, council)
    an_issued_audit(session, council, service, days_ago(5), chosen_because=ChosenBecause.CONCERN)
    browser.get(f"/market/{page}")
    assert "1 audit, 1 was chosen because of a concern or safeguarding; 0 were announced." in browser.words
    assert "This is not a sample of the market" in browser.words


def test_the_committees_numbers_lead_to_the_lists_of_their_own_year(
    session: Database, council: LocalAuthority, browser: CheckedClient
) -> None:
    _some_audits(session, council)
    browser.get("/market/committee")
    period = committee_paper(council.id, today()).before
    links = [str(a["href"]) for a in browser.page.find_all("a") if "/pack/judgements" in str(a.get("href"))]
    assert links == [f"/market/pack/judgements?as_at={day}" for day in (period.ends, today())]
    for link in links:
        assert browser.get(link).status_code == 200


def test_a_line_of_findings_leads_to_its_audits(
    session: Database, council: LocalAuthority, browser: CheckedClient
) -> None:
    _some_audits(session, council)
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
    _some_audits(session, council, 2)
    browser.get("/market/improvement")
    assert "below met again" in browser.words
    browser.get("/market/beside-cqc")
    assert "Agree: both below" in browser.words
    assert "Differ: CQC below, the council not" in browser.words
    assert "by 70 days in the middle, 70 to 70" in browser.words


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("2001-01-01", "The first edition of CQC’s data held here is of"),
        ("2199-01-01", "has not come yet"),
        ("31 2 2026", "As at must be a real date"),
        ("tomorrow", "As at must include"),
    ],
)
def test_a_day_that_cannot_be_had_is_refused_in_a_sentence_and_kept(
    session: Database, browser: CheckedClient, asked: str, sentence: str
) -> None:
    an_edition(session, days_ago(100))
    assert browser.get(f"/market/pack?as_at={asked}").status_code == 422
    assert sentence in browser.words


@pytest.mark.parametrize(
    "file", ["improvement.csv", "improvement/recurring.csv", "beside-cqc.csv", "how-long.csv"]
)
def test_files_are_there_with_and_without_rows(
    session: Database, council: LocalAuthority, browser: CheckedClient, file: str
) -> None:
    assert len(browser.get(f"/market/{file}").text.splitlines()) == 1
    _some_audits(session, council)
    assert len(browser.get(f"/market/{file}").text.splitlines()) > 1


@pytest.mark.parametrize("page", PAGES)
def test_somebody_who_may_not_read_audits_finds_nothing(
    session: Database, council: LocalAuthority, sign_in: SignIn, page: str
) -> None:
    assert (
        sign_in(a_person(session, Role.ADMINISTRATOR, council=council)).get(f"/market/{page}").status_code
        == 404
    )
