"""The second part of a sync, fetching each record, and the third, loading all of them as one edition."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Update, delete, select, update

from quality.core.clock import local
from quality.core.database import db, only_reading
from quality.core.pages import moment
from quality.cqc import CqcFileError
from quality.cqc.api.client import Answer, Client
from quality.cqc.api.replies import location, provider
from quality.editions.loading import load_replies
from quality.editions.models import Sync, SyncItem, SyncState
from quality.editions.names import are_names_kept
from quality.editions.result import LoadResult
from quality.editions.syncing_lists import is_askable, want
from quality.people.models import Person
from quality.services.models import Provider

Reply = TypeVar("Reply")

# A sync that is killed fetches so many again at most.
RECORDS_A_COMMIT = 10
_REPLIES_A_LOOK = 500
# Where replies tell of people: left out of what is kept, unless the council decided that names are kept.
_PEOPLE = frozenset({"contacts", "nominatedIndividual"})


class UnreadableReply(CqcFileError):
    """A reply that is not as we know it, and which record it is of."""

    def __init__(self, kind: str, cqc_id: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind, self.cqc_id = kind, cqc_id


@dataclass(frozen=True)
class Starter:
    """Who began a sync."""

    id: int
    name: str


def fetch_some(sync_id: int, client: Client) -> bool:
    """Fetch the next few records and commit them. False when there is nothing left to fetch.

    ApiError when CQC does not answer; what came before it is kept.
    """
    with only_reading():
        batch = _wanted(sync_id)
        with_names = are_names_kept()
        is_full = db.session.scalars(select(Sync.changed_since).where(Sync.id == sync_id)).one() is None
        db.session.rollback()
    fetched: list[tuple[str, str, Answer]] = []
    try:
        for kind, cqc_id in batch:
            fetched.append((kind, cqc_id, client.get_record(kind, cqc_id)))
    finally:
        _keep(sync_id, fetched, with_names=with_names, is_full=is_full)
    return bool(batch)


def load(sync_id: int) -> LoadResult | None:
    """Load everything a sync fetched as one edition, without committing; None when nothing was fetched.

    UnreadableReply when a reply is not as we know it.
    """
    with only_reading():
        sync = db.session.get_one(Sync, sync_id)
        by = db.session.get(Person, sync.started_by_id) if sync.started_by_id else None
        starter = Starter(by.id, by.name) if by else None
        as_at, name = local(sync.changed_until).date(), name_of(sync)
        with_names = are_names_kept()
        db.session.rollback()
    sha256, count = _digest(sync_id, name)
    if not count:
        return None
    _wait_for_another_load(sync_id)
    return load_replies(
        _read(sync_id, "location", lambda reply: location(reply, with_names=with_names)),
        _read(sync_id, "provider", provider),
        as_at=as_at,
        sha256=sha256,
        name=name,
        by=starter,
    )


def _wait_for_another_load(sync_id: int) -> None:
    """Wait until nobody else loads this sync. SQLite has one writer, who is not kept waiting while replies are read."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(Sync.id).where(Sync.id == sync_id).with_for_update())


def name_of(sync: Sync) -> str:
    """What the edition of a sync is called: of which authorities it is, and of which period."""
    if sync.changed_since is None:
        return f"{beginning_of_name(sync.next_list)} everything, {moment(sync.changed_until)}"
    period = f"{moment(sync.changed_since)} to {moment(sync.changed_until)}"
    return f"{beginning_of_name(sync.next_list)} changes from {period}"


def beginning_of_name(lists: str) -> str:
    """How the names of all editions begin that come from syncs of the same local authorities."""
    return f"CQC's API: {lists.split(chr(10), maxsplit=1)[0]};"


def forget(sync_id: int, kind: str, cqc_id: str) -> None:
    """Throw a reply away, so that it is fetched again. The caller commits."""
    db.session.execute(_item(sync_id, kind, cqc_id).values(status=None, body=None))


def forget_all(sync_id: int) -> None:
    """Throw away everything a sync fetched, once it is an edition or given up. The caller commits."""
    db.session.execute(delete(SyncItem).where(SyncItem.sync_id == sync_id))


def _wanted(sync_id: int) -> list[tuple[str, str]]:
    found = (
        select(SyncItem.kind, SyncItem.cqc_id)
        .where(SyncItem.sync_id == sync_id, SyncItem.status.is_(None))
        .order_by(SyncItem.kind, SyncItem.cqc_id)
        .limit(RECORDS_A_COMMIT)
    )
    return [(row.kind, row.cqc_id) for row in db.session.execute(found)]


def _keep(sync_id: int, fetched: list[tuple[str, str, Answer]], *, with_names: bool, is_full: bool) -> None:
    sync = db.session.get_one(Sync, sync_id, with_for_update=True, populate_existing=True)
    if sync.state == SyncState.DONE or not sync.next_list:
        # Somebody else went on with it to the end, or gave it up: nothing is wanted any more.
        db.session.rollback()
        return
    providers: set[str] = set()
    for kind, cqc_id, answer in fetched:
        body = None
        if answer.status == 200:
            providers.update(_provider_of(kind, answer.body))
            kept = answer.body if with_names else _without_people(answer.body)
            body = zlib.compress(_canonical(kept))
        db.session.execute(_item(sync_id, kind, cqc_id).values(status=answer.status, body=body))
    if providers and not is_full:
        providers -= set(db.session.scalars(select(Provider.cqc_id).where(Provider.cqc_id.in_(providers))))
    want(sync_id, "provider", sorted(providers))
    db.session.commit()


def _item(sync_id: int, kind: str, cqc_id: str) -> Update:
    return update(SyncItem).where(
        SyncItem.sync_id == sync_id, SyncItem.kind == kind, SyncItem.cqc_id == cqc_id
    )


def _provider_of(kind: str, reply: dict[str, Any]) -> list[str]:
    """The provider of a location, if it has an id that can be asked for; else the reply is refused when it is read."""
    cqc_id = reply.get("providerId") if kind == "location" else None
    return [cqc_id] if isinstance(cqc_id, str) and is_askable(cqc_id) else []


def _without_people(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_people(inner) for name, inner in value.items() if name not in _PEOPLE}
    if isinstance(value, list):
        return [_without_people(inner) for inner in value]
    return value


def _canonical(reply: dict[str, Any]) -> bytes:
    return json.dumps(reply, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _digest(sync_id: int, name: str) -> tuple[str, int]:
    """The SHA-256 over all replies in the order of their ids, and how many there are.

    The edition's name comes first: replies that are as they were long ago, and were otherwise between, are news.
    """
    digest, count = hashlib.sha256(f"{name}\n".encode()), 0
    for kind in ("location", "provider"):
        for cqc_id, body in _bodies(sync_id, kind):
            digest.update(f"{kind} {cqc_id} {len(body)}\n".encode() + body)
            count += 1
    return digest.hexdigest(), count


def _read(sync_id: int, kind: str, meaning: Callable[[dict[str, Any]], Reply]) -> Iterator[Reply]:
    seen: set[str] = set()
    for cqc_id, body in _bodies(sync_id, kind):
        try:
            reply = meaning(json.loads(body))
        except CqcFileError as error:
            raise UnreadableReply(kind, cqc_id, error.sentence) from error
        # An id that CQC lists in small letters too is answered twice with the same.
        if cqc_id.upper() not in seen:
            seen.add(cqc_id.upper())
            yield reply


def _bodies(sync_id: int, kind: str) -> Iterator[tuple[str, bytes]]:
    """Id and unpacked reply, by id; no transaction is left open between two of them."""
    after = ""
    while rows := _some_bodies(sync_id, kind, after):
        for cqc_id, body in rows:
            yield cqc_id, zlib.decompress(body)
        after = rows[-1][0]


def _some_bodies(sync_id: int, kind: str, after: str) -> list[tuple[str, bytes]]:
    found = (
        select(SyncItem.cqc_id, SyncItem.body)
        .where(SyncItem.sync_id == sync_id, SyncItem.kind == kind, SyncItem.cqc_id > after)
        .where(SyncItem.body.is_not(None))
        .order_by(SyncItem.cqc_id)
        .limit(_REPLIES_A_LOOK)
    )
    if db.session().in_transaction():
        return [(row.cqc_id, row.body) for row in db.session.execute(found)]
    with only_reading():
        rows = [(row.cqc_id, row.body) for row in db.session.execute(found)]
        db.session.rollback()
    return rows
