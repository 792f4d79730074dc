"""Adding a line to the history. Every operation that writes calls `record` in the same transaction."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import date, datetime
from enum import Enum
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from quality.core.clock import now
from quality.core.database import db
from quality.core.gate import recorded
from quality.history.kinds import Kind
from quality.history.models import Chain, Event


class Actor(Protocol):
    """Whoever does something: a person who signed in."""

    @property
    def id(self) -> int:
        """The person's number."""

    @property
    def name(self) -> str:
        """The person's name."""


def record(
    kind: Kind,
    *,
    council: int,
    about: tuple[str, int],
    by: Actor | None,
    details: dict[str, Any] | None = None,
) -> Event:
    """Add one event to the council's chain and flush it.

    `about` is the record's type and number, such as ("audit", 12). `by` is the person, or None when the service
    itself or somebody at its command line acted. `details` holds what the sentence and the reader need (before, after,
    names) and may be erased later; dates and enums in it are written as text.
    """
    head = _lock_head(council)
    kept = {"by": by.name if by else "the service", **_plain(details or {})}
    event = Event(
        council=council,
        number=head.head_number + 1,
        kind=kind.value,
        record_type=about[0],
        record_id=about[1],
        by_id=by.id if by else None,
        at=now(),
        details=_canonical(kept),
        salt=secrets.token_hex(16),
        previous_hash=head.head_hash,
    )
    event.envelope = _envelope(event)
    event.hash = link(head.head_hash, event.envelope)
    db.session.add(event)
    head.head_number, head.head_hash = event.number, event.hash
    db.session.flush()
    recorded(db.session())
    return event


def _envelope(event: Event) -> str:
    """What is sealed into the chain: the event's columns, and only a digest of its details."""
    return _canonical(
        {
            "about": [event.record_type, event.record_id],
            "at": event.at.isoformat(),
            "by": event.by_id,
            "council": event.council,
            "details_sha256": digest_of_details(event.salt or "", event.details or ""),
            "kind": event.kind,
            "number": event.number,
        }
    )


def genesis(council: int) -> str:
    """The hash that a council's first event follows; it differs by council, so that chains cannot be swapped."""
    return hashlib.sha256(f"history of council {council}".encode()).hexdigest()


def link(previous_hash: str, envelope: str) -> str:
    """The hash of an event: SHA-256 over the previous hash and the envelope as it is stored."""
    return hashlib.sha256(f"{previous_hash}\n{envelope}".encode()).hexdigest()


def digest_of_details(salt: str, details: str) -> str:
    """The salted digest that the envelope carries; without the salt, erased details cannot be guessed from it."""
    return hashlib.sha256(f"{salt}\n{details}".encode()).hexdigest()


def _lock_head(council: int) -> Chain:
    """The chain's head, made when missing, locked until the transaction ends."""
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = (
        select(Chain)
        .where(Chain.council == council)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    db.session.flush()
    head = db.session.scalar(statement)
    if head is None:
        first = insert(Chain).values(council=council, head_number=0, head_hash=genesis(council))
        db.session.execute(first.on_conflict_do_nothing())
        head = db.session.scalars(statement).one()
    return head


def _canonical(data: dict[str, Any]) -> str:
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value
