"""Who asks for a stored file, and which it is: no more than a download must know, read as one row.

Most pages want the person and the roles as objects, which takes longer than sending the file (`docs/performance.md`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, String, Subquery, bindparam, cast, func, literal_column, select

from quality.core.database import db
from quality.core.gate import asks_once
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
    # What is known of the file they ask for, as its view wants it; nothing when there is none for them.
    file: tuple[Any, ...] = ()
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


def sends_a_stored_file(files: Subquery) -> Callable[[View], View]:
    """Say that a view only sends one of these files: it finds who asks with `current_asker`, not `current_person`."""
    asking = asking_for(files)

    def mark(view: View) -> View:
        view.asking = asking  # type: ignore[attr-defined]
        return asks_once(view)

    return mark


def asking_for(files: Subquery) -> Select[Any]:
    """The question who asks, and for which of these files.

    `files` is narrowed down by the values in a view's address. It says of each file the council and the provider it
    belongs to (`local_authority_id`, `provider_id`), and further columns, none of them empty, which the view gets with
    the asker. Contacts get a file of their provider, others one of their council.
    """
    council, provider = files.c.local_authority_id, files.c.provider_id
    is_staffs = Person.provider_id.is_(None) & (council == Person.local_authority_id)
    wanted = [column for column in files.c if column.name not in {council.name, provider.name}]
    return _ASKING.add_columns(*wanted).outerjoin(files, is_staffs | (provider == Person.provider_id))


def find_asking(token: str, asking: Select[Any], about: Mapping[str, Any]) -> AskedWith | None:
    """The sign-in of this token with whoever asks, ended or not, and with what they ask for."""
    row = db.session.connection().execute(asking, {"hash": digest(token), **about}).one_or_none()
    if row is None:
        return None
    began_at, ended_at, number, name, council, provider, is_active, words, *file = row
    roles = frozenset(map(Role, words.split()))
    found = () if None in file else tuple(file)
    return AskedWith(began_at, ended_at, Asker(number, name, council, provider, is_active, roles, found))


# A plain text would be written into the statement anew each time it is asked.
_SPACE: Any = literal_column("' '")
_ROLES = (
    select(func.coalesce(func.aggregate_strings(cast(PersonRole.role, String), _SPACE), ""))
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
        Person.joined_at.is_not(None) & Person.disabled_at.is_(None),
        _ROLES,
    )
    .join(Person, Person.id == SignIn.person_id)
    .where(SignIn.token_hash == bindparam("hash", type_=String))
)
"""Made once. The roles come as words with spaces between them, so that one row says all."""
