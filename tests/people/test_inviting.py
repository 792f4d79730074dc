"""Whom an administrator may invite as what, and who is found for which work."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from quality.core.errors import Invalid, NotAllowed
from quality.people import operations, queries
from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.people import a_council, a_person, an_invitation
from tests.databases import Database


def test_an_email_address_belongs_to_one_person(session: Database) -> None:
    a_person(session, email="amara@northmere.example")
    with pytest.raises(Invalid, match="has been added already") as refusal:
        an_invitation(session, email="AMARA@northmere.example")
    assert refusal.value.field == "email"
    assert len(session.scalars(select(Person)).all()) == 1, "What was done before in the transaction stays."


@pytest.mark.parametrize(
    "email",
    [
        "",
        "amara",
        "amara@",
        "@northmere.example",
        "a b@northmere.example",
        "amara@northmere",
        "a@b@c.example",
        f"{'a' * 250}@b.example",
    ],
)
def test_an_address_no_mail_could_reach_is_refused(session: Database, email: str) -> None:
    with pytest.raises(Invalid, match="Enter an email address in the correct format") as refusal:
        operations.invite_person(
            name="Amara Okafor",
            email=email,
            roles=[Role.MANAGER],
            local_authority_id=a_council(session).id,
            by=None,
        )
    assert refusal.value.field == "email"


def test_staff_and_provider_contacts_do_not_mix(session: Database) -> None:
    contact = a_person(session, Role.PROVIDER_CONTACT)
    assert contact.provider_id is not None
    assert not contact.is_staff
    council = contact.local_authority_id
    for roles, provider_id in (
        ([Role.PROVIDER_CONTACT], None),
        ([Role.MANAGER, Role.PROVIDER_CONTACT], None),
        ([Role.MANAGER], contact.provider_id),
        ([Role.MANAGER, Role.PROVIDER_CONTACT], contact.provider_id),
        ([], None),
        ([], contact.provider_id),
    ):
        with pytest.raises(Invalid) as refusal:
            operations.invite_person(
                name="Amara Okafor",
                email="amara@northmere.example",
                roles=roles,
                local_authority_id=council,
                provider_id=provider_id,
                by=None,
            )
        assert refusal.value.field == "roles"


def test_only_an_administrator_of_the_same_council_invites(session: Database) -> None:
    council, other = a_council(session), a_council(session, "Southmere", "SMR")
    for by in (a_person(session, Role.MANAGER), a_person(session, Role.ADMINISTRATOR, council=other)):
        with pytest.raises(NotAllowed):
            operations.invite_person(
                name="Amara Okafor",
                email="amara@northmere.example",
                roles=[Role.MANAGER],
                local_authority_id=council.id,
                by=by,
            )


def test_lists_of_staff_hold_only_those_who_may_and_are_active(session: Database) -> None:
    from quality.people.permissions import Permission

    council, other = a_council(session), a_council(session, "Southmere", "SMR")
    officer = a_person(session, Role.QUALITY_OFFICER, name="Zuri")
    manager = a_person(session, Role.MANAGER, name="Anwen")
    a_person(session, Role.ADMINISTRATOR)
    a_person(session, Role.QUALITY_OFFICER, council=other)
    an_invitation(session, Role.QUALITY_OFFICER)
    gone = a_person(session, Role.QUALITY_OFFICER)
    operations.disable_person(person_id=gone.id, by=None)
    assert queries.staff_who_may(Permission.RECORD_AUDITS, council.id) == [manager, officer]
    assert queries.staff_who_may(Permission.REVIEW_AUDITS, council.id) == [manager]


def test_contacts_of_a_provider_are_its_active_ones(session: Database) -> None:
    contact = a_person(session, Role.PROVIDER_CONTACT)
    a_person(session, Role.PROVIDER_CONTACT)
    gone = a_person(session, Role.PROVIDER_CONTACT)
    gone.provider_id = contact.provider_id
    operations.disable_person(person_id=gone.id, by=None)
    assert contact.provider_id is not None
    assert queries.contacts_of_provider(contact.provider_id) == [contact]
