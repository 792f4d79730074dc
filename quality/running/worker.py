"""The worker: does queued jobs one after another until it is told to stop."""

from __future__ import annotations

import logging
import signal
import threading

from sqlalchemy.exc import OperationalError

from quality.core import jobs
from quality.core.database import db, only_reading

SECONDS_BETWEEN_LOOKS = 1.0

log = logging.getLogger(__name__)


def work_until_stopped() -> None:
    """Take jobs as they fall due. SIGTERM and SIGINT stop it once the job in hand is done."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    while not stop.is_set():
        if not _one_round():
            stop.wait(SECONDS_BETWEEN_LOOKS)


def _one_round() -> bool:
    """Do a job if one is due. Looking for one only reads, so an idle worker never holds the write lock."""
    try:
        with only_reading():
            due = jobs.is_due()
            db.session.rollback()
        return due and jobs.run_next()
    except OperationalError:
        log.exception("The database could not be reached; the worker looks again shortly.")
        return False
    finally:
        db.session.remove()
