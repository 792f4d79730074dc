"""Changing one's own password: who may, what is asked, and what ends with the old one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from quality.core.clock import now
from quality.history.queries import timeline
from quality.people import operations, queries, signing_in
from quality.people.models import Person, SignIn
from quality.people.permissions import Role
from tests.builders.people import PASSWORD, a_person
from tests.databases import Database
from tests.pages import CheckedClient

SignsIn = Callable[[Person], CheckedClient]
NEW = "a heron on the slipway"
PAGE = "/account/password"


def _change(browser: CheckedClient, current: str = PASSWORD, new: str = NEW, again: str | None = None) -> int:
    data = {"password": current, "new_password": new, "password_again": new if again is None else again}
    return browser.post(PAGE, data=data).status_code


def _signs_in_with(client: CheckedClient, person: Person, password: str) -> bool:
    return client.post("/sign-in", data={"email": person.email, "password": password}).status_code == 303


def _kinds(person: Person) -> list[str]:
    return [entry.kind.value for entry in timeline("person", person.id)]


@pytest.mark.parametrize("role", Role)
def test_everybody_finds_the_page_in_the_header_and_changes_their_password(
    session: Database, sign_in: SignsIn, client: CheckedClient, role: Role
) -> None:
    person = a_person(session, role)
    browser = sign_in(person)
    browser.get("/about")
    link = browser.page.select_one(".house-header__person a")
    assert link is not None
    browser.get(str(link["href"]))
    assert browser.page.select("nav [aria-current]") == [], "It belongs to no section."
    assert _change(browser) == 303
    browser.get("/about")
    assert "Your password is changed." in browser.words
    assert not _signs_in_with(client, person, PASSWORD)
    assert _signs_in_with(client, person, NEW)


def test_the_new_password_is_kept_as_argon2id(session: Database, sign_in: SignsIn) -> None:
    person = a_person(session)
    before = person.password_hash
    assert _change(sign_in(person)) == 303
    assert person.password_hash is not None
    assert person.password_hash.startswith("$argon2id$")
    assert person.password_hash != before


def test_every_other_sign_in_ends_and_this_one_begins_anew(session: Database, sign_in: SignsIn) -> None:
    person = a_person(session)
    here, there = sign_in(person), sign_in(person)
    copied = here.get_cookie("provider-quality")
    assert copied is not None
    assert _change(here) == 303
    assert here.get("/audits").status_code == 200
    assert there.get("/audits").status_code == 302
    there.get("/sign-in")
    assert "You were signed out because your sign-in was ended." in there.words
    there.set_cookie("provider-quality", copied.value)
    assert there.get("/audits").status_code == 302, "A copy of this browser's cookie ends too."
    still_open = select(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    assert len(session.scalars(still_open).all()) == 1


def test_the_history_says_who_chose_a_new_password_and_holds_neither(
    session: Database, sign_in: SignsIn
) -> None:
    person = a_person(session, name="Amara Okafor")
    browser = sign_in(person)
    before = _kinds(person)
    assert _change(browser) == 303
    assert _kinds(person)[: -len(before)] == ["signed_in", "password_changed"]
    changed = timeline("person", person.id)[1]
    assert (changed.sentence, changed.by_id) == ("Amara Okafor chose a new password.", person.id)
    assert not {PASSWORD, NEW} & set(map(str, changed.details.values()))


def test_a_wrong_current_password_changes_nothing_and_is_written_down(
    session: Database, sign_in: SignsIn, client: CheckedClient
) -> None:
    person = a_person(session, name="Amara Okafor")
    browser = sign_in(person)
    assert _change(browser, current="not the password at all") == 422
    assert "This is not the password you sign in with" in browser.words
    assert browser.page.select_one("#password-error") is not None
    assert (
        timeline("person", person.id)[0].sentence == "A change of the password of Amara Okafor was refused."
    )
    assert browser.get("/audits").status_code == 200
    assert _signs_in_with(client, person, PASSWORD)


def test_guessing_the_current_password_is_slowed_down_as_guessing_at_the_door_is(
    session: Database, sign_in: SignsIn, client: CheckedClient
) -> None:
    person = a_person(session)
    browser = sign_in(person)
    assert [_change(browser, current=f"guess {number}") for number in range(5)] == [422] * 5
    assert _change(browser) == 429
    assert "Too many attempts were made. Wait 15 minutes and try again" in browser.words
    assert not _signs_in_with(client, person, PASSWORD)
    with time_machine.travel(now() + timedelta(minutes=16), tick=False):
        assert _change(browser) == 303


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [
        ("short", None, "Password must be 12 characters or more"),
        ("password1234", None, "Password is one that many people use"),
        (NEW, "a heron on the slipways", "The two passwords are not the same"),
        ("", "", "Enter a password"),
    ],
)
def test_a_new_password_that_will_not_do_is_said_at_its_field_and_is_no_guess(
    session: Database, sign_in: SignsIn, new: str, again: str | None, words: str
) -> None:
    person = a_person(session)
    browser = sign_in(person)
    for _ in range(6):
        assert _change(browser, new=new, again=again) == 422
        assert words in browser.words
    assert browser.page.find("input", attrs={"type": "password", "value": True}) is None
    assert _change(browser) == 303


def test_an_invitation_code_that_was_still_open_ends_with_the_old_password(
    session: Database, sign_in: SignsIn
) -> None:
    person = a_person(session)
    browser = sign_in(person)
    code = operations.renew_invite(person_id=person.id, by=None)
    assert queries.invited_with(code) is not None
    assert _change(browser) == 303
    assert queries.invited_with(code) is None


def test_of_two_changes_at_once_one_is_made(
    fresh_database: Flask, in_threads: Callable[..., list[object]]
) -> None:
    from quality.core.database import db

    with fresh_database.app_context():
        number = a_person(db.session).id
        db.session.commit()

    def change(new: str) -> None:
        with fresh_database.app_context():
            person = db.session.get_one(Person, number)
            signing_in.change_password(person=person, current=PASSWORD, password=new, address="192.0.2.1")
            db.session.commit()

    met = in_threads(change, ["a heron on the slipway", "four kettles at noon"])
    assert sum(one is None for one in met) == 1, met
    with fresh_database.app_context():
        assert _kinds(db.session.get_one(Person, number)).count("password_changed") == 1
