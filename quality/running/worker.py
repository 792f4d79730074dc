"""The worker: does queued jobs until it is told to stop."""

from __future__ import annotations

import logging
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

from flask import Flask, current_app
from sqlalchemy.exc import OperationalError

from quality.core import jobs
from quality.core.database import db, only_reading
from quality.printing.pool import shared

SECONDS_BETWEEN_LOOKS = 1.0

log = logging.getLogger(__name__)


def work_until_stopped(at_once: int = 1) -> None:
    """Take jobs as they fall due, up to so many at once. SIGTERM and SIGINT stop it once the jobs in hand are done.

    Each job in hand has a printing process to itself, so that many reports are spread over the cores.
    """
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    shared.allow(at_once)
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # Threads need the app itself.
    with ThreadPoolExecutor(at_once) as hands:
        working = [hands.submit(_work, app, stop) for _ in range(at_once)]
        stop.wait()
    for one in working:
        one.result()


def _work(app: Flask, stop: threading.Event) -> None:
    """One pair of hands. If they fail in a way nobody thought of, all stop, and the whole is started anew."""
    try:
        with app.app_context():
            while not stop.is_set():
                if not _one_round():
                    stop.wait(SECONDS_BETWEEN_LOOKS)
    finally:
        stop.set()


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
