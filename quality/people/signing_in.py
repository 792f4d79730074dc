"""The operations of signing in and out: who is it, a new sign-in, its end."""

from __future__ import annotations

import secrets

from sqlalchemy import update

from quality.core.clock import now
from quality.core.database import db
from quality.core.errors import Invalid
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.people import attempts, passwords, policies, queries
from quality.people.codes import digest
from quality.people.models import Person, SignIn

# One sentence for every reason, so that nobody learns who has an account here.
WRONG = "The email address or password is wrong."
NOT_YOURS = "This is not the password you sign in with"


def authenticate(
    *, email: str, password: str, address: str, refusal: Kind = Kind.SIGN_IN_REFUSED, wrong: str = WRONG
) -> Person:
    """The active person with this e-mail address and password. `address` is the network address it is sent from.

    Raises TooManyAttempts, or Invalid("password", …) with the same sentence whatever was `wrong`, after the same work.
    What it writes when it raises must be kept (gate.keep_writes), a `refusal` in the history of a known person among
    it. Call it before anything is written: it commits the counted attempt, and holds no transaction while the password
    is checked.
    """
    email = email.strip().lower()
    attempt = attempts.begin(address=address, email=email)
    person = queries.person_by_email(email)
    stored = person.password_hash if person else None
    db.session.rollback()
    right = passwords.matches(stored, password)
    person = queries.person_by_email(email)
    # The hash is compared again: the password may have been changed while the one typed was being checked.
    if person and stored and right and person.is_active and person.password_hash == stored:
        attempts.was_right(attempt)
        if passwords.needs_new_hash(stored):
            person.password_hash = passwords.hash_password(password)
        return person
    attempts.was_wrong(attempt)
    if person:
        _record(refusal, person, None)
    raise Invalid("password", wrong)


def change_password(*, person: Person, current: str, password: str, address: str) -> Person:
    """Give somebody who is signed in a new password. Every sign-in of theirs ends, and an open invitation code with it.

    Raises Invalid("new_password", …), and what authenticate raises when `current` is not the password they have: it is
    counted as a guess, since whoever finds a browser left open must not be let in for good. Keep what it writes.
    """
    passwords.check_password(password, email=person.email)
    proven = authenticate(
        email=person.email,
        password=current,
        address=address,
        refusal=Kind.PASSWORD_REFUSED,
        wrong=NOT_YOURS,
    )
    proven.password_hash = passwords.hash_password(password)
    proven.invite_code_hash = proven.invite_ends_at = None
    end_all_sign_ins(person=proven)
    _record(Kind.PASSWORD_CHANGED, proven, proven)
    return proven


def recognise_code(*, code: str, address: str) -> Person:
    """Whoever this invitation code was made for. Raises TooManyAttempts or Invalid("code", …); keep what it writes."""
    attempt = attempts.begin(address=address)
    try:
        person = policies.check_can_join(queries.invited_with(code))
    except Invalid:
        attempts.was_wrong(attempt)
        raise
    attempts.was_right(attempt)
    return person


def begin_sign_in(*, person: Person) -> str:
    """A new sign-in of this person; returns the token for the cookie. Only its SHA-256 is stored."""
    token = secrets.token_urlsafe(32)
    db.session.add(SignIn(person_id=person.id, token_hash=digest(token), began_at=now()))
    _record(Kind.SIGNED_IN, person, person)
    return token


def end_sign_in(*, token: str) -> None:
    """End the sign-in of this token. Nothing happens when it has ended before."""
    sign_in = queries.find_sign_in(token)
    if sign_in is not None and sign_in.ended_at is None:
        sign_in.ended_at = now()
        _record(Kind.SIGNED_OUT, sign_in.person, sign_in.person)


def end_all_sign_ins(*, person: Person) -> None:
    """End every sign-in of this person, on whatever browser. The caller records why."""
    still_open = (SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    db.session.execute(update(SignIn).where(*still_open).values(ended_at=now()))


def _record(kind: Kind, person: Person, by: Person | None) -> None:
    db.session.flush()
    about = ("person", person.id)
    record(kind, council=person.local_authority_id, about=about, by=by, details={"name": person.name})
