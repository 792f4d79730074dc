"""A manager drafts, previews, publishes and corrects; everybody reads."""

from __future__ import annotations

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from quality.history.kinds import Kind
from quality.history.models import Event
from quality.market.models import Publication
from quality.people.models import Person
from tests.builders.publications import a_draft, a_publication
from tests.databases import Database
from tests.pages import CheckedClient

pytestmark = pytest.mark.usefixtures("market_of_two_days")
TYPED = {
    "form_key": "a-form-of-the-manager",
    "title": "Market quality in Northmere",
    "as_at-day": "30",
    "as_at-month": "6",
    "as_at-year": "2026",
    "scopes": ["all", "residential"],
    "rule": "rated/1",
    "compare": "all",
    "small": "shown",
    "introduction": "What we found.",
    "notes": "",
}


def test_a_manager_drafts_sees_and_publishes_and_a_stranger_reads(
    browser: CheckedClient, client: CheckedClient
) -> None:
    assert browser.get("/market/publications/new").status_code == 200
    answer = browser.post("/market/publications/new", data=TYPED)
    assert answer.status_code == 303, answer.text
    draft = answer.headers["Location"]
    assert browser.get(draft).status_code == 200
    assert "This is a draft" in browser.words
    assert "2 of 3 are rated Good or Outstanding in Northmere" in browser.words
    assert client.get("/market/published/NMR/1").status_code == 404
    browser.get(f"{draft}/publish")
    version = browser.page.find("input", attrs={"name": "version"})
    assert version is not None
    answer = browser.post(f"{draft}/publish", data={"version": version["value"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/market/published/NMR/1")
    assert client.get("/market/published/NMR/1").status_code == 200
    assert "What we found." in client.words
    assert client.get("/market/published/NMR/1/chart/all.svg").mimetype == "image/svg+xml"
    assert client.get("/market/open-data").status_code == 200
    assert "Market quality in Northmere" in client.words


def test_a_draft_is_changed_and_a_stale_page_keeps_what_was_typed(
    manager: Person, browser: CheckedClient
) -> None:
    one = a_draft(manager)
    address = f"/market/publications/{one.id}/change"
    assert browser.get(address).status_code == 200
    sent = {**TYPED, "title": "A better title", "version": str(one.version)}
    assert browser.post(address, data=sent).status_code == 303
    answer = browser.post(address, data={**sent, "notes": "Typed for an hour."})
    assert answer.status_code == 409
    assert "Somebody changed this draft since you opened this page" in browser.words
    assert "Typed for an hour." in answer.text


def test_a_draft_is_deleted_once_that_was_confirmed_and_a_publication_never(
    session: Database, manager: Person, browser: CheckedClient
) -> None:
    one, kept = a_draft(manager), a_publication(manager)
    session.commit()
    number, version = one.id, str(one.version)
    assert browser.get(f"/market/publications/{number}").status_code == 200
    assert "Delete this draft" in browser.words
    browser.get(f"/market/publications/{number}/delete")
    assert "cannot be brought back" in browser.words
    stale = browser.post(f"/market/publications/{number}/delete", data={"version": "77"})
    assert stale.status_code == 409
    answer = browser.post(f"/market/publications/{number}/delete", data={"version": version})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/market/publications")
    assert browser.get(f"/market/publications/{number}").status_code == 404
    told = select(Event.kind).where(Event.record_type == "market_publication", Event.record_id == number)
    assert list(session.scalars(told))[-1] == Kind.MARKET_DRAFT_DELETED
    refused = browser.post(f"/market/publications/{kept.id}/delete", data={"version": str(kept.version)})
    assert refused.status_code == 409
    assert "is published, as number 1, and cannot be deleted" in browser.words


def test_a_second_click_on_publish_leads_to_what_the_first_published(
    session: Database, manager: Person, browser: CheckedClient
) -> None:
    one = a_draft(manager)
    session.commit()
    sent, address = {"version": str(one.version)}, f"/market/publications/{one.id}/publish"
    assert browser.post(address, data=sent).status_code == 303
    again = browser.post(address, data=sent)
    assert (again.status_code, again.headers.get("Location")) == (303, "/market/published/NMR/1")
    assert session.scalar(select(func.max(Publication.number))) == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Enter a title"),
        ({"as_at-year": "2019"}, "The first edition held is of 30 June 2025"),
        ({"scopes": []}, "Choose at least one kind of service"),
        ({"corrects": "7", "correction": "x"}, "no publication number 7"),
    ],
)
def test_what_cannot_be_drafted_is_said_and_what_was_typed_is_kept(
    browser: CheckedClient, wrong: dict[str, object], sentence: str
) -> None:
    answer = browser.post("/market/publications/new", data={**TYPED, **wrong})
    assert answer.status_code == 422
    assert sentence in browser.words
    assert "What we found." in answer.text


def test_a_correction_begins_with_what_it_corrects_and_marks_it(
    manager: Person, browser: CheckedClient, client: CheckedClient
) -> None:
    a_publication(manager)
    browser.get("/market/publications/new?corrects=1")
    assert "Correct number 1" in browser.words
    assert "Our own words." in str(browser.page)
    a_publication(manager, corrects=1, correction="A figure was wrong.")
    client.get("/market/published/NMR/1")
    assert "Superseded. Number 2 corrects this: A figure was wrong." in client.words
    client.get("/market/published/NMR/2")
    assert "This corrects number 1: A figure was wrong." in client.words
    browser.get("/market/publications")
    assert "Superseded by a correction" in browser.words


@pytest.mark.parametrize(
    "path", ["NMR/9", "XXX/1", "NMR/1.pdf", "NMR/1.exe", "NMR/1/chart/zoos.svg", "NMR/1/beside/4"]
)
def test_what_is_not_published_is_not_found(manager: Person, client: CheckedClient, path: str) -> None:
    a_publication(manager)
    assert client.get(f"/market/published/{path}").status_code == 404


def test_the_dictionary_says_what_every_column_means(client: CheckedClient) -> None:
    assert client.get("/market/open-data/dictionary").status_code == 200
    assert "The lower end of the 95 % Wilson interval of the share" in client.words


def run(app: Flask, *words: str) -> Result:
    """Run `flask market publications`."""
    return app.test_cli_runner().invoke(args=["market", "publications", *words])


def test_the_command_lists_shows_and_counts_again(app: Flask, manager: Person) -> None:
    one = a_publication(manager, printed=True)
    assert "NMR 1: Market quality in Northmere" in run(app, "list").output
    assert "Northmere: 66.7% (2 of 3)." in run(app, "show", "1").output
    assert run(app, "show", "1", "--json").output.strip() == one.snapshot
    checked = run(app, "verify")
    assert checked.exit_code == 0, checked.output
    assert "NMR 1: holds." in checked.output
    assert "own, Northmere: 2 of 3. The same." in checked.output
    assert '"holds": true' in run(app, "verify", "1", "--json").output
    assert run(app, "show", "9").exit_code == 2
