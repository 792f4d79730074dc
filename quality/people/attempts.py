"""Slowing down guesses: five per account and thirty per network address in a quarter of an hour.

An attempt is counted and committed before the password is looked at, and taken back when it was right. Counted
afterwards, many guesses sent at once would all pass; counted in the request's transaction, the slow hash would hold
SQLite's only write lock. These functions therefore commit, unlike operations.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import delete, func, select, update

from quality.core.clock import now
from quality.core.database import db
from quality.core.errors import Invalid
from quality.people.codes import digest
from quality.people.models import SignInAttempt

WINDOW = timedelta(minutes=15)
MOST_PER_ACCOUNT = 5
MOST_PER_ADDRESS = 30


class TooManyAttempts(Invalid):
    """This account or this network address was tried too often of late. It does not say whether there is an account."""

    def __init__(self, field: str) -> None:
        super().__init__(field, "Too many attempts were made. Wait 15 minutes and try again")


@dataclass(frozen=True)
class Attempt:
    """One counted attempt."""

    rows: tuple[int, ...]
    account: str | None


def begin(*, address: str, email: str | None = None) -> Attempt:
    """Count one attempt from this network address, on this account if one is named. Commits.

    Raises TooManyAttempts, and does not count it: whoever waits is let in again after the quarter of an hour, however
    many others keep trying.
    """
    most = {digest(f"address {_network(address)}"): MOST_PER_ADDRESS}
    account = None if email is None else digest(f"account {email}")
    if account:
        most[account] = MOST_PER_ACCOUNT
    moment = now()
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at <= moment - WINDOW))
    rows = [SignInAttempt(key=key, at=moment) for key in most]
    db.session.add_all(rows)
    db.session.commit()
    attempt = Attempt(tuple(row.id for row in rows), account)
    if any(_count(key) > limit for key, limit in most.items()):
        db.session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(attempt.rows)))
        db.session.commit()
        raise TooManyAttempts("code" if email is None else "password")
    db.session.rollback()
    return attempt


def was_right(attempt: Attempt) -> None:
    """Take the attempt back, and with it the account's earlier slips."""
    db.session.execute(
        delete(SignInAttempt).where(
            SignInAttempt.id.in_(attempt.rows) | (SignInAttempt.key == attempt.account)
        )
    )


def was_wrong(attempt: Attempt) -> None:
    """Let the quarter of an hour run from the refusal. So an unknown account costs a write, as a known one does."""
    db.session.execute(update(SignInAttempt).where(SignInAttempt.id.in_(attempt.rows)).values(at=now()))


def _count(key: str) -> int:
    return db.session.scalar(select(func.count()).where(SignInAttempt.key == key)) or 0


def _network(address: str) -> str:
    """The address, or the /64 it lies in: one household or phone has a whole such network of IPv6 addresses."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)
