"""A sync with CQC's API from its beginning to the edition it becomes.

Its state is in the database after every few records, so it can be killed at any point, and whoever goes on with it,
here or on another machine, begins where it stopped. No transaction is open while CQC is asked. Two that go on with the
same sync at once fetch some records twice and load one edition.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, text, update

from quality.core.clock import now
from quality.core.database import db, only_reading
from quality.core.errors import Refused
from quality.core.pages import plural, settings
from quality.cqc import CqcFileError
from quality.cqc.api.client import ApiError, Client, Manners
from quality.cqc.api.sifted import SetAside, TooManySetAside
from quality.editions import syncing_lists as lists
from quality.editions import syncing_replies as replies
from quality.editions.models import Sync, SyncItem, SyncState
from quality.editions.result import LoadResult
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import Actor, record
from quality.services.models import Edition, LocalAuthority

# CQC's changes are asked for from a little before the last sync, in case a clock is slow.
OVERLAP = timedelta(hours=1)
_MOST_NAMED = 10

Report = Callable[["Progress"], None]


@dataclass(frozen=True)
class Progress:
    """How far a sync is: how many records it wants, has, and was told that there are none of."""

    state: SyncState
    wanted: int
    fetched: int
    missing: int
    message: str


@dataclass(frozen=True)
class Outcome:
    """How a run ended: the sync's state, what it has to say, and what its edition holds, if it became one."""

    state: SyncState
    message: str
    result: LoadResult | None = None


def client_of_settings() -> Client:
    """The client that the settings describe. Refused, with what to do, when there is no key."""
    found = settings()
    if not found.cqc_api_key:
        raise Refused(
            "There is no key for CQC's API. Get one from https://api-portal.service.cqc.org.uk, which is free, "
            "and set it as CQC_API_KEY; or load the files that CQC publishes."
        )
    manners = Manners(requests_per_second=found.cqc_requests_per_second)
    return Client(key=found.cqc_api_key, url=found.cqc_api_url, manners=manners)


def unfinished() -> Sync | None:
    """The sync that can be gone on with; there is one at most. Only reads."""
    newest = db.session.scalar(select(Sync).order_by(Sync.id.desc()).limit(1))
    return newest if newest is not None and newest.state != SyncState.DONE and newest.next_list else None


def begin(*, since: datetime | None = None, everything: bool = False, by: Actor | None = None) -> Sync:
    """Begin a sync; nothing is fetched yet.

    It is of the local authorities of the councils that work here, or of all England. Without `since` it fetches what
    changed since the last sync of the same authorities; everything, when there was none. Refused while another is
    unfinished, and where there is no council.
    """
    _wait_for_others()
    if unfinished() is not None:
        raise Refused("A sync is not finished: go on with it, or give it up and begin another.")
    authorities = [] if everything else _our_authorities()
    until = now()
    since = since or _end_of_last(authorities)
    if since is not None and since >= until:
        raise Refused("Changes can only be asked for up to now: give a day in the past.")
    sync = Sync(
        state=SyncState.LISTING,
        started_at=until,
        started_by_id=by.id if by else None,
        changed_since=since,
        changed_until=until,
        next_list=lists.lists_of(authorities, since, until),
    )
    db.session.add(sync)
    db.session.flush()
    lists.want_again(sync.id)
    details = {"what": replies.name_of(sync)}
    record(Kind.SYNC_BEGUN, council=NATIONAL, about=("sync", sync.id), by=by, details=details)
    return sync


def give_up(*, by: Actor | None = None) -> None:
    """Throw away the unfinished sync and what it fetched, so that another can begin. Nothing, when there is none."""
    _wait_for_others()
    sync = unfinished()
    if sync is not None:
        details = {"what": replies.name_of(sync)}
        sync.state, sync.message, sync.next_list = SyncState.FAILED, "It was given up.", ""
        replies.forget_all(sync.id)
        record(Kind.SYNC_GIVEN_UP, council=NATIONAL, about=("sync", sync.id), by=by, details=details)


def go_on(
    sync_id: int,
    client: Client,
    *,
    report: Report = lambda progress: None,
    may_go_on: Callable[[], bool] = lambda: True,
) -> Outcome:
    """Go on with a sync until it is an edition, something goes wrong, or `may_go_on` says no. Commits as it goes.

    Call it outside a transaction. What goes wrong is the outcome's message, and the sync's.
    """
    try:
        while _fetch(sync_id, client, report, may_go_on) and _note(sync_id, SyncState.LOADING):
            report(progress_of(sync_id))
            outcome = _load(sync_id)
            if outcome is not None:
                return outcome
    except TooManySetAside as error:
        db.session.rollback()
        replies.forget(sync_id, error.set_aside)
        fail(sync_id, f"{error.sentence} Nothing was stored; going on asks CQC for these again.")
    except (ApiError, CqcFileError) as error:
        db.session.rollback()
        fail(sync_id, error.sentence)
    return _outcome(sync_id)


def _fetch(sync_id: int, client: Client, report: Report, may_go_on: Callable[[], bool]) -> bool:
    """Read the lists and fetch the records that are left. False when it was not to go on to their end."""
    parts = ((SyncState.LISTING, lists.read_next_list), (SyncState.FETCHING, replies.fetch_some))
    for state, some in parts:
        while _note(sync_id, state) and some(sync_id, client):
            report(progress_of(sync_id))
            if not may_go_on():
                return False
    return True


def fail(sync_id: int, sentence: str) -> None:
    """Note why a sync stands still. It can be gone on with. Commits."""
    _note(sync_id, SyncState.FAILED, sentence)


def progress_of(sync_id: int) -> Progress:
    """How far a sync is, in a transaction of its own."""
    with only_reading():
        found = count(db.session.get_one(Sync, sync_id, populate_existing=True))
        db.session.rollback()
    return found


def count(sync: Sync) -> Progress:
    """How far a sync is. Only reads."""
    of_sync = select(func.count()).select_from(SyncItem).where(SyncItem.sync_id == sync.id)
    counts = (of_sync, of_sync.where(SyncItem.status.is_not(None)), of_sync.where(SyncItem.status == 404))
    wanted, fetched, missing = (db.session.scalars(one).one() for one in counts)
    return Progress(sync.state, wanted, fetched, missing, sync.message)


def _our_authorities() -> list[str]:
    ours = list(
        db.session.scalars(select(LocalAuthority.name).where(LocalAuthority.council_code.is_not(None)))
    )
    if not ours:
        raise Refused(
            "No council is set up here, so there is no local authority to ask CQC about: "
            "sync all England with --everything, or invite a council's first person."
        )
    return ours


def _end_of_last(authorities: list[str]) -> datetime | None:
    """Up to when CQC's changes are known for these authorities; none when there was no sync of them."""
    beginning = replies.beginning_of_name(lists.scope_of(authorities))
    last = select(func.max(Sync.changed_until)).join(Edition, Edition.id == Sync.edition_id)
    until = db.session.scalar(
        last.where(Sync.state == SyncState.DONE, Edition.file_name.startswith(beginning, autoescape=True))
    )
    return until - OVERLAP if until else None


def _wait_for_others() -> None:
    """Two that begin at once would both find no unfinished sync. SQLite has one writer anyhow."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE sync IN SHARE ROW EXCLUSIVE MODE"))


def _note(sync_id: int, state: SyncState, message: str = "") -> bool:
    """Commit how far the sync is. False, and nothing changed, when it is done or was given up meanwhile."""
    open_still = (Sync.id == sync_id, Sync.state != SyncState.DONE, Sync.next_list != "")
    noted = db.session.scalar(
        update(Sync).where(*open_still).values(state=state, message=message).returning(Sync.id)
    )
    db.session.commit()
    return noted is not None


def _load(sync_id: int) -> Outcome | None:
    """Load what was fetched; None, and nothing stored, when there is more to fetch again."""
    loaded = replies.load(sync_id)
    sync = db.session.get_one(Sync, sync_id, with_for_update=True, populate_existing=True)
    is_over = sync.state == SyncState.DONE or not sync.next_list
    # Another that goes on with it may have ended it, or had to set too much aside, which is asked for again.
    if is_over or replies.are_wanted(sync_id):
        db.session.rollback()
        return _outcome(sync_id) if is_over else None
    replies.forget(sync_id, loaded.set_aside)
    message = _said(sync_id, loaded.set_aside)
    sync.state, sync.message = SyncState.DONE, message
    sync.edition_id = loaded.result.edition.id if loaded.result and loaded.result.edition else None
    replies.finish(sync_id)
    db.session.commit()
    return Outcome(SyncState.DONE, message, loaded.result)


def _outcome(sync_id: int) -> Outcome:
    found = progress_of(sync_id)
    return Outcome(found.state, found.message)


def _said(sync_id: int, set_aside: Sequence[SetAside]) -> str:
    """What was loaded and set aside, and what CQC listed and then did not know: it forgets a record only slowly."""
    got = (
        select(SyncItem.kind, func.count())
        .where(SyncItem.sync_id == sync_id, SyncItem.status == 200)
        .group_by(SyncItem.kind)
        .order_by(SyncItem.kind)
    )
    counted = " and ".join(plural(number, kind) for kind, number in db.session.execute(got))
    nothing = "Nothing was loaded." if set_aside else "CQC lists no change."
    said = [f"{counted} loaded." if counted else nothing]
    if set_aside:
        said.append(
            f"CQC sent {plural(len(set_aside), 'reply', 'replies')} that cannot be used, set aside: "
            f"{_named([one.cqc_id for one in set_aside])}. "
            "What we hold of them stays as it was, and the next sync asks for them again."
        )
    gone = select(SyncItem.cqc_id).where(SyncItem.sync_id == sync_id, SyncItem.status == 404)
    missing = list(db.session.scalars(gone.order_by(SyncItem.kind, SyncItem.cqc_id)))
    if missing:
        said.append(
            f"CQC lists {plural(len(missing), 'record')} that it then does not know: {_named(missing)}. "
            "What we hold of them stays as it was."
        )
    return " ".join(said)


def _named(ids: Sequence[str]) -> str:
    return ", ".join(ids[:_MOST_NAMED]) + (" …" if len(ids) > _MOST_NAMED else "")
