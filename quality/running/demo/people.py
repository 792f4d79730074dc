"""The people of the invented council, and the contacts of one of its providers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from quality.core.database import db
from quality.people.models import Person
from quality.people.operations import invite_person, join
from quality.people.permissions import Role
from quality.services.models import LocalAuthority, Provider
from quality.services.operations import add_council

COUNCIL = "Northmere"
PASSWORD = "a quiet corner of the garden"  # noqa: S105 -- Printed at every start; demo accounts stay on loopback.


@dataclass(frozen=True)
class Invented:
    """One invented person."""

    key: str
    name: str
    job_title: str
    role: Role
    email: str


PEOPLE = (
    Invented("amara", "Amara Okafor", "Quality officer", Role.QUALITY_OFFICER, "amara@northmere.example"),
    Invented("daniel", "Daniel Hughes", "Quality officer", Role.QUALITY_OFFICER, "daniel@northmere.example"),
    Invented("ruth", "Ruth Bellamy", "Provider quality manager", Role.MANAGER, "ruth@northmere.example"),
    Invented("tomasz", "Tomasz Zielinski", "Deputy manager", Role.MANAGER, "tomasz@northmere.example"),
    Invented(
        "grace", "Grace Lindqvist", "Service administrator", Role.ADMINISTRATOR, "grace@northmere.example"
    ),
    Invented(
        "helen", "Helen Marsh", "Nominated individual", Role.PROVIDER_CONTACT, "helen@larkfield.example"
    ),
)
CONTACTS_AT = "Larkfield Care Limited"


def is_empty() -> bool:
    """True while nobody is in the database."""
    return db.session.scalar(select(Person.id).limit(1)) is None


def accounts() -> list[tuple[Person, Role]]:
    """One demo person for each role who can sign in, in the order they were invented."""
    people = db.session.scalars(
        select(Person).where(Person.is_demo, Person.disabled_at.is_(None)).order_by(Person.id)
    )
    first: dict[Role, Person] = {}
    for person in people:
        for role in person.roles:
            first.setdefault(role, person)
    return [(person, role) for role, person in first.items()]


def make_council() -> None:
    """The council itself."""
    add_council(COUNCIL, "NMR", region="East of England")


def make_people() -> None:
    """Everybody, invited and joined."""
    council = db.session.scalars(select(LocalAuthority).where(LocalAuthority.name == COUNCIL)).one()
    provider = db.session.scalars(select(Provider).where(Provider.name == CONTACTS_AT)).one()
    for one in PEOPLE:
        _, code = invite_person(
            name=one.name,
            email=one.email,
            job_title=one.job_title,
            roles=[one.role],
            local_authority_id=council.id,
            provider_id=None if one.role.is_staff else provider.id,
            by=None,
            is_demo=True,
        )
        join(code=code, password=PASSWORD)


def person(key: str) -> Person:
    """The invented person of this key."""
    email = next(one.email for one in PEOPLE if one.key == key)
    return db.session.scalars(select(Person).where(Person.email == email)).one()
