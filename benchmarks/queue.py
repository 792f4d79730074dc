"""The queue page: against an empty page of the same server, and among many audits against few."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from flask import Flask

from app import create_app
from benchmarks.invented_audits import MANAGER, fill
from benchmarks.measuring import Figure, interleaved
from config import ROOT, Settings
from quality.core.database import db
from quality.core.gate import public
from tests.builders.people import PASSWORD
from tests.databases import migrated_database

FEW, MANY = 1_000, 100_000
ROWS = 25
# A page takes milliseconds, so each run asks for many.
PAGES_A_RUN = 30
GOAL_AGAINST_EMPTY, GOAL_AGAINST_FEW = 15, 1.3
_SECONDS_TO_START = 30


def run(engine: str, runs: int) -> list[Figure]:
    """Measure on one engine, by asking real servers for pages in turn."""
    pages = runs * PAGES_A_RUN
    with _servers(engine) as (few, many):
        _warm_up(few, many)
        seconds = interleaved(
            pages,
            empty=lambda: many.seconds("/empty"),
            few=lambda: few.seconds("/queue"),
            many=lambda: many.seconds("/queue"),
        )
    page = f"the queue page with {ROWS} rows among {MANY:,} audits"
    empty, among_few = "an empty page of the same server", f"the same page among {FEW:,} audits"
    return [
        Figure(page, empty, engine, seconds["many"], seconds["empty"], GOAL_AGAINST_EMPTY, pages),
        Figure(page, among_few, engine, seconds["many"], seconds["few"], GOAL_AGAINST_FEW, pages),
    ]


def _warm_up(*started: Server) -> None:
    """Templates are compiled and statements prepared by the first who ask, which is not what is measured."""
    for server in started:
        for path in ("/empty", "/queue") * PAGES_A_RUN:
            server.seconds(path)


def served() -> Flask:
    """The app as it is served, with one more page that says nothing and asks nothing."""
    app = create_app()
    app.add_url_rule("/empty", "empty", public(lambda: ""))
    return app


@dataclass(frozen=True)
class Server:
    """A running server, and the cookie of a manager who signed in on it."""

    port: int
    cookie: str

    def seconds(self, path: str) -> float:
        """How long one page takes, on a connection of its own, from asking to the last byte."""
        started = time.perf_counter()
        answer, body = _ask(self.port, "GET", path, {"Cookie": self.cookie})
        taken = time.perf_counter() - started
        assert answer.status == 200, f"{path} answered {answer.status}."
        if path != "/empty":
            assert body.count("<tr class") == ROWS + 1, f"{path} does not show {ROWS} rows."
        return taken


@contextmanager
def _servers(engine: str) -> Iterator[tuple[Server, Server]]:
    """Two servers of the same app: one with few audits in its database, one with many."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        started = []
        for audits in (FEW, MANY):
            place = folder / str(audits)
            place.mkdir()
            address = stack.enter_context(migrated_database(engine, place))
            _fill(address, place, audits)
            started.append(stack.enter_context(_server(address, place)))
        yield started[0], started[1]


def _fill(address: str, folder: Path, audits: int) -> None:
    app = create_app(Settings(database_url=address, storage_url=str(folder / "files"), secret_key="k" * 40))
    with app.app_context():
        fill(audits)
        db.engine.dispose()


@contextmanager
def _server(address: str, folder: Path) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "DATABASE_URL": address,
        "STORAGE_URL": str(folder / "files"),
        "SECRET_KEY": secrets.token_urlsafe(48),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        # One process, so that every page is asked of the same warm one.
        "WEB_PROCESSES": "1",
    }
    # In the project's folder gunicorn reads gunicorn.conf.py: the threads and the jobs worker of script/server.
    command = [sys.executable, "-m", "gunicorn", "benchmarks.queue:served()"]
    # What it says goes beside the figures, which programs read, and not among them.
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=sys.stderr)
    try:
        _wait_for(port)
        yield Server(port, _sign_in(port))
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    give_up = time.monotonic() + _SECONDS_TO_START
    while True:
        try:
            _ask(port, "GET", "/healthy")
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)
        else:
            return


def _sign_in(port: int) -> str:
    answer, page = _ask(port, "GET", "/sign-in")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    typed = urlencode({"csrf_token": token[1], "email": MANAGER, "password": PASSWORD})
    headers = {"Cookie": _cookie(answer), "Content-Type": "application/x-www-form-urlencoded"}
    answer, _ = _ask(port, "POST", "/sign-in", headers, typed)
    assert answer.status == 303, f"The sign-in answered {answer.status}."
    return _cookie(answer)


def _cookie(answer: http.client.HTTPResponse) -> str:
    return (answer.getheader("Set-Cookie") or "").partition(";")[0]


def _ask(
    port: int, method: str, path: str, headers: dict[str, str] | None = None, body: str = ""
) -> tuple[http.client.HTTPResponse, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body or None, headers or {})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text
