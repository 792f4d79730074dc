"""Who asks for a stored file: no more of a person than a download must know, read as one row.

Most pages want the person and the roles as objects, which takes longer than sending the file (`docs/performance.md`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import String, bindparam, cast, func, select

from quality.core.database import db
from quality.people.codes import digest
from quality.people.models import Person, PersonRole, SignIn
from quality.people.permissions import Role, allowed_to

View = TypeVar("View", bound=Callable[..., Any])


@dataclass
class Asker:
    """The person of a sign-in, as far as a download must know them, or the page that says why there is none."""

    id: int
    name: str
    local_authority_id: int
    provider_id: int | None
    is_active: bool
    roles: frozenset[Role]
    sign_in_token: str = ""
    is_authenticated: bool = True

    def may(self, permission: str) -> bool:
        """True when one of the roles holds this permission."""
        return permission in allowed_to(self.roles)


class AskedWith(NamedTuple):
    """The sign-in that somebody asks with."""

    began_at: datetime
    ended_at: datetime | None
    person: Asker


def sends_a_stored_file(view: View) -> View:
    """Say that a view only sends a stored file: it finds who asks with `current_asker`, not `current_person`."""
    view.sends_a_stored_file = True  # type: ignore[attr-defined]
    return view


def find_asking(token: str) -> AskedWith | None:
    """The sign-in of this token with whoever asks, ended or not."""
    row = db.session.connection().execute(_ASKING, {"hash": digest(token)}).one_or_none()
    if row is None:
        return None
    began_at, ended_at, number, name, council, provider, joined_at, disabled_at, words = row
    roles = frozenset(map(Role, words.split()))
    is_active = joined_at is not None and disabled_at is None
    return AskedWith(began_at, ended_at, Asker(number, name, council, provider, is_active, roles))


_ROLES = (
    select(func.coalesce(func.aggregate_strings(cast(PersonRole.role, String), " "), ""))
    .where(PersonRole.person_id == Person.id)
    .scalar_subquery()
)
_ASKING = (
    select(
        SignIn.began_at,
        SignIn.ended_at,
        Person.id,
        Person.name,
        Person.local_authority_id,
        Person.provider_id,
        Person.joined_at,
        Person.disabled_at,
        _ROLES,
    )
    .join(Person, Person.id == SignIn.person_id)
    .where(SignIn.token_hash == bindparam("hash", type_=String))
)
"""Made once. The roles come as words with spaces between them, so that one row says all."""
