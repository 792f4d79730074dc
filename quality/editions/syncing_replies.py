"""The second part of a sync, fetching each record, and the third, loading all of them as one edition."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from sqlalchemy import Update, delete, select, tuple_, update

from quality.core.clock import local
from quality.core.database import db, only_reading
from quality.core.pages import moment
from quality.cqc.api.client import Answer, Client
from quality.cqc.api.replies import location, provider
from quality.cqc.api.sifted import SetAside, Sifted, Sifting
from quality.cqc.rows import LocationReply, ProviderReply
from quality.editions.loading import load_replies
from quality.editions.models import Sync, SyncItem, SyncState
from quality.editions.names import are_names_kept
from quality.editions.result import LoadResult
from quality.editions.syncing_lists import is_askable, want
from quality.people.models import Person
from quality.services.models import Provider

# A sync that is killed fetches so many again at most.
RECORDS_A_COMMIT = 10
_REPLIES_A_LOOK = 500
# Where replies tell of people: left out of what is kept, unless the council decided that names are kept.
_PEOPLE = frozenset({"contacts", "nominatedIndividual"})


@dataclass(frozen=True)
class Starter:
    """Who began a sync."""

    id: int
    name: str


@dataclass(frozen=True)
class Loaded:
    """What a sync's replies became, if there were any, and which of them were set aside."""

    result: LoadResult | None
    set_aside: Sequence[SetAside] = ()


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


def load(sync_id: int) -> Loaded:
    """Load everything a sync fetched as one edition, without committing; no edition when nothing was fetched.

    A reply that cannot be used is set aside; TooManySetAside when there are more of them than single faults.
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
        return Loaded(None)
    _wait_for_another_load(sync_id)
    sifting = Sifting(count)
    locations: Sifted[LocationReply] = Sifted(
        sifting, "location", _replies(sync_id, "location"), partial(location, with_names=with_names)
    )
    providers: Sifted[ProviderReply] = Sifted(sifting, "provider", _replies(sync_id, "provider"), provider)
    result = load_replies(locations, providers, as_at=as_at, sha256=sha256, name=name, by=starter)
    if result.already_loaded:
        # Another sync of the same minute was told the same: what cannot be used is found all the same.
        deque(chain(locations, providers), maxlen=0)
    return Loaded(result, sifting.set_aside)


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


def forget(sync_id: int, set_aside: Sequence[SetAside]) -> None:
    """Throw away the replies that were set aside, so that they are fetched again. The caller commits."""
    gone = {(one.kind, one.cqc_id) for one in set_aside}
    held = select(SyncItem.kind, SyncItem.cqc_id).where(SyncItem.sync_id == sync_id)
    for kind, cqc_id in db.session.execute(held).all() if gone else ():
        # CQC's lists may hold the same id in small letters too.
        if (kind, cqc_id.upper()) in gone:
            db.session.execute(_item(sync_id, kind, cqc_id).values(status=None, body=None))


def finish(sync_id: int) -> None:
    """Throw away everything a sync fetched that is an edition now. The caller commits.

    What it set aside stays wanted, for the next sync; what an earlier one had set aside, it has settled.
    """
    settled = select(SyncItem.kind, SyncItem.cqc_id).where(SyncItem.sync_id == sync_id)
    is_settled = tuple_(SyncItem.kind, SyncItem.cqc_id).in_(settled)
    db.session.execute(delete(SyncItem).where(SyncItem.sync_id != sync_id, is_settled))
    db.session.execute(delete(SyncItem).where(SyncItem.sync_id == sync_id, SyncItem.status.is_not(None)))


def forget_all(sync_id: int) -> None:
    """Throw away everything a sync fetched, once it is given up. The caller commits."""
    db.session.execute(delete(SyncItem).where(SyncItem.sync_id == sync_id))


def are_wanted(sync_id: int) -> bool:
    """True while there is something left to fetch. Only reads."""
    return bool(_wanted(sync_id))


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
            body = _packed(answer.body, with_names=with_names)
        db.session.execute(_item(sync_id, kind, cqc_id).values(status=answer.status, body=body))
    if providers and not is_full:
        providers -= set(db.session.scalars(select(Provider.cqc_id).where(Provider.cqc_id.in_(providers))))
    want(sync_id, "provider", sorted(providers))
    db.session.commit()


def _item(sync_id: int, kind: str, cqc_id: str) -> Update:
    return update(SyncItem).where(
        SyncItem.sync_id == sync_id, SyncItem.kind == kind, SyncItem.cqc_id == cqc_id
    )


def _provider_of(kind: str, reply: Any) -> list[str]:
    """The provider of a location, if it has an id that can be asked for; else the reply is set aside when read."""
    cqc_id = reply.get("providerId") if kind == "location" and isinstance(reply, dict) else None
    return [cqc_id] if isinstance(cqc_id, str) and is_askable(cqc_id) else []


def _without_people(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_people(inner) for name, inner in value.items() if name not in _PEOPLE}
    if isinstance(value, list):
        return [_without_people(inner) for inner in value]
    return value


def _packed(reply: Any, *, with_names: bool) -> bytes:
    """The reply as it is kept: the same bytes for the same facts. One that nests without end is null, and no object."""
    try:
        kept = reply if with_names else _without_people(reply)
        text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    except RecursionError:
        text = "null"
    # Half a character is kept as it came, and named when the reply is read.
    return zlib.compress(text.encode(errors="surrogatepass"))


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


def _replies(sync_id: int, kind: str) -> Iterator[tuple[str, Any]]:
    for cqc_id, body in _bodies(sync_id, kind):
        yield cqc_id, json.loads(body)


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
