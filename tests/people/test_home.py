"""Where everybody begins, and where they can go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, url_for

from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.people import a_person
from tests.databases import Database
from tests.pages import CheckedClient

SignsIn = Callable[[Person], CheckedClient]


@pytest.mark.parametrize(
    ("roles", "endpoint"),
    [
        ([Role.ADMINISTRATOR], "people.index"),
        ([Role.QUALITY_OFFICER], "audits.mine"),
        ([Role.MANAGER], "audits.queue"),
        ([Role.PROVIDER_CONTACT], "reports.index"),
        ([Role.ADMINISTRATOR, Role.QUALITY_OFFICER], "audits.mine"),
        ([Role.ADMINISTRATOR, Role.MANAGER], "audits.queue"),
    ],
)
def test_everybody_begins_where_their_work_is(
    session: Database, app: Flask, sign_in: SignsIn, roles: list[Role], endpoint: str
) -> None:
    answer = sign_in(a_person(session, roles[0], also=roles[1:])).get("/")
    with app.test_request_context():
        assert answer.location == url_for(endpoint)


def test_a_stranger_begins_at_the_sign_in_page(client: CheckedClient) -> None:
    assert client.get("/").location == "/sign-in"


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.QUALITY_OFFICER, ["Audits", "Services", "Market", "Reports"]),
        (Role.MANAGER, ["Audits", "Queue", "Services", "Market", "Reports"]),
        (Role.ADMINISTRATOR, ["Services", "Market", "People"]),
        (Role.PROVIDER_CONTACT, ["Reports"]),
    ],
)
def test_the_navigation_leads_only_where_a_role_may_go(
    session: Database, sign_in: SignsIn, role: Role, words: list[str]
) -> None:
    browser = sign_in(a_person(session, role))
    browser.get("/about")
    links = browser.page.select("nav[aria-label=Menu] a")
    assert [link.get_text(strip=True) for link in links] == words
    for link in links:
        answer = browser.get(str(link["href"]))
        while answer.status_code == 302:
            answer = browser.get(answer.location)
        assert answer.status_code == 200


def test_the_navigation_says_where_one_is(session: Database, sign_in: SignsIn) -> None:
    browser = sign_in(a_person(session, Role.ADMINISTRATOR))
    for page, current in (("/people", "page"), ("/people/add", "true")):
        browser.get(page)
        marked = browser.page.select("nav[aria-label=Menu] [aria-current]")
        assert [(link.get_text(strip=True), link["aria-current"]) for link in marked] == [("People", current)]
    browser.get("/about")
    assert browser.page.select("nav[aria-label=Menu] [aria-current]") == []


def test_the_queue_is_not_also_marked_as_the_audits(session: Database, app: Flask, sign_in: SignsIn) -> None:
    browser = sign_in(a_person(session, Role.MANAGER))
    with app.test_request_context():
        queue = url_for("audits.queue")
    browser.get(queue)
    marked = browser.page.select("nav[aria-label=Menu] [aria-current]")
    assert [(link.get_text(strip=True), link["aria-current"]) for link in marked] == [("Queue", "page")]
