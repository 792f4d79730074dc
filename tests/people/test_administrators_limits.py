"""What administrators cannot do: to themselves, to their council, to another one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from quality.core.errors import Invalid, Moved, NotAllowed, Refused
from quality.people import operations, queries
from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.people import a_council, a_person, an_invitation
from tests.databases import Database
from tests.pages import CheckedClient

SignsIn = Callable[[Person], CheckedClient]


@pytest.fixture
def administrator(session: Database) -> Person:
    """The council's only administrator."""
    return a_person(session, Role.ADMINISTRATOR, name="Grace Lindqvist")


@pytest.fixture
def browser(administrator: Person, sign_in: SignsIn) -> CheckedClient:
    """The administrator's browser."""
    return sign_in(administrator)


def test_nobody_disables_themselves(session: Database, browser: CheckedClient, administrator: Person) -> None:
    a_person(session, Role.ADMINISTRATOR)
    assert browser.post(f"/people/{administrator.id}/disable").status_code == 422
    assert "You cannot disable yourself." in browser.words
    session.refresh(administrator)
    assert administrator.is_active


def test_a_council_is_never_left_without_an_active_administrator(
    session: Database, administrator: Person
) -> None:
    an_invitation(session, Role.ADMINISTRATOR)
    gone = a_person(session, Role.ADMINISTRATOR)
    a_person(session, Role.ADMINISTRATOR, council=a_council(session, "Southmere", "SMR"))
    operations.disable_person(person_id=gone.id, by=administrator)
    with pytest.raises(Refused, match="is the only active administrator"):
        operations.disable_person(person_id=administrator.id, by=None)
    with pytest.raises(Refused, match="is the only active administrator"):
        operations.change_roles(
            person_id=administrator.id, roles=[Role.MANAGER], version=administrator.version, by=administrator
        )
    another = a_person(session, Role.ADMINISTRATOR)
    operations.change_roles(
        person_id=administrator.id, roles=[Role.MANAGER], version=administrator.version, by=another
    )
    assert administrator.roles == {Role.MANAGER}


def test_two_administrators_who_disable_each_other_at_once_are_not_both_gone(
    fresh_database: Flask, in_threads: Callable[..., list[object]]
) -> None:
    from quality.core.database import db

    with fresh_database.app_context():
        first, second = (a_person(db.session, Role.ADMINISTRATOR) for _ in range(2))
        db.session.commit()
        pairs, council = [(first.id, second.id), (second.id, first.id)], first.local_authority_id

    def disable(pair: tuple[int, int]) -> None:
        with fresh_database.app_context():
            by = db.session.get_one(Person, pair[1])
            operations.disable_person(person_id=pair[0], by=by)
            db.session.commit()

    met = in_threads(disable, pairs)
    lost = [one for one in met if one is not None]
    assert len(lost) == 1, met
    assert isinstance(lost[0], Refused), met
    with fresh_database.app_context():
        assert len(queries.active_administrators(council)) == 1


@pytest.mark.parametrize("role", [Role.QUALITY_OFFICER, Role.MANAGER, Role.PROVIDER_CONTACT])
def test_only_administrators_find_these_pages(session: Database, sign_in: SignsIn, role: Role) -> None:
    person = a_person(session, role)
    browser = sign_in(person)
    for page in (
        "/people",
        "/people/add",
        "/people/contacts/provider",
        f"/people/{person.id}",
        f"/people/{person.id}/code",
    ):
        assert browser.get(page).status_code == 404
    assert browser.post("/people/add", data={}).status_code == 404


def test_another_councils_people_are_not_there(session: Database, browser: CheckedClient) -> None:
    stranger = a_person(session, council=a_council(session, "Southmere", "SMR"), name="Nia Southmere")
    browser.get("/people")
    assert "Nia Southmere" not in browser.words
    for page in ("", "/disable", "/enable", "/code"):
        assert browser.get(f"/people/{stranger.id}{page}").status_code == 404
    for page in ("/roles", "/disable", "/enable", "/code"):
        assert (
            browser.post(
                f"/people/{stranger.id}{page}", data={"roles": "manager", "version": "1"}
            ).status_code
            == 404
        )


def test_operations_refuse_whoever_may_not_whatever_page_they_came_from(session: Database) -> None:
    victim = a_person(session)
    other = a_council(session, "Southmere", "SMR")
    disabled, _ = a_person(session, Role.ADMINISTRATOR), a_person(session, Role.ADMINISTRATOR)
    operations.disable_person(person_id=disabled.id, by=None)
    for by in (
        a_person(session, Role.MANAGER),
        a_person(session, Role.ADMINISTRATOR, council=other),
        disabled,
    ):
        with pytest.raises(NotAllowed):
            operations.disable_person(person_id=victim.id, by=by)
        with pytest.raises(NotAllowed):
            operations.enable_person(person_id=victim.id, by=by)
        with pytest.raises(NotAllowed):
            operations.renew_invite(person_id=victim.id, by=by)
        with pytest.raises(NotAllowed):
            operations.change_roles(person_id=victim.id, roles=[Role.MANAGER], version=victim.version, by=by)


def test_a_contact_cannot_be_given_a_role_of_the_staff(session: Database, administrator: Person) -> None:
    contact = a_person(session, Role.PROVIDER_CONTACT)
    with pytest.raises(Invalid, match="A provider contact cannot hold a role"):
        operations.change_roles(
            person_id=contact.id, roles=[Role.ADMINISTRATOR], version=contact.version, by=administrator
        )
    with pytest.raises(Moved):
        operations.change_roles(
            person_id=contact.id, roles=[Role.PROVIDER_CONTACT], version=0, by=administrator
        )


def _warning(browser: CheckedClient) -> str:
    browser.get("/people")
    shown = browser.page.select_one(".govuk-warning-text__text")
    return " ".join(shown.get_text().split()) if shown else ""


def test_administrators_are_warned_while_nobody_can_approve_an_audit(
    session: Database, browser: CheckedClient
) -> None:
    a_person(session, Role.QUALITY_OFFICER)
    an_invitation(session, Role.MANAGER)
    a_person(session, Role.MANAGER, council=a_council(session, "Southmere", "SMR"))
    gone = a_person(session, Role.MANAGER)
    operations.disable_person(person_id=gone.id, by=None)
    assert _warning(browser) == (
        "Warning: There is no active manager, so no audit can be approved. Make somebody a manager."
    )


def test_administrators_are_warned_while_one_manager_stands_alone(
    session: Database, browser: CheckedClient
) -> None:
    a_person(session, Role.MANAGER, name="Ruth Bellamy")
    assert _warning(browser).startswith("Warning: Ruth Bellamy is the only active manager")


def test_two_managers_are_enough(session: Database, browser: CheckedClient) -> None:
    for _ in range(2):
        a_person(session, Role.MANAGER)
    assert _warning(browser) == ""
