"""The queue page: against an empty page of the same server, and among many audits against few."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app import create_app
from benchmarks.invented_audits import fill
from benchmarks.measuring import Figure, interleaved
from benchmarks.serving import Server, server
from config import Settings
from quality.core.database import db
from tests.databases import migrated_database

FEW, MANY = 1_000, 100_000
ROWS = 25
_SHOWN = "<tr class"
# A page takes milliseconds, so each run asks for many.
PAGES_A_RUN = 30
GOAL_AGAINST_EMPTY, GOAL_AGAINST_FEW = 15, 1.3


def run(engine: str, runs: int) -> list[Figure]:
    """Measure on one engine, by asking real servers for pages in turn."""
    pages = runs * PAGES_A_RUN
    with _servers(engine) as (few, many):
        _warm_up(few, many)
        seconds = interleaved(
            pages,
            empty=lambda: many.seconds("/empty"),
            few=lambda: few.seconds("/queue", _SHOWN),
            many=lambda: many.seconds("/queue", _SHOWN),
        )
    page = f"the queue page with {ROWS} rows among {MANY:,} audits"
    empty, among_few = "an empty page of the same server", f"the same page among {FEW:,} audits"
    return [
        Figure(page, empty, engine, seconds["many"], seconds["empty"], GOAL_AGAINST_EMPTY, pages),
        Figure(page, among_few, engine, seconds["many"], seconds["few"], GOAL_AGAINST_FEW, pages),
    ]


def _warm_up(*started: Server) -> None:
    """Templates are compiled and statements prepared by the first who ask, which is not what is measured."""
    for one in started:
        for path in ("/empty", "/queue") * PAGES_A_RUN:
            one.seconds(path)


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
            started.append(stack.enter_context(server(address, place)))
        yield started[0], started[1]


def _fill(address: str, folder: Path, audits: int) -> None:
    app = create_app(Settings(database_url=address, storage_url=str(folder / "files"), secret_key="k" * 40))
    with app.app_context():
        fill(audits)
        db.engine.dispose()
