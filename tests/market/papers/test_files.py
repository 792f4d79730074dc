"""The evidence pack and the committee paper as files: their figures, their pictures, and the tables beside these."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.core.clock import today
from quality.people.models import Person
from quality.scoring import AnswerValue
from quality.services.models import LocalAuthority
from tests.builders.audits import an_officer
from tests.builders.editions import an_edition_that_says, days_ago
from tests.builders.people import a_council
from tests.builders.register import an_edition
from tests.builders.services import a_provider, a_service
from tests.databases import Database
from tests.market.council.builders import an_issued_audit
from tests.market.papers.test_papers import sheets_of, words_of
from tests.pages import CheckedClient
from tests.printing.documents import opened, tags_of

SignIn = Callable[[Person], CheckedClient]
PICTURES = {
    "The market beside others": "beside authorities of the region",
    "How long services stay Requires improvement": "How long services stay Requires improvement",
    "The council beside CQC": "Our judgement against CQC’s rating",
}


@pytest.fixture
def council(session: Database) -> LocalAuthority:
    return a_council(session)


@pytest.fixture
def browser(session: Database, council: LocalAuthority, sign_in: SignIn) -> CheckedClient:
    return sign_in(an_officer(session, council))


def _two_homes(session: Database, council: LocalAuthority) -> None:
    """Two homes that CQC rated Good, then Requires improvement, and that the council audited once each."""
    edition, provider = an_edition(session, days_ago(1000)), a_provider(session)
    for value in (AnswerValue.PARTLY, AnswerValue.MET):
        service = a_service(session, council, provider=provider, edition=edition)
        an_edition_that_says(service, days_ago(900), {"Overall": ("Good", days_ago(950))})
        an_edition_that_says(service, days_ago(300), {"Overall": ("Requires improvement", days_ago(330))})
        an_issued_audit(session, council, service, days_ago(30), everything=value)


def _file(browser: CheckedClient, name: str) -> bytes:
    answer = browser.get(f"/market/papers/{name}")
    assert answer.status_code == 200
    assert today().isoformat() in answer.headers["Content-Disposition"]
    return bytes(answer.data)


@pytest.mark.slow
def test_the_pack_has_its_pictures_with_words_for_who_cannot_see_them(
    session: Database, council: LocalAuthority, browser: CheckedClient
) -> None:
    _two_homes(session, council)
    pdf = _file(browser, "pack.pdf")
    words, document = words_of(pdf), opened(pdf)
    told = " ".join(str(figure.Alt) for figure in tags_of(document, "/Figure"))
    for heading, title in PICTURES.items():
        assert heading in words
        assert title in told


def test_the_table_of_each_picture_is_a_sheet(
    session: Database, council: LocalAuthority, browser: CheckedClient
) -> None:
    _two_homes(session, council)
    sheets = sheets_of(_file(browser, "pack.ods"))
    assert {"Beside others", "Stays", "Judgements and ratings"} <= set(sheets)
    assert [council.name, 0, 2, "0%"] in [row[:4] for row in sheets["Beside others"]]
    assert ["Stays counted", 2, 2] in sheets["Stays"]


def test_a_pack_of_a_council_without_anything_has_no_empty_pictures(browser: CheckedClient) -> None:
    pdf = _file(browser, "pack.pdf")
    assert not tags_of(opened(pdf), "/Figure")
    assert "The market beside others" not in words_of(pdf)


@pytest.mark.parametrize("name", ["committee.pdf", "committee.ods", "committee.odt"])
def test_the_committee_paper_is_a_file_too(
    session: Database, council: LocalAuthority, browser: CheckedClient, name: str
) -> None:
    _two_homes(session, council)
    assert _file(browser, name)[:4] in {b"%PDF", b"PK\x03\x04"}


def test_a_form_that_there_is_not_is_not_found(browser: CheckedClient) -> None:
    assert browser.get("/market/papers/pack.docx").status_code == 404
