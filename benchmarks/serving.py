"""A real server for pages to be asked of, as `script/server` starts it, and one who asks it."""

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
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from app import create_app
from benchmarks.invented_audits import MANAGER
from config import ROOT
from quality.core.gate import public
from tests.builders.people import PASSWORD

_SECONDS_TO_START = 30


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

    def seconds(self, path: str, shows: str = "") -> float:
        """How long one page takes, on a connection of its own, from asking to the last byte. It must show a text."""
        started = time.perf_counter()
        answer, body = _ask(self.port, "GET", path, {"Cookie": self.cookie})
        taken = time.perf_counter() - started
        assert answer.status == 200, f"{path} answered {answer.status}."
        assert shows in body, f"{path} does not show {shows}."
        return taken


@contextmanager
def server(address: str, folder: Path, app: str = "benchmarks.serving:served()") -> Iterator[Server]:
    """A server of this database, in which the manager of the invented audits can sign in."""
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
    command = [sys.executable, "-m", "gunicorn", app]
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
