"""The first of the two commands, for real: from an empty database to pages that answer, and to its end."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from script.support.places import ROOT
from tests.engines import free_port

pytestmark = pytest.mark.slow

# Long enough for a slow machine to invent a council; the test goes on as soon as the server answers.
SECONDS_TO_ANSWER = 180


def start_server(folder: Path, port: int) -> "subprocess.Popen[str]":
    """Start script/server from another folder, on a database that does not exist yet."""
    settings = {
        "DATABASE_URL": f"sqlite:///{folder / 'quality.sqlite3'}",
        "STORAGE_URL": str(folder / "files"),
        "SECRET_KEY": "k" * 40,
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }
    return subprocess.Popen(
        [ROOT / "script" / "server"],
        cwd=folder,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def first_page(server: "subprocess.Popen[str]", port: int) -> str:
    """Return what a visitor sees first, as soon as there is an answer."""
    give_up = time.monotonic() + SECONDS_TO_ANSWER
    while server.poll() is None and time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                page: str = answer.read().decode()
                return page
        except urllib.error.URLError:
            time.sleep(0.1)
    server.kill()
    pytest.fail(f"The server did not answer. It said: {server.communicate()[0]}")


def test_one_command_serves_an_invented_council_and_ctrl_c_ends_every_process(tmp_path: Path) -> None:
    port = free_port()
    server = start_server(tmp_path, port)
    page = first_page(server, port)
    server.send_signal(signal.SIGINT)
    # The pipe only closes once no process of the server's holds it any more, the jobs worker included.
    said, _ = server.communicate(timeout=60)
    assert server.returncode == 0
    assert "Sign in" in page
    assert f"http://127.0.0.1:{port}" in said
    for role in ("quality officer", "manager", "provider contact", "administrator"):
        assert role in said.lower()


def test_the_server_refuses_the_world_while_invented_people_can_sign_in(tmp_path: Path) -> None:
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'quality.sqlite3'}", "SECRET_KEY": "k" * 40}
    environment = {**os.environ, **settings, "HOST": "0.0.0.0", "PORT": str(free_port())}  # noqa: S104
    server = subprocess.run(
        [ROOT / "script" / "server"], env=environment, capture_output=True, text=True, check=False
    )
    assert server.returncode != 0
    assert "0.0.0.0" in server.stdout + server.stderr  # noqa: S104
