"""An invented council with people, services and audits in every state. Nothing in it is about a real service."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from quality.core.database import db
from quality.people.models import Person

PASSWORD = "a quiet corner of the garden"  # noqa: S105 -- Printed at every start; demo accounts stay on loopback.


def is_empty() -> bool:
    """True while nobody is in the database."""
    return db.session.scalar(select(Person.id).limit(1)) is None


def accounts() -> list[tuple[Person, str]]:
    """The demo people who may sign in, one per role, with the role's word."""
    found = db.session.scalars(
        select(Person).where(Person.is_demo, Person.disabled_at.is_(None)).order_by(Person.id)
    )
    by_role: dict[str, Person] = {}
    for person in found:
        for role in person.roles:
            by_role.setdefault(role.value, person)
    return [(person, role) for role, person in by_role.items()]


def steps() -> list[Callable[[], None]]:
    """What fills the database, one step after another, all in one transaction."""
    return []
