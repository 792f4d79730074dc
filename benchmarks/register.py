"""The full-size register and ratings: read and stored, loaded again, a month later, and a service's page through time.

The set is invented (see `full_size`), as ODS: 57,000 services in 122 columns and 324,000 ratings in 28, 1.7 GB of
XML. The bare read is by the fastest library there is, python-calamine, which only reads. Each load and each bare read
is a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import ten_years
from benchmarks.full_size import write_ratings, write_register
from benchmarks.invented_audits import MANAGER
from benchmarks.invented_register import Month
from benchmarks.measuring import Figure, interleaved
from benchmarks.one_load import an_app, load, seconds_of
from benchmarks.serving import Server, server
from config import ROOT
from quality.core.database import db
from quality.people.permissions import Role
from tests.builders.people import a_council, a_person
from tests.databases import fresh_copy, migrated_database

GOAL, GOAL_MONTH_LATER, GOAL_AGAIN = 2, 1.2, 2
GOAL_AGAINST_EMPTY, GOAL_AGAINST_ONE = 8, 1.2
MOST_MEGABYTES = 200
# A load takes most of a minute: three tell enough.
_MOST_RUNS = 3
_PAGES_A_RUN = 30
# A care home, rated as a whole and for one service group, and a surgery, rated for seven: 12 and 42 ratings.
_HOME, _SURGERY = "1-900000030", "1-900000037"
_AS_AT = "2026-09-02"
_LONG_AGO = "2021-06-15"


def run(engine: str, runs: int) -> list[Figure]:
    """Measure on one engine. Two or three minutes of it go into making the files."""
    with TemporaryDirectory() as folder:
        first, second = _files(Path(folder))
        times = [_loads(engine, first, second) for _ in range(min(runs, _MOST_RUNS))]
        return [*_figures(engine, times), *_pages(engine, first, runs)]


def _files(folder: Path) -> tuple[list[Path], list[Path]]:
    """The register and the ratings of one month, and of the next."""
    months = Month(0), Month(1)
    first, second = ([write_register(folder, month), write_ratings(folder, month)] for month in months)
    return first, second


def _loads(engine: str, first: list[Path], second: list[Path]) -> dict[str, float]:
    with TemporaryDirectory() as name, migrated_database(engine, Path(name)) as address:
        bare = _in_processes("bare", address, name, first)
        stored = _in_processes("load", address, name, first)
        return {
            "bare": bare["seconds"],
            "bare_megabytes": bare["megabytes"],
            "load": stored["seconds"],
            "megabytes": stored["megabytes"],
            "empty_command": _command(address, name, "--help"),
            "again": _command(address, name, str(first[1])),
            "bare_later": _in_processes("bare", address, name, second)["seconds"],
            **{f"later_{key}": value for key, value in _in_processes("load", address, name, second).items()},
        }


def _figures(engine: str, times: list[dict[str, float]]) -> list[Figure]:
    middle = {key: median(one[key] for one in times) for key in times[0]}
    peak = {key: max(one[key] for one in times) for key in times[0]}
    bare, runs = "only reading the same files with python-calamine", len(times)
    memory = {"goal for the peak MB": MOST_MEGABYTES, "bare peak MB": peak["bare_megabytes"]}
    return [
        Figure(
            "reading and storing the full-size register and ratings",
            bare,
            engine,
            middle["load"],
            middle["bare"],
            GOAL,
            runs,
            {"peak MB": peak["megabytes"], **memory},
        ),
        Figure(
            "the same for the month after, in which one in a hundred changed",
            bare,
            engine,
            middle["later_seconds"],
            middle["bare_later"],
            GOAL_MONTH_LATER,
            runs,
            {"peak MB": peak["later_megabytes"], **memory},
        ),
        Figure(
            "the command that loads the same bytes again",
            "a command that does nothing",
            engine,
            middle["again"],
            middle["empty_command"],
            GOAL_AGAIN,
            runs,
        ),
    ]


def _in_processes(what: str, address: str, folder: str, files: list[Path]) -> dict[str, float]:
    """The seconds of all files together, each in a process of its own, and the most memory any of them took."""
    found = []
    for file in files:
        command = [sys.executable, "-m", "benchmarks.one_load", what, address, folder, str(file)]
        answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        found.append(json.loads(answer.stdout))
    return {
        "seconds": sum(one["seconds"] for one in found),
        "megabytes": max(one["megabytes"] for one in found),
    }


def _command(address: str, folder: str, argument: str) -> float:
    settings = {"DATABASE_URL": address, "STORAGE_URL": str(Path(folder) / "files"), "SECRET_KEY": "k" * 40}
    command = [sys.executable, "-m", "flask", "--app", "app", "cqc", "load", argument]
    return seconds_of(
        lambda: subprocess.run(
            command, cwd=ROOT, check=True, capture_output=True, env={**os.environ, **settings}
        )
    )


def _pages(engine: str, files: list[Path], runs: int) -> list[Figure]:
    pages = runs * _PAGES_A_RUN
    home, surgery = (f"/services/{number}?as_at={_AS_AT}" for number in (_HOME, _SURGERY))
    long_ago = f"/services/{_HOME}?as_at={_LONG_AGO}"
    with _servers(engine, files) as (one, ten):
        asked = {
            "empty": lambda: ten.seconds("/empty"),
            "one": lambda: one.seconds(home, _HOME),
            "ten": lambda: ten.seconds(home, _HOME),
            "long_ago": lambda: ten.seconds(long_ago, _HOME),
            "surgery": lambda: ten.seconds(surgery, _SURGERY),
        }
        # Templates are compiled and statements prepared by the first who ask, which is not what is measured.
        interleaved(_PAGES_A_RUN, **asked)
        seconds = interleaved(pages, **asked)
    empty, behind = "an empty page of the same server", f"with {ten_years.MONTHS} monthly editions behind it"
    page = f"a care home's page as at a day, {behind}"
    against_empty = {
        page: seconds["ten"],
        f"a care home's page as at a day five years ago, {behind}": seconds["long_ago"],
        f"the page of a surgery with 42 ratings as at a day, {behind}": seconds["surgery"],
    }
    figures = [
        Figure(what, empty, engine, taken, seconds["empty"], GOAL_AGAINST_EMPTY, pages)
        for what, taken in against_empty.items()
    ]
    one_edition = "the same page with one edition of each file"
    return [
        *figures,
        Figure(page, one_edition, engine, seconds["ten"], seconds["one"], GOAL_AGAINST_ONE, pages),
    ]


@contextmanager
def _servers(engine: str, files: list[Path]) -> Iterator[tuple[Server, Server]]:
    """Two servers with the full-size register: one with an edition of each file, one with ten years of them."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        one = stack.enter_context(migrated_database(engine, folder))
        with an_app(one, folder):
            load(files)
            a_person(db.session, Role.MANAGER, council=a_council(db.session), email=MANAGER)
            db.session.commit()
        ten = stack.enter_context(fresh_copy(one, folder))
        with an_app(ten, folder):
            ten_years.fill()
        yield stack.enter_context(server(one, folder)), stack.enter_context(server(ten, folder))
