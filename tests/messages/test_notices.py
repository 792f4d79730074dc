"""Notices: one each, shown until they are read, to the person they are for."""

from __future__ import annotations

from collections.abc import Callable

from quality.history.kinds import Kind
from quality.history.operations import record
from quality.history.queries import timeline
from quality.messages.operations import mark_read, notify
from quality.messages.queries import find_notice, unread
from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.people import a_person
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]
WORDS = {
    "subject": "Audit NMR-2026-0001 was returned",
    "text": "It needs more.",
    "path": "/audits/NMR-2026-0001",
}


def _tell(person: Person, key: str = "a-key") -> None:
    notify([person.id], key=key, **WORDS)
    record(Kind.AUDIT_RETURNED, council=person.local_authority_id, about=("audit", 1), by=None)


def test_the_same_notice_is_given_once_to_each(session: Database) -> None:
    one, other = a_person(session), a_person(session)
    notify([one.id, one.id], key="a-key", **WORDS)
    notify([one.id, other.id], key="a-key", **WORDS)
    assert (len(unread(one.id)), len(unread(other.id))) == (1, 1)


def test_the_newest_notice_stands_first(session: Database) -> None:
    person = a_person(session)
    for key in ("first", "second"):
        _tell(person, key)
    assert [notice.key for notice in unread(person.id)] == ["second", "first"]


def test_a_notice_read_is_shown_no_more_and_the_history_says_so(session: Database) -> None:
    person = a_person(session)
    _tell(person)
    notice = unread(person.id)[0]
    mark_read(notice, by=person)
    mark_read(notice, by=person)
    assert unread(person.id) == []
    assert [entry.kind for entry in timeline("notice", notice.id)] == [Kind.NOTICE_READ]


def test_nobody_finds_another_s_notice(session: Database, sign_in: SignIn) -> None:
    person, other = a_person(session), a_person(session)
    _tell(person)
    notice = unread(person.id)[0]
    assert find_notice(notice.id, other) is None
    assert sign_in(other).post(f"/notices/{notice.id}/read").status_code == 404
    assert [one.id for one in unread(person.id)] == [notice.id]


def test_a_notice_is_marked_as_read_on_the_page_that_shows_it(session: Database, sign_in: SignIn) -> None:
    person = a_person(session, Role.MANAGER)
    _tell(person)
    browser = sign_in(person)
    browser.get("/queue?state=open")
    assert "It needs more." in browser.words
    form = browser.page.select_one(".house-notices form")
    assert form is not None
    fields = {str(one["name"]): str(one["value"]) for one in form.select("input")}
    answer = browser.post(str(form["action"]), data=fields)
    assert (answer.status_code, answer.location) == (303, "/queue?state=open")
    browser.get("/queue")
    assert "It needs more." not in browser.words


def test_marking_as_read_sends_nobody_to_another_site(session: Database, sign_in: SignIn) -> None:
    person = a_person(session)
    _tell(person)
    notice = unread(person.id)[0]
    answer = sign_in(person).post(f"/notices/{notice.id}/read", data={"back": "https://elsewhere.example/"})
    assert "elsewhere" not in answer.location


def test_a_provider_contact_can_mark_theirs_as_read(session: Database, sign_in: SignIn) -> None:
    contact = a_person(session, Role.PROVIDER_CONTACT)
    _tell(contact)
    notice = unread(contact.id)[0]
    assert sign_in(contact).post(f"/notices/{notice.id}/read").status_code == 303
    assert unread(contact.id) == []
