"""Inviting somebody, the one-time code, and choosing a password."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from quality.core.clock import now
from quality.core.errors import Invalid, Refused
from quality.history.queries import timeline
from quality.people import operations
from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.people import PASSWORD, a_person, an_invitation
from tests.databases import Database
from tests.pages import CheckedClient

SignsIn = Callable[[Person], CheckedClient]
NEW = "a heron on the slipway"


def _join(client: CheckedClient, code: str, password: str = NEW, again: str | None = None) -> int:
    data = {"code": code, "new_password": password, "password_again": password if again is None else again}
    return client.post("/join/password", data=data).status_code


def test_a_code_is_easy_to_type_and_only_its_hash_is_stored(session: Database) -> None:
    person, code = an_invitation(session)
    assert re.fullmatch(r"[A-HJKMNP-TV-Z2-9]{4}(-[A-HJKMNP-TV-Z2-9]{4}){2}", code)
    assert person.invite_code_hash is not None
    assert code not in person.invite_code_hash
    assert len(person.invite_code_hash) == 64


def test_somebody_joins_with_their_code_and_is_signed_in(session: Database, client: CheckedClient) -> None:
    person, code = an_invitation(session, Role.ADMINISTRATOR, name="Idris Vaughan")
    client.get("/join")
    assert client.post("/join", data={"code": code}).status_code == 200
    assert "You are joining as Idris Vaughan" in client.words
    answer = client.post("/join/password", data={"code": code, "new_password": NEW, "password_again": NEW})
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/people").status_code == 200
    assert [entry.kind.value for entry in timeline("person", person.id)] == [
        "signed_in",
        "person_joined",
        "person_invited",
    ]


def test_a_code_may_be_typed_in_small_letters_without_dashes(
    session: Database, client: CheckedClient
) -> None:
    _, code = an_invitation(session)
    assert client.post("/join", data={"code": f" {code.lower().replace('-', ' ')} "}).status_code == 200


def test_a_code_works_once(session: Database, client: CheckedClient) -> None:
    _, code = an_invitation(session)
    assert _join(client, code) == 303
    client.post("/sign-out")
    assert client.post("/join", data={"code": code}).status_code == 422
    assert "This code is not known here." in client.words
    assert _join(client, code, "another password by far") == 422


def test_a_code_ends_after_seven_days(session: Database, client: CheckedClient) -> None:
    _, code = an_invitation(session)
    with time_machine.travel(now() + timedelta(days=6, hours=23), tick=False):
        assert client.post("/join", data={"code": code}).status_code == 200
    with time_machine.travel(now() + timedelta(days=7, seconds=5), tick=False):
        assert client.post("/join", data={"code": code}).status_code == 422
        assert "This code has ended." in client.words
        assert _join(client, code) == 422
    assert _join(client, code) == 303


def test_a_new_code_replaces_the_one_before(session: Database, client: CheckedClient) -> None:
    person, first = an_invitation(session)
    second = operations.renew_invite(person_id=person.id, by=None)
    assert _join(client, first) == 422
    assert _join(client, second) == 303


def test_somebody_who_forgot_their_password_chooses_another_with_a_new_code(
    session: Database, sign_in: SignsIn, client: CheckedClient
) -> None:
    person = a_person(session, Role.ADMINISTRATOR)
    joined_at = person.joined_at
    lost_tablet = sign_in(person)
    code = operations.renew_invite(person_id=person.id, by=None)
    assert lost_tablet.get("/people").status_code == 200, "A code alone changes nothing yet."
    assert _join(client, code) == 303
    assert lost_tablet.get("/people").status_code == 302, (
        "A new password ends the sign-ins made with the old one."
    )
    session.refresh(person)
    assert person.joined_at == joined_at
    client.post("/sign-out")
    assert client.post("/sign-in", data={"email": person.email, "password": PASSWORD}).status_code == 422
    assert client.post("/sign-in", data={"email": person.email, "password": NEW}).status_code == 303


def test_the_two_passwords_must_be_the_same(session: Database, client: CheckedClient) -> None:
    person, code = an_invitation(session)
    assert _join(client, code, NEW, "a heron on the slipwax") == 422
    assert "The two passwords are not the same" in client.words
    assert client.page.find("input", {"name": "code"})["value"] == code, "The code need not be typed again."  # type: ignore[index]
    assert person.joined_at is None


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Enter a password"),
        ("elevenchars", "Password must be 12 characters or more"),
        ("x1y2" * 65, "Password must be 256 characters or fewer"),
        ("Password1234", "Password is one that many people use"),
        ("abababababab", "Password is one that many people use"),
        ("i am Thornbury today", "Password must not contain the name in your email address"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(
    session: Database, client: CheckedClient, password: str, sentence: str
) -> None:
    person, code = an_invitation(session, email="kit.thornbury@northmere.example")
    assert _join(client, code, password) == 422
    assert sentence in client.words
    session.refresh(person)
    assert person.joined_at is None


@pytest.mark.parametrize(
    "password", ["twelve chars", "ALL CAPITALS ARE FINE", "   spaces   count   ", "żółw i jeż w sadzie"]
)
def test_a_long_password_needs_no_special_characters(
    session: Database, client: CheckedClient, password: str
) -> None:
    person, code = an_invitation(session)
    assert _join(client, code, password) == 303
    client.post("/sign-out")
    assert client.post("/sign-in", data={"email": person.email, "password": password}).status_code == 303


def test_thirty_wrong_codes_stop_an_address_for_a_while(session: Database, client: CheckedClient) -> None:
    _, code = an_invitation(session)
    for _ in range(30):
        assert client.post("/join", data={"code": "AAAA-BBBB-CCCC"}).status_code == 422
    assert client.post("/join", data={"code": code}).status_code == 429
    assert "Wait 15 minutes" in client.words
    assert _join(client, code) == 429
    with time_machine.travel(now() + timedelta(minutes=15, seconds=5), tick=False):
        assert _join(client, code) == 303


def test_joining_ends_the_sign_in_of_whoever_used_the_browser_before(
    session: Database, sign_in: SignsIn
) -> None:
    before = a_person(session)
    _, code = an_invitation(session, Role.ADMINISTRATOR, name="Idris Vaughan")
    browser = sign_in(before)
    assert _join(browser, code) == 303
    assert timeline("person", before.id)[0].kind.value == "signed_out"
    browser.get("/people")
    assert "Idris Vaughan" in str(browser.page.find("header"))


def test_two_who_use_one_code_at_once_do_not_both_join(
    fresh_database: Flask, in_threads: Callable[..., list[object]]
) -> None:
    from quality.core.database import db

    with fresh_database.app_context():
        person, code = an_invitation(db.session)
        db.session.commit()
        person_id = person.id

    def use(password: str) -> str:
        with fresh_database.app_context():
            operations.join(code=code, password=password)
            db.session.commit()
            return password

    met = in_threads(use, ["a heron on the slipway", "a curlew on the saltmarsh"])
    won = [one for one in met if isinstance(one, str)]
    assert len(won) == 1, met
    assert [type(one) for one in met if one not in won] == [Invalid]
    with fresh_database.app_context():
        joined = [entry for entry in timeline("person", person_id) if entry.kind.value == "person_joined"]
        assert len(joined) == 1


def test_somebody_disabled_gets_no_new_code_and_loses_the_open_one(
    session: Database, client: CheckedClient
) -> None:
    person, code = an_invitation(session)
    operations.disable_person(person_id=person.id, by=None)
    assert _join(client, code) == 422
    with pytest.raises(Refused, match="Enable them first"):
        operations.renew_invite(person_id=person.id, by=None)
