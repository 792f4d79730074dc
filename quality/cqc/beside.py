"""Reading the rows of a large spreadsheet in a process of its own, while this one checks and stores what it has read.

`python -m quality.cqc.beside PATH SHEET HEADINGS LIMITS` writes what `FastOdsSource` reads to its standard output.
"""

from __future__ import annotations

import json
import marshal
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, cast

from quality.cqc.errors import CqcFileError
from quality.cqc.limits import Limits
from quality.cqc.sheets import Row

_ROOT = Path(__file__).parents[2]
_ROWS_AT_A_TIME = 500
_LENGTH = 8  # Each message begins with its length, in so many bytes.
# Starting a process takes as long as reading this much.
_WORTH_IT = 50_000_000
# The other process takes a tenth of this; less than this left over is a small machine, which does without.
_ROOM = 500_000_000
_MEMORY = Path("/proc/meminfo")
_GROUP = Path("/sys/fs/cgroup")

# What is known at the end: the names and first rows of all sheets, where they were seen.
Seen = list[tuple[str | None, list[Row]]]


class Ended(Exception):
    """The process ended before the rows did: the machine may have had no memory for it."""


def is_worth_it(size: int) -> bool:
    """True when so many bytes of mark-up are much, and there is a core and memory for another process."""
    return size >= _WORTH_IT and (os.cpu_count() or 1) > 1 and _memory_left() >= _ROOM


def _memory_left() -> float:
    """How many bytes of memory the machine and the container have left; endless where they do not say."""
    left = [float("inf")]
    with suppress(OSError, StopIteration, ValueError):
        lines = _MEMORY.read_text().splitlines()
        left.append(next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")))
    with suppress(OSError, ValueError):
        most, used = ((_GROUP / name).read_text() for name in ("memory.max", "memory.current"))
        left.append(int(most) - int(used))
    return min(left)


def rows_beside(path: Path, index: int, headings: int, limits: Limits) -> Generator[Row, None, Seen]:
    """The rows of one sheet, counted from 0; returns what was seen of all sheets.

    CqcFileError when the reader refuses the file, Ended when its process ended too early.
    """
    command = [sys.executable, "-m", "quality.cqc.beside", str(path.absolute()), str(index), str(headings)]
    with _started([*command, json.dumps(asdict(limits))]) as output:
        while isinstance(said := _next(output), list):
            yield from said
    if isinstance(said, str):
        raise CqcFileError(said)
    seen: Seen = said[0]
    return seen


@contextmanager
def _started(command: list[str]) -> Generator[IO[bytes], None, None]:
    process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = cast("IO[bytes]", process.stdout)
    try:
        yield output
    finally:
        output.close()
        process.kill()
        process.wait()


def _next(output: IO[bytes]) -> Any:
    try:
        # Our own process wrote it: nobody else can put anything into this pipe. Read at once, it takes a tenth of the
        # time that `marshal.load` takes to ask the pipe for every text.
        return marshal.loads(output.read(int.from_bytes(output.read(_LENGTH))))  # noqa: S302
    except (EOFError, ValueError, TypeError):
        raise Ended from None


def _say(output: IO[bytes], said: Any) -> None:
    words = marshal.dumps(said)
    output.write(len(words).to_bytes(_LENGTH) + words)


def _write(output: IO[bytes], path: Path, index: int, headings: int, limits: Limits) -> None:
    # What this module gives is used by that one.
    from quality.cqc.fast import FastOdsSource  # noqa: PLC0415

    source = FastOdsSource(path, limits)
    some: list[Row] = []
    try:
        for row in source.rows_here(index, headings):
            some.append(row)
            if len(some) == _ROWS_AT_A_TIME:
                _say(output, some)
                some = []
        _say(output, some)
        _say(output, ([(sheet.name, sheet.top) for sheet in source.sheets()],))
    except CqcFileError as refusal:
        _say(output, some)
        _say(output, str(refusal))


if __name__ == "__main__":
    _, file, sheet, row, caps = sys.argv
    _write(sys.stdout.buffer, Path(file), int(sheet), int(row), Limits(**json.loads(caps)))
