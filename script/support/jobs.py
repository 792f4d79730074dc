"""Keeps one `flask work`, which does the queued jobs, running beside the web server, and ends with it.

The web server's own parent process starts this; it is not for typing.
"""

import os
import signal
import subprocess
import sys
import time

from script.support.places import ROOT

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_BEFORE_ANOTHER_START = 5.0
SECONDS_TO_FINISH_A_JOB = 20.0


def main() -> None:
    """Run until asked to stop, or until the web server is gone."""
    server = os.getppid()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    while os.getppid() == server:
        worker = subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", "work"], cwd=ROOT)
        try:
            _watch(worker, server)
        finally:
            _end(worker)
        print(
            f"The jobs worker ended with status {worker.returncode}; starting it again.",
            file=sys.stderr,
            flush=True,
        )
        # A worker that fails at once must not keep the machine busy.
        time.sleep(SECONDS_BEFORE_ANOTHER_START)


def _watch(worker: "subprocess.Popen[bytes]", server: int) -> None:
    while worker.poll() is None:
        if os.getppid() != server:
            sys.exit(0)
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _end(worker: "subprocess.Popen[bytes]") -> None:
    worker.terminate()
    try:
        worker.wait(SECONDS_TO_FINISH_A_JOB)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


if __name__ == "__main__":
    main()
