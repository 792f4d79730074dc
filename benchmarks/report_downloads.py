"""A download of an issued report against a static file of the same size from the same server."""

from __future__ import annotations

import http.client
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from flask import Flask

from app import create_app
from benchmarks.invented_audits import MANAGER
from benchmarks.measuring import Figure, interleaved
from benchmarks.serving import Server, server
from config import Settings
from quality.core.database import db
from quality.people.permissions import Role
from tests.builders.people import a_council, a_person
from tests.builders.reports import a_report
from tests.databases import migrated_database

# About what a report of 24 pages with twelve photographs takes.
BYTES = 1_000_000
FILE = "report.pdf"
# A download takes milliseconds, so each run asks for many.
DOWNLOADS_A_RUN = 30
GOAL = 1.5


def served() -> Flask:
    """The app as it is served, its static files in a folder of our own."""
    app = create_app()
    app.static_folder = os.environ["BENCHMARK_FILES"]
    return app


def download(engine: str, runs: int) -> Figure:
    """Measure on one engine."""
    asked = runs * DOWNLOADS_A_RUN
    with _running(engine) as (running, path):
        for _ in range(DOWNLOADS_A_RUN):
            _seconds(running, path), _seconds(running, f"/build/{FILE}")
        seconds = interleaved(
            asked,
            report=lambda: _seconds(running, path),
            file=lambda: _seconds(running, f"/build/{FILE}"),
        )
    report, file = "a download of an issued report", "a static file of the same size"
    return Figure(report, file, engine, seconds["report"], seconds["file"], GOAL, asked, {"bytes": BYTES})


@contextmanager
def _running(engine: str) -> Iterator[tuple[Server, str]]:
    """A server that holds one issued report, and the address of the report."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        pdf = b"%PDF-1.7\n" + Random(1).randbytes(BYTES - 9)
        (folder / FILE).write_bytes(pdf)
        os.environ["BENCHMARK_FILES"] = name
        with migrated_database(engine, folder) as address:
            number = _issue(address, folder, pdf)
            with server(address, folder, "benchmarks.report_downloads:served()") as running:
                yield running, f"/reports/{number}.pdf"


def _issue(address: str, folder: Path, pdf: bytes) -> str:
    app = create_app(Settings(database_url=address, storage_url=str(folder / "files"), secret_key="k" * 40))
    with app.app_context():
        a_person(db.session, Role.MANAGER, council=a_council(db.session), email=MANAGER)
        number = a_report(db.session, pdf=pdf).number
        db.session.commit()
        db.engine.dispose()
    return number


def _seconds(running: Server, path: str) -> float:
    """From asking, on a connection of its own, to the last byte."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    connection.request("GET", path, headers={"Cookie": running.cookie})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    taken = time.perf_counter() - started
    assert (answer.status, len(body)) == (200, BYTES), f"{path} answered {answer.status}, {len(body)} bytes."
    return taken
