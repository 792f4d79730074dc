"""A server of one's own for a trial: the production server on loopback and a free port, with its jobs worker."""

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from script.support.places import PYTHON, ROOT

# Long enough for a slow machine to invent a council; the trial goes on as soon as the server answers.
SECONDS_TO_ANSWER = 180.0
SECONDS_TO_END = 60.0


@contextmanager
def trial_server(settings: Mapping[str, str], log: Path, *, app: str = "app:create_app()") -> Iterator[str]:
    """Serve `app` with these settings and give its address; every process of it has ended afterwards.

    What it says goes to `log`. Raises RuntimeError with that when it does not answer.
    """
    port = _free_port()
    environment = {**os.environ, **settings, "HOST": "127.0.0.1", "PORT": str(port)}
    command: list[str | Path] = [PYTHON, "-m", "gunicorn", app]
    with log.open("wb") as said:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said)
    try:
        _wait_until_it_answers(server, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        # It ends its web processes and its jobs worker in order, and only then itself.
        server.terminate()
        server.wait(SECONDS_TO_END)


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    give_up = time.monotonic() + SECONDS_TO_ANSWER
    while server.poll() is None and time.monotonic() < give_up:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        try:
            connection.request("GET", "/healthy")
            if connection.getresponse().status == HTTPStatus.OK:
                return
        except OSError:
            # Nothing listens yet.
            time.sleep(0.05)
        finally:
            connection.close()
    raise RuntimeError(f"The server did not answer. It said: {log.read_text(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
