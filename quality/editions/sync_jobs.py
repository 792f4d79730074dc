"""A sync as work in the background: a short slice at a time, so that reports need not wait behind it."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import exists, select

from quality.core.clock import now
from quality.core.database import db
from quality.core.errors import Refused
from quality.core.jobs import Job, enqueue, task
from quality.editions import syncing
from quality.editions.models import Sync, SyncState
from quality.editions.syncing import Progress
from quality.services.models import Edition

TASK = "editions.sync"
SECONDS_A_SLICE = 20.0


@dataclass(frozen=True)
class Shown:
    """The newest sync as its page shows it. It `is_at_work` while a job for it is queued or being done."""

    sync: Sync
    progress: Progress
    edition: Edition | None
    is_at_work: bool

    @property
    def is_open(self) -> bool:
        """True when it can be gone on with."""
        return self.sync.state != SyncState.DONE and bool(self.sync.next_list)


def ask_for(sync_id: int) -> None:
    """Queue the next slice of a sync, unless one is queued or being done. The caller commits."""
    if not _is_at_work():
        enqueue(TASK, key=f"{sync_id}-{now().isoformat()}", sync_id=sync_id)


def newest() -> Shown | None:
    """The newest sync. Only reads."""
    # Asked first: a slice that ends between the two readings has then said so in the sync.
    is_at_work = _is_at_work()
    sync = db.session.scalar(select(Sync).order_by(Sync.id.desc()).limit(1))
    if sync is None:
        return None
    edition = db.session.get(Edition, sync.edition_id) if sync.edition_id else None
    return Shown(sync, syncing.count(sync), edition, is_at_work)


@task(TASK)
def sync_for_a_while(sync_id: int) -> None:
    """Go on with a sync for some seconds, and queue the rest."""
    try:
        client = syncing.client_of_settings()
    except Refused as refused:
        return syncing.fail(sync_id, refused.sentence)
    stop_at = time.monotonic() + SECONDS_A_SLICE
    outcome = syncing.go_on(sync_id, client, may_go_on=lambda: time.monotonic() < stop_at)
    if outcome.state not in (SyncState.DONE, SyncState.FAILED):
        # This slice's own job is not done yet, so the next one is queued whatever is at work.
        enqueue(TASK, key=f"{sync_id}-{now().isoformat()}", sync_id=sync_id)
        db.session.commit()
    return None


def _is_at_work() -> bool:
    waiting = exists().where(Job.task == TASK, Job.done_at.is_(None), Job.gave_up_at.is_(None))
    return bool(db.session.scalar(select(waiting)))
