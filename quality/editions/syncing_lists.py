"""The first part of a sync: finding out which records to fetch, from CQC's lists.

`Sync.next_list` holds what is left of it. Its first line says of which local authorities the sync is; each line after
it is one list, as a step and a path. The line is taken away when the list is read, so a sync that was killed begins
with the list, or the page of it, that it had not finished.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from quality.core.database import db, only_reading
from quality.cqc import CqcFileError
from quality.cqc.api.client import ApiError, Client
from quality.cqc.errors import quoted
from quality.editions.models import Sync, SyncItem, SyncState
from quality.services.models import LocalAuthority, Provider, Service

PER_PAGE = 1_000
ALL_ENGLAND = "all England"
_MOST_OF_A_NAME = 120
_LONGEST_ID = 20


class Step(StrEnum):
    """What is done with the ids of a list."""

    WANT = "want"  # Each of them is fetched.
    WANT_OURS = "want-ours"  # Those providers are fetched that have a service in our authorities.
    KEEP = "keep"  # Of the locations wanted so far, only those in this list are fetched.


def scope_of(authorities: Sequence[str]) -> str:
    """What a sync of these local authorities is called: the same for the same ones, and short."""
    if not authorities:
        return ALL_ENGLAND
    names = ", ".join(sorted(authorities))
    if len(names) <= _MOST_OF_A_NAME:
        return names
    digest = hashlib.sha256(names.encode()).hexdigest()[:8]
    return f"{len(authorities)} local authorities ({digest})"


def lists_of(authorities: Sequence[str], since: datetime | None, until: datetime) -> str:
    """The lists of a sync, as `next_list` keeps them.

    Without `since`, everything is fetched. CQC's changes cannot be asked for by local authority, so those of all
    England are read and then narrowed.
    """
    filters = [("localAuthority", name) for name in sorted(authorities)]
    if since is None:
        lines = [f"{Step.WANT} {_path('/locations', filters)}"]
    else:
        period = [("startTimestamp", _stamp(since)), ("endTimestamp", _stamp(until))]
        providers = Step.WANT_OURS if authorities else Step.WANT
        lines = [
            f"{Step.WANT} {_path('/changes/location', period)}",
            f"{providers} {_path('/changes/provider', period)}",
        ]
        if authorities:
            lines.append(f"{Step.KEEP} {_path('/locations', filters)}")
    return "\n".join([scope_of(authorities), *lines])


def read_next_list(sync_id: int, client: Client) -> bool:
    """Read one page of the lists that are left, or one whole list where it narrows. False when none is left.

    Commits what it found. ApiError when CQC does not answer; CqcFileError when a list is not as we know it.
    """
    with only_reading():
        before = db.session.scalars(select(Sync.next_list).where(Sync.id == sync_id)).one()
        db.session.rollback()
    if "\n" not in before:
        return False
    scope, line, *rest = before.split("\n")
    step, path = line.split(" ", maxsplit=1)
    kind = "provider" if path.startswith("/changes/provider") else "location"
    pages = list(_pages(client, path)) if step == Step.KEEP else []
    ids, following = ([], None) if step == Step.KEEP else _page(client, path)
    lines = [scope, *([f"{step} {following}"] if following else []), *rest]
    # Another that goes on with the same sync may have been faster: then what is left is looked at again.
    this = (Sync.id == sync_id, Sync.next_list == before)
    noted = update(Sync).where(*this).values(next_list="\n".join(lines)).returning(Sync.id)
    if db.session.scalar(noted) is not None:
        if step == Step.KEEP:
            _narrow(sync_id, {cqc_id for page in pages for cqc_id in page})
        want(sync_id, kind, _of_ours(ids) if step == Step.WANT_OURS else ids)
    db.session.commit()
    return True


def want(sync_id: int, kind: str, ids: Sequence[str]) -> None:
    """Note records to be fetched; those that are noted already stay as they are. The caller commits."""
    if ids:
        insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
        rows = [{"sync_id": sync_id, "kind": kind, "cqc_id": cqc_id} for cqc_id in ids]
        db.session.execute(insert(SyncItem).on_conflict_do_nothing(), rows)


def want_again(sync_id: int) -> None:
    """Note the records to be fetched whose reply was set aside before. The caller commits."""
    for kind, cqc_id in _set_aside_before():
        want(sync_id, kind, [cqc_id])


def _set_aside_before() -> list[tuple[str, str]]:
    """Kind and id of the records whose reply an earlier sync set aside, and that none has asked for since."""
    kept = select(SyncItem.kind, SyncItem.cqc_id).join(Sync, Sync.id == SyncItem.sync_id)
    rows = db.session.execute(kept.where(Sync.state == SyncState.DONE).distinct())
    return [(kind, cqc_id) for kind, cqc_id in rows]


def _narrow(sync_id: int, ours: set[str]) -> None:
    ours = ours | {cqc_id for _, cqc_id in _set_aside_before()}
    wanted = select(SyncItem.cqc_id).where(SyncItem.sync_id == sync_id, SyncItem.kind == "location")
    for cqc_id in [one for one in db.session.scalars(wanted) if one not in ours]:
        db.session.execute(
            delete(SyncItem).where(
                SyncItem.sync_id == sync_id, SyncItem.kind == "location", SyncItem.cqc_id == cqc_id
            )
        )


def _of_ours(providers: Sequence[str]) -> list[str]:
    """Those of the providers that have a service in the area of a council that works here."""
    found = (
        select(Provider.cqc_id)
        .join(Service, Service.provider_id == Provider.id)
        .join(LocalAuthority, LocalAuthority.id == Service.local_authority_id)
        .where(LocalAuthority.council_code.is_not(None), Provider.cqc_id.in_(providers))
    )
    ours = set(db.session.scalars(found))
    return [one for one in providers if one in ours]


def _pages(client: Client, path: str | None) -> Iterator[list[str]]:
    while path:
        ids, path = _page(client, path)
        yield ids


def _page(client: Client, path: str) -> tuple[list[str], str | None]:
    """The ids on a page of a list, and the path of the page after it."""
    body = client.get(path).body
    name = "changes" if path.startswith("/changes") else "locations"
    rows = body.get(name)
    if not isinstance(rows, list):
        raise ApiError(f"A list of CQC's API holds no {name}, so it is none that we know. Please tell us.")
    number = int(path.rsplit("page=", maxsplit=1)[1])
    pages = body.get("totalPages")
    # CQC says 0 pages where a list is empty. We count for ourselves: its own links spell a parameter otherwise.
    more = isinstance(pages, int) and number < pages and rows
    following = f"{path.rsplit('page=', maxsplit=1)[0]}page={number + 1}" if more else None
    return list(dict.fromkeys(_id(row) for row in rows)), following


def is_askable(cqc_id: str) -> bool:
    """True for what may stand in an address as an id; CQC's lists hold small letters now and then."""
    return 0 < len(cqc_id) <= _LONGEST_ID and cqc_id.isascii() and cqc_id.replace("-", "").isalnum()


def _id(row: Any) -> str:
    cqc_id = row.get("locationId") if isinstance(row, dict) else row
    if not isinstance(cqc_id, str) or not is_askable(cqc_id):
        raise CqcFileError(f"CQC's list holds {quoted(str(cqc_id))}, which is not a CQC id. Please tell us.")
    return cqc_id


def _path(path: str, query: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode([*query, ('perPage', str(PER_PAGE)), ('page', '1')])}"


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
