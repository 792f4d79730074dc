"""A form that arrives after the sign-in has ended is kept, shown, and sent by the person who typed it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from quality.core.clock import now
from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.people import PASSWORD, a_person
from tests.databases import Database
from tests.pages import CheckedClient

SignsIn = Callable[[Person], CheckedClient]

OURS = {"Sec-Fetch-Site": "same-origin"}
TYPED = {
    "name": "Zo\u00eb “Zed” O'Neill <zed>",
    "email": "zoe@northmere.example",
    "job_title": "First line\r\n\r\n  second & last line",
    "roles": ["quality_officer", "manager"],
    "csrf_token": "an old one",
    "version": "7",
}


@pytest.fixture(autouse=True)
def with_form_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about forms being refused, so the forms' tokens are checked as in production."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture
def browser(app: Flask, session: Database) -> CheckedClient:
    """A browser that nobody has signed in on yet."""
    return CheckedClient(app)


def _fields(browser: CheckedClient) -> tuple[str, list[tuple[str, str]]]:
    """Where the main form of the last page goes, and what it would send if nobody typed anything."""
    form = browser.page.select_one("main form")
    assert form is not None, browser.words
    inputs = [one for one in form.find_all("input") if one.get("name")]
    return str(form["action"]), [(str(one["name"]), str(one.get("value", ""))) for one in inputs]


def _submit(browser: CheckedClient, headers: dict[str, str] | None = None, **typed: str) -> int:
    """Send the main form of the last page, as a browser would, with something typed into it."""
    address, fields = _fields(browser)
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(typed.get(name, value))
    return browser.post(address, data=data, headers=headers or OURS).status_code


def _sign_in(browser: CheckedClient, person: Person) -> int:
    browser.get("/sign-in")
    return _submit(browser, email=person.email, password=PASSWORD)


def _an_hour_later() -> time_machine.travel:
    return time_machine.travel(now() + timedelta(minutes=61), tick=False)


def test_a_form_sent_after_the_sign_in_ended_is_kept_and_sent(
    session: Database, browser: CheckedClient
) -> None:
    administrator = a_person(session, Role.ADMINISTRATOR)
    _sign_in(browser, administrator)
    with _an_hour_later():
        answer = browser.post("/people/add?from=list", data=TYPED, headers=OURS)
        assert answer.status_code == 401
        assert (
            "You were signed out because nothing happened for 60 minutes. "
            "What you typed is kept: sign in and you can send it."
        ) in browser.words
        assert _submit(browser, email=administrator.email, password=PASSWORD) == 200
        assert "Check and send what you typed" in browser.words
        for typed in (
            "Zo\u00eb “Zed” O'Neill <zed>",
            "zoe@northmere.example",
            "second & last line",
            "manager",
        ):
            assert typed in browser.words
        assert "an old one" not in browser.words
        address, fields = _fields(browser)
        assert address == "/people/add?from=list"
        sent = [(name, value.replace("\r\n", "\n")) for name, value in fields if name != "csrf_token"]
        assert sent == [
            ("name", "Zo\u00eb “Zed” O'Neill <zed>"),
            ("email", "zoe@northmere.example"),
            ("job_title", "First line\n\n  second & last line"),
            ("roles", "quality_officer"),
            ("roles", "manager"),
            ("version", "7"),
        ]
        assert _submit(browser) == 200
    zoe = session.scalars(select(Person).where(Person.email == "zoe@northmere.example")).one()
    assert zoe.roles == {Role.QUALITY_OFFICER, Role.MANAGER}


def test_what_was_typed_survives_a_wrong_password_and_a_wait(
    session: Database, browser: CheckedClient
) -> None:
    administrator = a_person(session, Role.ADMINISTRATOR)
    _sign_in(browser, administrator)
    with _an_hour_later():
        browser.post("/people/add", data=TYPED, headers=OURS)
        for expected in [422] * 5 + [429]:
            assert _submit(browser, email=administrator.email, password="not the password") == expected
            assert "What you typed is kept" in browser.words
    with time_machine.travel(now() + timedelta(minutes=80), tick=False):
        assert _submit(browser, email=administrator.email, password=PASSWORD) == 200
        assert "zoe@northmere.example" in browser.words


@pytest.mark.parametrize(
    ("most_bytes", "sentence"),
    [
        (20_000_000, "What you typed is kept: sign in and you can send it. Files are not kept"),
        (1_000, "The files were not taken: sign in and choose them again."),
    ],
    ids=["as much as a stranger may send", "more"],
)
def test_files_are_not_kept_and_that_is_said(
    session: Database,
    browser: CheckedClient,
    monkeypatch: pytest.MonkeyPatch,
    most_bytes: int,
    sentence: str,
) -> None:
    administrator = a_person(session, Role.ADMINISTRATOR)
    _sign_in(browser, administrator)
    monkeypatch.setitem(browser.application.config, "MAX_CONTENT_LENGTH", most_bytes)
    with _an_hour_later():
        sent = {**TYPED, "photograph": (io.BytesIO(bytes(3_000)), "IMG_1.jpg")}
        answer = browser.post("/people/add", data=sent, headers=OURS, content_type="multipart/form-data")
        assert answer.status_code == 401
        assert sentence in browser.words
        assert "because nothing happened for" in browser.words


def test_what_was_typed_is_not_shown_to_somebody_else(session: Database, browser: CheckedClient) -> None:
    administrator, colleague = a_person(session, Role.ADMINISTRATOR), a_person(session, Role.ADMINISTRATOR)
    _sign_in(browser, administrator)
    with _an_hour_later():
        browser.post("/people/add", data=TYPED, headers=OURS)
        address, fields = _fields(browser)
        data = {**dict(fields), "email": colleague.email, "password": PASSWORD}
        answer = browser.post(address, data=data, headers=OURS)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "zoe" not in answer.text


def test_somebody_who_signed_in_meanwhile_in_another_tab_need_not_do_so_twice(
    session: Database, browser: CheckedClient
) -> None:
    administrator = a_person(session, Role.ADMINISTRATOR)
    _sign_in(browser, administrator)
    with _an_hour_later():
        browser.post("/people/add", data=TYPED, headers=OURS)
        address, fields = _fields(browser)
        assert _sign_in(browser, administrator) == 303
        first_answer = browser.post(address, data=dict(fields), headers=OURS)
        assert first_answer.status_code == 400, "The token of the form is that of the session before."
        assert _submit(browser) == 200
        assert "zoe@northmere.example" in browser.words


def test_a_form_sent_after_signing_out_in_another_tab_is_kept(
    session: Database, browser: CheckedClient
) -> None:
    administrator = a_person(session, Role.ADMINISTRATOR)
    browser.post("/people/add", data=TYPED, headers=OURS)
    assert "You were signed out. What you typed is kept: sign in and you can send it." in browser.words
    assert _submit(browser, email=administrator.email, password=PASSWORD) == 200
    assert "zoe@northmere.example" in browser.words


def test_a_button_without_a_field_is_kept_too(session: Database, browser: CheckedClient) -> None:
    administrator, other = a_person(session, Role.ADMINISTRATOR), a_person(session)
    _sign_in(browser, administrator)
    with _an_hour_later():
        browser.post(f"/people/{other.id}/disable", headers=OURS)
        _submit(browser, email=administrator.email, password=PASSWORD)
        assert "You had pressed a button." in browser.words
        session.refresh(other)
        assert other.disabled_at is None, "Signing in alone sends nothing."
        assert _submit(browser) == 303
    session.refresh(other)
    assert other.disabled_at is not None


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_words_from_another_site_are_not_kept(
    session: Database, browser: CheckedClient, headers: dict[str, str]
) -> None:
    answer = browser.post("/people/add", data=TYPED, headers=headers)
    assert answer.status_code == 401
    assert "kept" not in answer.text
    assert "zoe" not in answer.text


def test_a_browser_that_names_only_the_origin_keeps_what_was_typed(
    session: Database, browser: CheckedClient
) -> None:
    assert (
        "What you typed is kept"
        in browser.post("/people/add", data=TYPED, headers={"Origin": "http://localhost"}).text
    )


def test_what_was_kept_ends_after_a_day(session: Database, browser: CheckedClient) -> None:
    administrator = a_person(session, Role.ADMINISTRATOR)
    browser.post("/people/add", data=TYPED, headers=OURS)
    address, fields = _fields(browser)
    data = {**dict(fields), "email": administrator.email, "password": PASSWORD}
    with time_machine.travel(now() + timedelta(hours=24, seconds=5), tick=False):
        answer = browser.post(address, data=data, headers=OURS)
    assert (answer.status_code, answer.location) == (303, "/")


def test_what_was_kept_cannot_be_made_up(session: Database, browser: CheckedClient) -> None:
    administrator = a_person(session, Role.ADMINISTRATOR)
    browser.post("/people/add", data=TYPED, headers=OURS)
    address, fields = _fields(browser)
    data = {**dict(fields), "email": administrator.email, "password": PASSWORD}
    data["kept"] = data["kept"].swapcase()
    answer = browser.post(address, data=data, headers=OURS)
    assert (answer.status_code, answer.location) == (303, "/")


def test_a_password_is_never_kept(session: Database, browser: CheckedClient) -> None:
    administrator = a_person(session, Role.ADMINISTRATOR)
    secrets = {
        "password": "sea urchin one",
        "new_password": "sea urchin two",
        "password_again": "sea urchin three",
    }
    browser.post("/people/add", data={**TYPED, **secrets}, headers=OURS)
    _submit(browser, email=administrator.email, password=PASSWORD)
    assert browser.last is not None
    assert "zoe@northmere.example" in browser.last.text
    assert "sea urchin" not in browser.last.text


def test_a_form_from_the_session_before_is_shown_and_can_be_sent(
    session: Database, browser: CheckedClient
) -> None:
    administrator = a_person(session, Role.ADMINISTRATOR)
    _sign_in(browser, administrator)
    answer = browser.post("/people/add", data=TYPED, headers=OURS)
    assert answer.status_code == 400
    assert "Nothing you typed is lost." in browser.words
    assert "second & last line" in browser.words
    assert _submit(browser) == 200
    assert session.scalars(select(Person.email).where(Person.email == "zoe@northmere.example")).one()


def test_a_form_from_another_site_can_only_be_copied(session: Database, browser: CheckedClient) -> None:
    _sign_in(browser, a_person(session, Role.ADMINISTRATOR))
    answer = browser.post("/people/add", data=TYPED, headers={"Sec-Fetch-Site": "same-site"})
    assert answer.status_code == 400
    assert "cannot be sent from here" in browser.words
    assert browser.page.select_one("main form") is None


def test_a_page_asked_for_by_a_stranger_shows_no_promise(session: Database, browser: CheckedClient) -> None:
    browser.get(browser.get("/people").location)
    assert "You were signed out" not in browser.words
