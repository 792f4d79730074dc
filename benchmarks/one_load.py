"""Loading the full-size files once, or only reading them, in a process that holds nothing else."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from app import create_app
from config import Settings
from quality.core.database import db
from quality.editions.loading import load_file


@contextmanager
def an_app(address: str, folder: Path) -> Iterator[None]:
    """The application on this database, with its context."""
    app = create_app(Settings(database_url=address, storage_url=str(folder / "files"), secret_key="k" * 40))
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def load(files: list[Path]) -> None:
    """Load the files one after the other."""
    for path in files:
        load_file(path)
        db.session.commit()


def seconds_of(work: Callable[[], object]) -> float:
    """How long the work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def only_read(files: list[Path]) -> None:
    """Read the files with python-calamine, and do nothing with what they say."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - a load must not hold it

    for path in files:
        book = CalamineWorkbook.from_path(str(path))
        for _ in book.get_sheet_by_name(book.sheet_names[1]).iter_rows():
            pass
        book.close()


def _measure(what: str, address: str, folder: Path, files: list[Path]) -> dict[str, float]:
    with _peak() as megabytes:
        if what == "bare":
            seconds = seconds_of(lambda: only_read(files))
        else:
            with an_app(address, folder):
                seconds = seconds_of(lambda: load(files))
    return {"seconds": seconds, "megabytes": round(max(megabytes))}


@contextmanager
def _peak() -> Iterator[list[float]]:
    """The memory that this process and those it starts hold together, looked at ten times a second.

    What the system says of a process's peak begins with that of the process which started it.
    """
    found, ended = [0.0], Event()

    def look() -> None:
        while not ended.wait(0.1):
            found.append(sum(map(_megabytes, [os.getpid(), *_children()])))

    thread = Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        ended.set()
        thread.join()


def _children() -> list[int]:
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return [int(number) for task in tasks for number in task.read_text().split()]


def _megabytes(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize() / 1e6
    except (OSError, IndexError):
        return 0.0  # It has just ended.


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1], sys.argv[2], Path(sys.argv[3]), list(map(Path, sys.argv[4:])))))
