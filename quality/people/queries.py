"""Finding people and sign-ins."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, String, and_, bindparam, select
from sqlalchemy.orm import joinedload

from quality.core.database import db
from quality.core.paging import PAGE_SIZE, Page, offset, page_of
from quality.people.codes import digest, digest_of_code
from quality.people.models import Person, PersonRole, SignIn
from quality.people.permissions import Permission, Role


class PersonState(StrEnum):
    """Where somebody stands: invited and not yet joined, active, or disabled."""

    ACTIVE = "active"
    INVITED = "invited"
    DISABLED = "disabled"

    @property
    def words(self) -> str:
        """The state as pages say it."""
        return self.value.capitalize()


def state_of(person: Person) -> PersonState:
    """The state this person is in."""
    if person.disabled_at is not None:
        return PersonState.DISABLED
    return PersonState.INVITED if person.joined_at is None else PersonState.ACTIVE


def person_by_email(email: str) -> Person | None:
    """Whoever has this e-mail address, in any council and state. Capitals make no difference."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def find_person(person_id: int, by: Person) -> Person | None:
    """This person, if `by` manages people and both belong to the same council."""
    if not by.may(Permission.MANAGE_PEOPLE):
        return None
    return db.session.scalar(
        select(Person).where(Person.id == person_id, Person.local_authority_id == by.local_authority_id)
    )


def people_of(local_authority_id: int, *, state: PersonState | None = None, number: int = 1) -> Page[Person]:
    """One page of the people a council invited, by name; all of them or those in one state."""
    query = select(Person).where(Person.local_authority_id == local_authority_id)
    if state is not None:
        query = query.where(_in_state(state))
    query = query.order_by(Person.name, Person.id).offset(offset(number)).limit(PAGE_SIZE + 1)
    return page_of(db.session.scalars(query).all(), number)


def staff_who_may(permission: Permission, local_authority_id: int) -> list[Person]:
    """The council's active staff who hold this permission, by name."""
    roles = [role for role in Role if permission in role.permissions]
    return list(
        db.session.scalars(
            select(Person)
            .where(Person.local_authority_id == local_authority_id, Person.provider_id.is_(None))
            .where(_in_state(PersonState.ACTIVE), Person.role_rows.any(PersonRole.role.in_(roles)))
            .order_by(Person.name, Person.id)
        )
    )


def approvers(local_authority_id: int) -> list[str]:
    """The names of the council's active people who can approve audits; two of them say as much as twenty."""
    roles = [role for role in Role if Permission.REVIEW_AUDITS in role.permissions]
    return list(
        db.session.scalars(
            select(Person.name)
            .where(Person.local_authority_id == local_authority_id, _in_state(PersonState.ACTIVE))
            .where(Person.role_rows.any(PersonRole.role.in_(roles)))
            .order_by(Person.name, Person.id)
            .limit(2)
        )
    )


def councils_with_staff() -> list[int]:
    """The councils that somebody works at here: those with active staff of their own."""
    staff = select(Person.local_authority_id).where(Person.provider_id.is_(None))
    return sorted(db.session.scalars(staff.where(_in_state(PersonState.ACTIVE)).distinct()))


def contacts_of_provider(provider_id: int) -> list[Person]:
    """The provider's active contacts, whichever council invited them, by name."""
    return list(
        db.session.scalars(
            select(Person)
            .where(Person.provider_id == provider_id, _in_state(PersonState.ACTIVE))
            .order_by(Person.name, Person.id)
        )
    )


def active_administrators(local_authority_id: int) -> list[Person]:
    """The council's people who can add and disable people now."""
    return staff_who_may(Permission.MANAGE_PEOPLE, local_authority_id)


def invited_with(code: str) -> Person | None:
    """Whoever this one-time code was made for, if it was neither used nor replaced. It may have ended."""
    return db.session.scalar(select(Person).where(Person.invite_code_hash == digest_of_code(code)))


def find_sign_in(token: str) -> SignIn | None:
    """The sign-in of this token with its person, ended or not."""
    return db.session.scalars(_SIGN_IN, {"hash": digest(token)}).unique().one_or_none()


def _in_state(state: PersonState) -> ColumnElement[bool]:
    if state is PersonState.DISABLED:
        return Person.disabled_at.is_not(None)
    joined = Person.joined_at.is_(None) if state is PersonState.INVITED else Person.joined_at.is_not(None)
    return and_(Person.disabled_at.is_(None), joined)


# Every page asks this first, so the statement is made once, and person and roles come with it.
_SIGN_IN = (
    select(SignIn)
    .options(joinedload(SignIn.person, innerjoin=True).joinedload(Person.role_rows))
    .where(SignIn.token_hash == bindparam("hash", type_=String))
)
