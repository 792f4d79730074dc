"""What is done to people: invited, joined, given roles, disabled, enabled."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from quality.core.clock import now
from quality.core.database import db
from quality.core.errors import Invalid, Moved
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.people import passwords, policies, queries
from quality.people.codes import digest_of_code, new_code
from quality.people.models import Person, PersonRole
from quality.people.permissions import Role
from quality.people.signing_in import end_all_sign_ins

INVITE_LASTS = timedelta(days=7)


def invite_person(
    *,
    name: str,
    email: str,
    job_title: str = "",
    roles: Collection[Role],
    local_authority_id: int,
    provider_id: int | None = None,
    by: Person | None,
    is_demo: bool = False,
) -> tuple[Person, str]:
    """Add somebody; returns them with the one-time code they join with, of which only the hash is stored.

    `provider_id` makes them that provider's contact, else they are staff. Raises NotAllowed, or Invalid.
    """
    policies.check_can_manage(by, local_authority_id)
    policies.check_roles(roles, provider_id)
    person = Person(
        local_authority_id=local_authority_id,
        provider_id=provider_id,
        email=policies.check_email(email),
        name=policies.check_name(name),
        job_title=job_title.strip(),
        invited_at=now(),
        is_demo=is_demo,
        role_rows=[PersonRole(role=role) for role in sorted(set(roles))],
    )
    code = _give_code(person)
    _add(person)
    _record(Kind.PERSON_INVITED, person, by, roles=sorted(person.roles))
    return person, code


def renew_invite(*, person_id: int, by: Person | None) -> str:
    """Make a new one-time code; one made before no longer works. With it the person chooses a (new) password.

    Raises NotAllowed, or Refused for somebody who is disabled.
    """
    person = _lock(person_id)
    policies.check_can_manage(by, person.local_authority_id)
    policies.check_can_invite_again(person)
    code = _give_code(person)
    _record(Kind.INVITE_RENEWED, person, by)
    return code


def join(*, code: str, password: str) -> Person:
    """Set the password of whoever holds this code; the code is used up, and earlier sign-ins end.

    Raises Invalid for "code" or "new_password".
    """
    found = policies.check_can_join(queries.invited_with(code))
    passwords.check_password(password, email=found.email)
    hashed = passwords.hash_password(password)
    person = policies.check_can_join(_lock_invited(code))
    kind = Kind.PERSON_JOINED if person.joined_at is None else Kind.PASSWORD_CHANGED
    person.password_hash = hashed
    person.joined_at = person.joined_at or now()
    person.invite_code_hash = person.invite_ends_at = None
    end_all_sign_ins(person=person)
    _record(kind, person, person)
    return person


def change_roles(
    *, person_id: int, roles: Collection[Role], version: int | None, by: Person | None
) -> Person:
    """Give a person these roles instead of those held. `version` is the one the page showed.

    Raises NotAllowed, Moved, Invalid("roles", …), or Refused when no active administrator would be left.
    """
    person = _lock_with_administrators(person_id)
    policies.check_can_manage(by, person.local_authority_id)
    if person.version != version:
        raise Moved(
            f"Somebody else changed {person.name} since you opened the page, so your change was not saved."
        )
    policies.check_roles(roles, person.provider_id)
    if Role.ADMINISTRATOR not in roles:
        administrators = queries.active_administrators(person.local_authority_id)
        policies.check_an_administrator_remains(person, administrators)
    before, after = person.roles, frozenset(roles)
    if before == after:
        return person
    kept = [row for row in person.role_rows if row.role in after]
    person.role_rows = [*kept, *(PersonRole(role=role) for role in sorted(after - before))]
    # Roles are rows of their own: the person's version must move with them.
    flag_modified(person, "name")
    db.session.flush()
    _record(Kind.PERSON_CHANGED, person, by, before=sorted(before), after=sorted(after))
    return person


def disable_person(*, person_id: int, by: Person | None) -> Person:
    """Shut a person out: every sign-in of theirs ends at once, and an open invitation with it.

    Raises NotAllowed, or Refused for oneself and for the only active administrator. Twice is once.
    """
    person = _lock_with_administrators(person_id)
    policies.check_can_manage(by, person.local_authority_id)
    if person.disabled_at is not None:
        return person
    policies.check_can_disable(person, by, queries.active_administrators(person.local_authority_id))
    person.disabled_at = now()
    person.invite_code_hash = person.invite_ends_at = None
    end_all_sign_ins(person=person)
    _record(Kind.PERSON_DISABLED, person, by)
    return person


def enable_person(*, person_id: int, by: Person | None) -> Person:
    """Let a disabled person in again, with the password they had. Raises NotAllowed. Twice is once."""
    person = _lock(person_id)
    policies.check_can_manage(by, person.local_authority_id)
    if person.disabled_at is not None:
        person.disabled_at = None
        _record(Kind.PERSON_ENABLED, person, by)
    return person


def _give_code(person: Person) -> str:
    code = new_code()
    person.invite_code_hash, person.invite_ends_at = digest_of_code(code), now() + INVITE_LASTS
    return code


def _add(person: Person) -> None:
    """Store a new person. The database decides whether the address is taken, also between two who add it at once."""
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError as error:
        if "email" not in str(error.orig):
            raise
        raise Invalid("email", "Somebody with this email address has been added already") from None


def _lock(person_id: int) -> Person:
    """The person, locked against other changes but not against being referred to.

    An audit that is being written while its visitor is disabled would else wait for the person here, and be waited for
    at the head of the history.
    """
    return db.session.get_one(Person, person_id, with_for_update={"key_share": True}, populate_existing=True)


def _lock_invited(code: str) -> Person | None:
    """Whoever holds the code, locked, so that two who use it at once do not both join."""
    same = select(Person).where(Person.invite_code_hash == digest_of_code(code))
    return db.session.scalar(same.with_for_update(key_share=True).execution_options(populate_existing=True))


def _lock_with_administrators(person_id: int) -> Person:
    """The person, locked together with the council's administrators and in one order, so that of two administrators
    who disable each other at once one comes first and the other is refused.
    """
    person = db.session.get_one(Person, person_id)
    administrator = Person.role_rows.any(PersonRole.role == Role.ADMINISTRATOR)
    together = (
        select(Person)
        .where(
            Person.local_authority_id == person.local_authority_id, or_(Person.id == person_id, administrator)
        )
        .order_by(Person.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    db.session.scalars(together).all()
    return person


def _record(kind: Kind, person: Person, by: Person | None, **details: object) -> None:
    db.session.flush()
    about = ("person", person.id)
    record(
        kind, council=person.local_authority_id, about=about, by=by, details={"name": person.name, **details}
    )
