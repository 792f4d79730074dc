"""Signing in and out: what is said, what is refused, and what is written down."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from quality.history.queries import timeline
from quality.people import operations
from quality.people.codes import digest
from quality.people.models import Person, SignIn, SignInAttempt
from tests.builders.people import PASSWORD, a_council, a_person, an_invitation
from tests.databases import Database
from tests.pages import CheckedClient

SignsIn = Callable[[Person], CheckedClient]
WRONG = "The email address or password is wrong."


def _send(client: CheckedClient, email: str, password: str, **more: str) -> str:
    return client.post("/sign-in", data={"email": email, "password": password, **more}).text


def _alike(page: str, email: str) -> str:
    """The page without what differs by nature: the address that was typed, and the form's token."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page).replace(email, "…")


def _kinds(person: Person) -> list[str]:
    return [entry.kind.value for entry in timeline("person", person.id)]


def test_somebody_with_the_right_password_is_signed_in(session: Database, client: CheckedClient) -> None:
    person = a_person(session)
    answer = client.post("/sign-in", data={"email": person.email, "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/")
    sign_in = session.scalars(select(SignIn).where(SignIn.person_id == person.id)).one()
    assert sign_in.ended_at is None
    assert _kinds(person)[0] == "signed_in"


def test_the_email_address_may_be_typed_in_capitals_and_with_spaces(
    session: Database, client: CheckedClient
) -> None:
    person = a_person(session, email="Amara@Northmere.example")
    assert person.email == "amara@northmere.example"
    answer = client.post("/sign-in", data={"email": "  AMARA@northmere.EXAMPLE ", "password": PASSWORD})
    assert answer.status_code == 303


def test_every_reason_for_refusal_gets_the_same_answer(session: Database, app: Flask) -> None:
    joined, disabled = a_person(session), a_person(session)
    invited, _ = an_invitation(session)
    operations.disable_person(person_id=disabled.id, by=None)
    pages = set()
    for email, password in (
        (joined.email, "not the password at all"),
        (disabled.email, PASSWORD),
        (invited.email, PASSWORD),
        ("nobody@northmere.example", PASSWORD),
    ):
        browser = CheckedClient(app)
        answer = browser.post("/sign-in", data={"email": email, "password": password})
        assert answer.status_code == 422
        pages.add(_alike(answer.text, email))
    assert len(pages) == 1
    assert WRONG in pages.pop()


def test_an_unknown_address_costs_the_same_hash_as_a_known_one(
    session: Database, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from argon2 import PasswordHasher

    person = a_person(session)
    verified: list[str] = []
    real = PasswordHasher.verify

    def counted(self: PasswordHasher, stored: str, password: str) -> bool:
        verified.append(stored.rpartition("$")[0].rpartition("$")[0])
        return real(self, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    _send(client, person.email, "not the password at all")
    _send(client, "nobody@northmere.example", "not the password at all")
    assert len(verified) == 2
    assert len(set(verified)) == 1, "Both hashes have the same costs."


def test_a_refused_sign_in_of_a_known_account_is_written_down(
    session: Database, client: CheckedClient
) -> None:
    person = a_person(session)
    _send(client, person.email, "not the password at all")
    session.rollback()
    assert _kinds(person)[0] == "sign_in_refused"
    assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 2


def test_an_empty_form_says_what_to_type_and_counts_nothing(session: Database, client: CheckedClient) -> None:
    answer = client.post("/sign-in", data={"email": " ", "password": ""})
    assert answer.status_code == 422
    assert "Enter your email address" in client.words
    assert "Enter your password" in client.words
    assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 0


def test_a_password_is_never_shown_back(session: Database, client: CheckedClient) -> None:
    assert "sea urchin" not in _send(client, "nobody@northmere.example", "sea urchin sea urchin")


def test_the_cookie_holds_a_token_that_the_table_does_not(session: Database, sign_in: SignsIn) -> None:
    person = a_person(session)
    browser = sign_in(person)
    with browser.session_transaction() as cookie:
        token = cookie["_user_id"]
    row = session.scalars(select(SignIn).where(SignIn.person_id == person.id)).one()
    assert row.token_hash == digest(token) != token
    assert len(token) >= 43, "256 bits in base64."


def test_signing_in_renews_the_session_and_its_form_token(session: Database, app: Flask) -> None:
    person, browser = a_person(session), CheckedClient(app)
    with browser.session_transaction() as before:
        before.update(csrf_token="planted by somebody else", _user_id="planted", basket="planted")
    _send(browser, person.email, PASSWORD)
    with browser.session_transaction() as after:
        assert "basket" not in after
        assert after["csrf_token"] != "planted by somebody else"
        first_token, first_csrf = after["_user_id"], after["csrf_token"]
    browser.post("/sign-out")
    _send(browser, person.email, PASSWORD)
    with browser.session_transaction() as again:
        assert again["_user_id"] not in {"planted", first_token}
        assert again["csrf_token"] != first_csrf


def test_signing_out_ends_the_sign_in_and_a_copied_cookie_with_it(
    session: Database, sign_in: SignsIn, app: Flask
) -> None:
    person = a_person(session)
    browser, thief = sign_in(person), CheckedClient(app)
    with browser.session_transaction() as cookie:
        stolen = dict(cookie)
    with thief.session_transaction() as cookie:
        cookie.update(stolen)
    assert thief.get("/sign-in").status_code == 303, "The copy works while the sign-in lasts."
    answer = browser.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert _kinds(person)[0] == "signed_out"
    assert thief.get("/sign-in").status_code == 200
    with browser.session_transaction() as cookie:
        assert set(cookie) == {"_flashes"}


def test_signing_out_twice_is_signing_out_once(session: Database, sign_in: SignsIn) -> None:
    person = a_person(session)
    browser = sign_in(person)
    browser.post("/sign-out")
    assert browser.post("/sign-out").status_code == 303
    assert _kinds(person).count("signed_out") == 1


def test_somebody_signed_in_who_opens_the_sign_in_page_goes_home(session: Database, sign_in: SignsIn) -> None:
    answer = sign_in(a_person(session)).get("/sign-in")
    assert (answer.status_code, answer.location) == (303, "/")


def test_a_stranger_is_sent_to_sign_in_and_on_to_where_they_were_going(
    session: Database, client: CheckedClient
) -> None:
    from quality.people.permissions import Role

    person = a_person(session, Role.ADMINISTRATOR)
    asked = client.get("/people?state=invited")
    assert (asked.status_code, asked.location) == (302, "/sign-in?next=/people?state%3Dinvited")
    client.get(asked.location)
    form = client.page.select_one("main form")
    assert form is not None
    answer = client.post(str(form["action"]), data={"email": person.email, "password": PASSWORD})
    assert answer.location == "/people?state=invited"


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "javascript:alert(1)",
        "people",
        "http:people",
        "/people\r\nSet-Cookie: a=b",
        "",
    ],
)
def test_nobody_is_sent_to_another_site_after_signing_in(
    session: Database, client: CheckedClient, address: str
) -> None:
    person = a_person(session)
    answer = client.post(
        "/sign-in", query_string={"next": address}, data={"email": person.email, "password": PASSWORD}
    )
    assert (answer.status_code, answer.location) == (303, "/")


def test_a_hash_of_older_costs_is_renewed_at_the_next_sign_in(
    session: Database, client: CheckedClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_person(session)
    before = person.password_hash
    monkeypatch.setitem(app.config, "ARGON2_TIME_COST", 2)
    _send(client, person.email, PASSWORD)
    session.refresh(person)
    assert before is not None
    assert "t=1" in before
    assert person.password_hash is not None
    assert person.password_hash.startswith("$argon2id$")
    assert "t=2" in person.password_hash
    client.post("/sign-out")
    assert client.post("/sign-in", data={"email": person.email, "password": PASSWORD}).status_code == 303


def test_a_password_works_however_the_keyboard_wrote_its_accents(
    session: Database, client: CheckedClient
) -> None:
    council = a_council(session)
    person, code = an_invitation(session, council=council)
    operations.join(code=code, password="un caf\u00e9 tr\u00e8s calme")
    answer = client.post(
        "/sign-in", data={"email": person.email, "password": "un cafe\u0301 tre\u0300s calme"}
    )
    assert answer.status_code == 303
