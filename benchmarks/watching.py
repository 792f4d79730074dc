"""How much memory a program takes, all the processes it starts counted."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

_PROCESSES = Path("/proc")
_SECONDS_BETWEEN_LOOKS = 0.05


def timed(command: Sequence[str]) -> float:
    """The seconds a command takes, starting included. Raises CalledProcessError."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=sys.stderr, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


class Memory:
    """Looks at this process' children, and theirs, while something runs: `with Memory() as memory: …; memory.peak`.

    What processes share is divided among them (proportional set size), so that a browser is not counted ten times.
    """

    def __init__(self) -> None:
        self.peak = 0.0
        self._done = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._before = set(_descendants())
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._done.wait(_SECONDS_BETWEEN_LOOKS):
            self.peak = max(
                self.peak, sum(_megabytes(one) for one in _descendants() if one not in self._before)
            )


def _descendants() -> list[int]:
    children: dict[int, list[int]] = defaultdict(list)
    for folder in _PROCESSES.glob("[0-9]*"):
        try:
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # It has ended since.
            continue
        children[int(after_name[1])].append(int(folder.name))
    found, waiting = [], [int((_PROCESSES / "self").readlink().name)]
    while waiting:
        one = waiting.pop()
        found += children[one]
        waiting += children[one]
    return found


def _megabytes(process: int) -> float:
    try:
        lines = (_PROCESSES / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:  # It has ended since.
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
