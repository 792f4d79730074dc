"""`flask work` does several jobs at once, each with a printing process to itself, and one bad job stops no other."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from quality.core import jobs
from quality.core.database import db
from quality.core.jobs import Job, enqueue
from quality.printing.pool import Pool
from quality.running import worker
from quality.running.worker import work_until_stopped
from tests.printing.documents import an_order

pytestmark = pytest.mark.slow

MANY = 8


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    """A pool of printing processes of this test's own."""
    pool = Pool()
    monkeypatch.setattr(worker, "shared", pool)
    yield pool
    pool.close()


@pytest.fixture
def usual_signals() -> Iterator[None]:
    """The worker hears signals in its own way; afterwards they are as before."""
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


@pytest.mark.usefixtures("usual_signals")
def test_a_pack_of_documents_is_spread_and_a_bad_one_stops_no_other(
    fresh_database: Flask, pool: Pool
) -> None:
    made: dict[int, bytes] = {}
    both = threading.Barrier(2)

    def print_one(number: int) -> None:
        if number < 2:
            both.wait(60)
        try:
            made[number] = pool.render(an_order("<p class='" if number == 3 else f"<p>Report {number}</p>"))
            assert number != 3
        finally:
            if number == MANY - 1:
                os.kill(os.getpid(), signal.SIGTERM)

    jobs.TASKS["tests.print"] = print_one
    with fresh_database.app_context():
        for number in range(MANY):
            enqueue("tests.print", key=str(number), number=number)
        db.session.commit()
        db.session.remove()
        work_until_stopped(2)
        done = db.session.scalar(select(func.count()).where(Job.done_at.is_not(None)))
        waiting: Any = db.session.scalars(select(Job).where(Job.done_at.is_(None))).all()
    del jobs.TASKS["tests.print"]
    assert done == MANY - 1
    assert [job.about for job in waiting] == [{"number": 3}]
    assert waiting[0].gave_up_at is None
    assert len(pool._running) == 2


@pytest.mark.usefixtures("usual_signals")
def test_hands_that_fail_stop_the_worker_instead_of_leaving_it_half_alive(
    fresh_database: Flask, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> bool:
        raise RuntimeError("Nobody expected this")

    monkeypatch.setattr(worker, "_one_round", fail)
    with fresh_database.app_context(), pytest.raises(RuntimeError, match="Nobody expected this"):
        work_until_stopped(2)
