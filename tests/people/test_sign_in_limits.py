"""How long a sign-in lasts, what its cookie is like, and how guessing is slowed down."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from config import Settings
from quality.core.clock import now
from quality.people import attempts, operations, signing_in
from quality.people.models import Person, SignInAttempt
from quality.people.permissions import Role
from tests.builders.people import PASSWORD, a_person
from tests.databases import Database
from tests.pages import CheckedClient

SignsIn = Callable[[Person], CheckedClient]
TOO_MANY = "Too many attempts were made. Wait 15 minutes and try again"


def _is_in(browser: CheckedClient) -> bool:
    return browser.get("/people").status_code == 200


def _alike(page: str, email: str) -> str:
    """The page without what differs by nature: the address that was typed, and the form's token."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page).replace(email, "…")


def _try(browser: CheckedClient, email: str, password: str = "", address: str = "192.0.2.1") -> int:
    password = password or "not the password at all"
    answer = browser.post(
        "/sign-in", data={"email": email, "password": password}, environ_base={"REMOTE_ADDR": address}
    )
    return answer.status_code


def test_an_hour_without_a_page_ends_the_sign_in(session: Database, sign_in: SignsIn) -> None:
    browser = sign_in(a_person(session, Role.ADMINISTRATOR))
    with time_machine.travel(now() + timedelta(minutes=59), tick=False):
        assert _is_in(browser)
    with time_machine.travel(now() + timedelta(minutes=59 + 59), tick=False):
        assert _is_in(browser), "The hour runs from the last page."
    with time_machine.travel(now() + timedelta(minutes=59 + 59 + 60), tick=False):
        assert not _is_in(browser)
        browser.get("/sign-in")
        assert "You were signed out because nothing happened for 60 minutes." in browser.words


def test_twelve_hours_end_a_sign_in_however_busy(session: Database, sign_in: SignsIn) -> None:
    browser, began = sign_in(a_person(session, Role.ADMINISTRATOR)), now()
    for minutes in range(50, 12 * 60, 50):
        with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
            assert _is_in(browser)
    with time_machine.travel(began + timedelta(hours=12), tick=False):
        assert not _is_in(browser)
        browser.get("/sign-in")
        assert "because a sign-in lasts 12 hours." in browser.words


def test_two_pages_within_half_a_minute_need_one_note_of_the_last_use(
    session: Database, sign_in: SignsIn
) -> None:
    browser, began = sign_in(a_person(session, Role.ADMINISTRATOR)), now()
    noted = {}
    for seconds in (60, 75, 89, 90):
        with time_machine.travel(began + timedelta(seconds=seconds), tick=False):
            noted[seconds] = "Set-Cookie" in browser.get("/people").headers
    assert noted == {60: True, 75: False, 89: False, 90: True}


def test_noting_the_last_use_writes_nothing_to_the_database(session: Database, sign_in: SignsIn) -> None:
    browser = sign_in(a_person(session, Role.ADMINISTRATOR))
    with time_machine.travel(now() + timedelta(minutes=5), tick=False):
        answer = browser.get("/people")
    assert "Set-Cookie" in answer.headers
    assert not [
        one
        for one in browser.statements
        if not one.upper().startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLL"))
    ]


def test_style_sheets_leave_the_cookie_alone(session: Database, sign_in: SignsIn) -> None:
    browser = sign_in(a_person(session))
    assert "Set-Cookie" not in browser.get("/council.css").headers


def test_a_cookie_without_its_time_of_use_is_no_sign_in(session: Database, sign_in: SignsIn) -> None:
    browser = sign_in(a_person(session, Role.ADMINISTRATOR))
    with browser.session_transaction() as cookie:
        del cookie["seen_at"]
    assert not _is_in(browser)


def test_a_disabled_persons_open_session_is_refused_on_the_next_request(
    session: Database, sign_in: SignsIn
) -> None:
    person = a_person(session, Role.ADMINISTRATOR)
    a_person(session, Role.ADMINISTRATOR)
    browsers = [sign_in(person), sign_in(person)]
    assert all(_is_in(browser) for browser in browsers)
    operations.disable_person(person_id=person.id, by=None)
    assert not any(_is_in(browser) for browser in browsers)
    browsers[0].get("/sign-in")
    assert "You were signed out because your sign-in was ended." in browsers[0].words


def test_enabling_somebody_again_does_not_bring_an_ended_sign_in_back(
    session: Database, sign_in: SignsIn
) -> None:
    person = a_person(session, Role.ADMINISTRATOR)
    a_person(session, Role.ADMINISTRATOR)
    browser = sign_in(person)
    operations.disable_person(person_id=person.id, by=None)
    operations.enable_person(person_id=person.id, by=None)
    assert not _is_in(browser)
    assert _is_in(sign_in(person))


def test_a_role_taken_away_counts_from_the_next_request(session: Database, sign_in: SignsIn) -> None:
    person = a_person(session, Role.ADMINISTRATOR, also=[Role.QUALITY_OFFICER])
    a_person(session, Role.ADMINISTRATOR)
    browser = sign_in(person)
    operations.change_roles(
        person_id=person.id, roles=[Role.QUALITY_OFFICER], version=person.version, by=None
    )
    assert browser.get("/people").status_code == 404


@pytest.mark.parametrize("over_https", [True, False])
def test_the_cookie_is_shut_to_scripts_and_other_sites(over_https: bool) -> None:
    settings = Settings(secret_key="k" * 40, database_url="sqlite:///unused", served_over_https=over_https)
    app = create_app(settings, TESTING=True)
    with app.test_request_context("/", base_url="https://quality.example"):
        from flask import session as cookie_session

        cookie_session["seen_at"] = 1
        response = app.make_response("")
        app.session_interface.save_session(app, cookie_session, response)
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-" if over_https else "provider-quality=")
    assert ("Secure" in cookie) is over_https
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_the_sixth_wrong_password_in_a_quarter_of_an_hour_is_not_looked_at(
    session: Database, client: CheckedClient
) -> None:
    person = a_person(session)
    assert [_try(client, person.email) for _ in range(5)] == [422] * 5
    assert _try(client, person.email, PASSWORD) == 429
    assert TOO_MANY in client.words


def test_an_unknown_address_is_limited_in_the_same_words(session: Database, client: CheckedClient) -> None:
    person, pages = a_person(session), []
    for email in (person.email, "nobody@northmere.example"):
        for _ in range(5):
            _try(client, email)
        pages.append(_alike(client.post("/sign-in", data={"email": email, "password": "x"}).text, email))
    assert pages[0] == pages[1]
    assert client.last is not None
    assert client.last.status_code == 429


def test_the_limit_ends_by_itself_although_somebody_keeps_trying(
    session: Database, client: CheckedClient
) -> None:
    person = a_person(session)
    for _ in range(5):
        _try(client, person.email)
    for minutes in (5, 10, 14):
        with time_machine.travel(now() + timedelta(minutes=minutes), tick=False):
            assert _try(client, person.email) == 429
    with time_machine.travel(now() + timedelta(minutes=15, seconds=5), tick=False):
        assert _try(client, person.email, PASSWORD) == 303


def test_the_right_password_forgets_the_slips_before_it(session: Database, client: CheckedClient) -> None:
    person = a_person(session)
    for _ in range(3):
        for _ in range(4):
            assert _try(client, person.email) == 422
        assert _try(client, person.email, PASSWORD) == 303
        client.post("/sign-out")


def test_thirty_wrong_passwords_from_one_address_stop_it_for_every_account(
    session: Database, client: CheckedClient
) -> None:
    person = a_person(session)
    for number in range(30):
        assert _try(client, f"nobody{number}@northmere.example") == 422
    assert _try(client, person.email, PASSWORD) == 429
    assert _try(client, person.email, PASSWORD, address="192.0.2.2") == 303


def test_a_household_of_ipv6_addresses_counts_as_one(session: Database, client: CheckedClient) -> None:
    for number in range(30):
        assert (
            _try(client, f"nobody{number}@northmere.example", address=f"2001:db8:1:2::{number + 1:x}") == 422
        )
    assert _try(client, "other@northmere.example", address="2001:db8:1:2:ffff::1") == 429
    assert _try(client, "other@northmere.example", address="2001:db8:1:3::1") == 422


def test_old_attempts_are_not_kept(session: Database, client: CheckedClient) -> None:
    _try(client, "nobody@northmere.example")
    with time_machine.travel(now() + timedelta(minutes=16), tick=False):
        _try(client, "nobody@northmere.example")
    assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 2


def test_twenty_guesses_at_once_get_no_more_than_five_looks(
    fresh_database: Flask, in_threads: Callable[..., list[object]]
) -> None:
    with fresh_database.app_context():
        from quality.core.database import db

        person = a_person(db.session)
        db.session.commit()
        email = person.email

    def guess(number: int) -> None:
        with fresh_database.app_context():
            signing_in.authenticate(email=email, password=f"guess {number}", address=f"192.0.2.{number}")

    met = in_threads(guess, range(1, 21))
    refused = [error for error in met if isinstance(error, attempts.TooManyAttempts)]
    looked_at = [error for error in met if getattr(error, "sentence", "") == signing_in.WRONG]
    assert len(refused) + len(looked_at) == 20, met
    assert len(looked_at) <= 5
