"""A real printing process that, instead of drawing, tries what it was told to try: `python -m tests.printing.probe`.

The words of the order's `html` name the trial; what came of it is the answer.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from quality.printing import worker
from quality.printing.errors import PrintingError
from quality.printing.limits import Limits
from quality.printing.order import Order

_HERE = Path(__file__)


def _modules() -> str:
    return " ".join(sorted({name.partition(".")[0] for name in sys.modules}))


def _write_in_own_folder() -> str:
    folder = Path(tempfile.mkdtemp())
    (folder / "font").write_bytes(b"font")
    shutil.rmtree(folder)
    return str(folder.exists())


def _break() -> str:
    raise RuntimeError("Nobody expected this")


def _refuse() -> str:
    raise PrintingError("The document was not made: it is refused.")


def _end() -> str:
    os.abort()


def _sleep() -> str:
    time.sleep(600)
    return ""


def _count_for_ever() -> str:
    while True:
        pass


def _fill_memory() -> str:
    return str(len(bytearray(4_000_000_000)))


TRIALS: dict[str, Callable[[], Any]] = {
    "read": lambda: _HERE.read_text()[:3],
    "process": os.getpid,
    "modules": _modules,
    "environment": lambda: " ".join(sorted(os.environ)),
    "network": Path("/proc/self/ns/net").readlink,
    "networks": lambda: Path("/proc/self/net/dev").read_text(),
    "break": _break,
    "refuse": _refuse,
    "end": _end,
    "sleep": _sleep,
    "count for ever": _count_for_ever,
    "fill memory": _fill_memory,
    "write in own folder": _write_in_own_folder,
    "open a socket": socket.socket,
    "ask for a name": lambda: socket.getaddrinfo("localhost", 80),
    "connect": lambda: socket.create_connection(("127.0.0.1", 9)),
    "open a local socket": socket.socketpair,
    "fork": os.fork,
    "run a program": lambda: subprocess.run(["true"], check=True),
    "run a shell": lambda: os.system("true"),  # noqa: S605 -- It must be refused.
    "become a program": lambda: os.execv("/bin/true", ["true"]),
    "spawn a program": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "load a library": lambda: ctypes.CDLL("libm.so.6"),
    "signal a process": lambda: os.kill(os.getppid(), 0),
    "write": lambda: (_HERE.parent / "left-behind").write_text("x"),
    "write to what is there": lambda: os.open(_HERE, os.O_RDWR),
    "write outside by a way round": lambda: Path(tempfile.gettempdir(), "..", "left-behind").write_text("x"),
    "make a folder": (_HERE.parent / "left-behind").mkdir,
    "delete": _HERE.unlink,
    "delete by folder number": lambda: os.unlink(_HERE.name, dir_fd=os.open(_HERE.parent, os.O_RDONLY)),
    "write by folder number": lambda: os.open(
        "left-behind", os.O_WRONLY | os.O_CREAT, dir_fd=os.open(_HERE.parent, os.O_RDONLY)
    ),
    "move": lambda: _HERE.rename(_HERE.with_name("left-behind")),
    "link": lambda: Path(tempfile.gettempdir(), "way-out").symlink_to("/etc"),
}


def attempt(order: Order, limits: Limits) -> bytes:
    """Try what the order names, and tell what came of it."""
    return str(TRIALS[order.html]()).encode()


if __name__ == "__main__":
    worker.serve(attempt)
