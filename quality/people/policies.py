"""Who may be given which roles, and who may change whom."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from quality.core.clock import now
from quality.core.errors import Invalid, NotAllowed, Refused
from quality.people.models import Person
from quality.people.permissions import Permission, Role

_LONGEST_EMAIL = 254


def check_can_manage(by: Person | None, local_authority_id: int) -> None:
    """Raise NotAllowed unless `by` manages this council's people. None is whoever holds the server's command line."""
    if by is None:
        return
    if (
        not by.is_active
        or not by.may(Permission.MANAGE_PEOPLE)
        or by.local_authority_id != local_authority_id
    ):
        raise NotAllowed("Only an administrator of the same council can change its people.")


def check_name(name: str) -> str:
    """The name as it is stored, or Invalid("name", …) when there is none."""
    if not name.strip():
        raise Invalid("name", "Enter the name")
    return name.strip()


def check_email(email: str) -> str:
    """The address as it is stored, in small letters, or Invalid("email", …) when no mail could be sent to it."""
    email = email.strip().lower()
    if len(email) > _LONGEST_EMAIL or not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+", email):
        raise Invalid("email", "Enter an email address in the correct format, like name@example.com")
    return email


def check_roles(roles: Collection[Role], provider_id: int | None) -> None:
    """Raise Invalid("roles", …) unless the roles suit a member of staff, or a contact at this provider."""
    if not roles:
        raise Invalid("roles", "Choose at least one role")
    if provider_id is None and Role.PROVIDER_CONTACT in roles:
        raise Invalid(
            "roles", "Staff cannot be provider contacts: add the contact with their provider instead"
        )
    if provider_id is not None and set(roles) != {Role.PROVIDER_CONTACT}:
        raise Invalid("roles", "A provider contact cannot hold a role of the council’s staff")


def check_can_join(person: Person | None) -> Person:
    """Whoever the code was made for, or Invalid("code", …) when there is nobody, or it has ended."""
    if person is None or person.invite_ends_at is None:
        raise Invalid(
            "code", "This code is not known here. Check it, or ask for a new one if it was used before"
        )
    if person.invite_ends_at <= now():
        raise Invalid("code", "This code has ended. Ask the person who invited you for a new one")
    return person


def check_can_invite_again(person: Person) -> None:
    """Raise Refused when a new code would be of no use."""
    if person.disabled_at is not None:
        raise Refused(f"{person.name} is disabled. Enable them first, then make a new invitation code.")


def check_can_disable(person: Person, by: Person | None, administrators: Collection[Person]) -> None:
    """Raise Refused unless somebody else remains who can undo it. `administrators` are the council's active ones."""
    if by is not None and by.id == person.id:
        raise Refused("You cannot disable yourself. Ask another administrator to do it.")
    check_an_administrator_remains(person, administrators)


def check_an_administrator_remains(person: Person, administrators: Collection[Person]) -> None:
    """Raise Refused when this person is the council's only active administrator."""
    if {one.id for one in administrators} == {person.id}:
        raise Refused(
            f"{person.name} is the only active administrator, so nobody could add or disable people any more. "
            "Make somebody else an administrator first."
        )


def why_audits_may_wait(approvers: Sequence[str]) -> str:
    """The sentence that warns a council of audits nobody could approve; empty when it has two who can, or more.

    `approvers` are the names of its active people who can. One alone is stuck with whatever they took part in.
    """
    if not approvers:
        return "There is no active manager, so no audit can be approved. Make somebody a manager."
    if len(approvers) == 1:
        return (
            f"{approvers[0]} is the only active manager, and nobody approves an audit they took part in: such an audit "
            "waits until there is another manager. Make somebody else a manager too."
        )
    return ""
