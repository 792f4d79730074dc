"""The pages about the council's own audits, before there are many. See also test_pages_of_audits."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.audits.models import ChosenBecause
from quality.people.models import Person
from quality.people.permissions import Role
from quality.services.models import LocalAuthority
from tests.builders.editions import days_ago
from tests.builders.people import a_person
from tests.builders.register import an_edition
from tests.builders.services import a_service
from tests.databases import Database
from tests.market.council.builders import PAGES, an_issued_audit
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_audits_says_what_will_be_there(browser: CheckedClient, page: str) -> None:
    assert browser.get(f"/market/{page}").status_code == 200
    assert "will" in browser.words or "none" in browser.words


def test_how_the_audits_were_chosen_is_said_beside_the_figures(
    session: Database, council: LocalAuthority, browser: CheckedClient
) -> None:
    service = a_service(session, council)
    an_issued_audit(session, council, service, days_ago(5), chosen_because=ChosenBecause.CONCERN)
    for page in ("improvement", "beside-cqc", "pack", "committee"):
        browser.get(f"/market/{page}")
        assert (
            "1 audit, 1 was chosen because of a concern or safeguarding; 0 were announced." in browser.words
        )
        assert "This is not a sample of the market" in browser.words


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
def test_a_file_without_audits_has_its_headings(browser: CheckedClient, file: str) -> None:
    assert len(browser.get(f"/market/{file}").text.splitlines()) == 1


@pytest.mark.parametrize("page", PAGES)
def test_somebody_who_may_not_read_audits_finds_nothing(
    session: Database, council: LocalAuthority, sign_in: SignIn, page: str
) -> None:
    assert (
        sign_in(a_person(session, Role.ADMINISTRATOR, council=council)).get(f"/market/{page}").status_code
        == 404
    )
