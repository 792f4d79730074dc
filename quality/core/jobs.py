"""Work that is done after the transaction that asked for it: rendering a report, delivering a message.

A job is a row written in the same transaction as the change that wants it, so it exists exactly when the change
does. A worker (`flask work`, on any number of machines) takes the oldest job that is due under a lease; a worker that
dies leaves a lease that runs out, and another takes the job again. A task must therefore bear being run twice.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Index, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from quality.core.clock import now
from quality.core.database import Base, db
from quality.core.errors import Refused

LEASE = timedelta(minutes=5)
RETRY_AFTER = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10))
MOST_ATTEMPTS = len(RETRY_AFTER) + 1

Task = Callable[..., None]
TASKS: dict[str, Task] = {}


class Job(Base):
    """One piece of work: its task's name, what it is about, and how far it has come."""

    __tablename__ = "job"
    unrecorded: ClassVar[bool] = True

    id: Mapped[int] = mapped_column(primary_key=True)
    task: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    about: Mapped[dict[str, Any]] = mapped_column(JSON)
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    gave_up_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(default="")
    # Why it failed, in the words meant for whoever asked for it; empty when there are none.
    sentence: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        CheckConstraint("done_at IS NULL OR gave_up_at IS NULL", name="done_or_given_up"),
        Index("ix_job_due", "done_at", "gave_up_at", "due_at", "id"),
    )


def task(name: str) -> Callable[[Task], Task]:
    """Register a function as the task of this name. It is called outside any transaction and opens its own."""

    def register(function: Task) -> Task:
        TASKS[name] = function
        return function

    return register


def enqueue(name: str, *, key: str, due_at: datetime | None = None, **about: Any) -> None:
    """Ask for a task in the current transaction, now or at a later moment. The same key twice is one job."""
    full_key = f"{name}:{key}"
    if db.session.scalar(select(Job.id).where(Job.key == full_key)) is None:
        moment = now()
        db.session.add(Job(task=name, key=full_key, about=about, queued_at=moment, due_at=due_at or moment))
        db.session.flush()


def find_job(name: str, *, key: str) -> Job | None:
    """The job of this task that was asked for with this key."""
    return db.session.scalar(select(Job).where(Job.key == f"{name}:{key}"))


def newest_job(name: str, *, key_begins: str) -> Job | None:
    """The job of this task that was asked for last with such a key, whatever became of it."""
    asked = select(Job).where(Job.key.startswith(f"{name}:{key_begins}", autoescape=True))
    return db.session.scalar(asked.order_by(Job.id.desc()).limit(1))


def run_next() -> bool:
    """Take the oldest due job and do it. False when nothing was due. Commits; call it outside a transaction."""
    job = _take()
    if job is None:
        return False
    number, attempt = job.id, job.attempts
    try:
        TASKS[job.task](**job.about)
    except Exception as error:
        db.session.rollback()
        _put_back(number, attempt, error)
    else:
        db.session.rollback()
        _finish(number)
    return True


def run_all_due() -> int:
    """Do every job that is due, and those they ask for; how many were done or tried."""
    count = 0
    while run_next():
        count += 1
    return count


def is_due() -> bool:
    """True when a job waits to be taken. Only reads."""
    return db.session.scalar(_due(now())) is not None


def given_up() -> list[Job]:
    """The jobs that failed too often and are tried no more, oldest first, each with its fault."""
    return list(db.session.scalars(select(Job).where(Job.gave_up_at.is_not(None)).order_by(Job.id)))


def try_again() -> int:
    """Make every job that was given up due once more; how many. Commits."""
    jobs = given_up()
    for job in jobs:
        job.gave_up_at, job.attempts, job.due_at = None, 0, now()
    db.session.commit()
    return len(jobs)


def _due(moment: datetime) -> Select[Job]:
    return (
        select(Job)
        .where(Job.done_at.is_(None), Job.gave_up_at.is_(None), Job.due_at <= moment)
        .where(Job.leased_until.is_(None) | (Job.leased_until < moment))
        .order_by(Job.due_at, Job.id)
        .limit(1)
    )


def _take() -> Job | None:
    moment = now()
    job = db.session.scalar(_due(moment).with_for_update(skip_locked=True))
    while job is not None and job.attempts >= MOST_ATTEMPTS:
        # Whoever took it last never came back, and so did nobody before: it may be what ends the workers.
        job.gave_up_at, job.leased_until = moment, None
        job.fault = f"A worker ended while it did this. It was begun {MOST_ATTEMPTS} times."
        db.session.flush()
        job = db.session.scalar(_due(moment).with_for_update(skip_locked=True))
    if job is not None:
        job.leased_until = moment + LEASE
        job.attempts += 1
    db.session.commit()
    return job


def _finish(job_id: int) -> None:
    job = db.session.get_one(Job, job_id, with_for_update=True)
    job.done_at, job.leased_until, job.fault, job.sentence = now(), None, "", ""
    db.session.commit()


def _put_back(job_id: int, attempt: int, error: Exception) -> None:
    job = db.session.get_one(Job, job_id, with_for_update=True)
    if job.done_at is not None or job.attempts != attempt:
        # This worker was so slow that its lease ran out, and what became of the job since is another's to say.
        db.session.rollback()
        return
    job.fault, job.leased_until = "".join(traceback.format_exception(error)), None
    refusal = error if isinstance(error, Refused) else None
    job.sentence = refusal.sentence if refusal else ""
    if (refusal and refusal.is_final) or job.attempts >= MOST_ATTEMPTS:
        job.gave_up_at = now()
    else:
        job.due_at = now() + RETRY_AFTER[job.attempts - 1]
    db.session.commit()
