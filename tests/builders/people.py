"""People for tests, all invented: they are invited and join as real ones do."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

from sqlalchemy import select

from quality.people.models import Person
from quality.people.operations import invite_person, join
from quality.people.permissions import Role
from quality.services.models import LocalAuthority, Provider
from quality.services.operations import add_council
from tests.databases import Database

PASSWORD = "three lanterns by the weir"
_NAMES = (
    "Amara Okafor",
    "Daniel Hughes",
    "Ruth Bellamy",
    "Tomasz Zielinski",
    "Grace Lindqvist",
    "Idris Vaughan",
)
_numbers = count(1)


def a_council(session: Database, name: str = "Northmere", code: str = "NMR") -> LocalAuthority:
    """The council with this code, made when there is none."""
    found = session.scalar(select(LocalAuthority).where(LocalAuthority.council_code == code))
    return found or add_council(name, code)


def a_person(
    session: Database,
    role: Role = Role.QUALITY_OFFICER,
    *,
    also: Collection[Role] = (),
    council: LocalAuthority | None = None,
    provider: Provider | None = None,
    name: str | None = None,
    email: str | None = None,
) -> Person:
    """Somebody who has joined with PASSWORD: of Northmere's staff, or a contact of a provider (an invented one)."""
    person, code = an_invitation(
        session, role, also=also, council=council, provider=provider, name=name, email=email
    )
    join(code=code, password=PASSWORD)
    return person


def an_invitation(
    session: Database,
    role: Role = Role.QUALITY_OFFICER,
    *,
    also: Collection[Role] = (),
    council: LocalAuthority | None = None,
    provider: Provider | None = None,
    name: str | None = None,
    email: str | None = None,
) -> tuple[Person, str]:
    """Somebody who was invited and has not joined, and the one-time code they hold."""
    number = next(_numbers)
    if role is Role.PROVIDER_CONTACT and provider is None:
        provider = Provider(cqc_id=f"1-9{number:08}", name=f"Invented Care {number} Limited")
        session.add(provider)
        session.flush()
    return invite_person(
        name=name or _NAMES[number % len(_NAMES)],
        email=email or f"person{number}@northmere.example",
        job_title=role.title,
        roles=[role, *also],
        local_authority_id=(council or a_council(session)).id,
        provider_id=provider.id if provider else None,
        by=None,
    )
