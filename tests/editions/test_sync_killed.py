"""A sync that is killed goes on where it stopped, and others can work meanwhile: real processes, a real kill."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url

from quality.core.database import db
from quality.editions import syncing
from quality.editions.models import Sync, SyncItem, SyncState
from quality.services.models import Edition, Service
from tests.editions.syncs import client_of, some_places
from tests.servers.cqc_api import HANG, KEY, CqcApi, serving

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PLACES = 60


def start_sync(app: Flask, api: CqcApi, *options: str) -> subprocess.Popen[str]:
    """`flask cqc sync` as a process of its own, on the test's database."""
    address = make_url(app.config["SQLALCHEMY_DATABASE_URI"]).render_as_string(hide_password=False)
    settings = {
        "DATABASE_URL": address.replace("postgresql+psycopg://", "postgresql://"),
        "SECRET_KEY": "k" * 40,
        "CQC_API_KEY": KEY,
        "CQC_API_URL": api.url,
        "CQC_REQUESTS_PER_SECOND": "30",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "cqc", "sync", *options],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until_asked(process: subprocess.Popen[str], api: CqcApi, path: str) -> None:
    """Wait until the process has asked for this path; a minute is enough on the slowest machine."""
    never = threading.Event()
    for _ in range(600):
        if api.count(path) or process.poll() is not None:
            break
        never.wait(0.1)
    assert api.count(path), process.communicate()


def kill_when_it_waits(process: subprocess.Popen[str], api: CqcApi, path: str) -> None:
    """Kill the process once it waits for the answer to this path, which does not come."""
    wait_until_asked(process, api, path)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.communicate()


@pytest.mark.parametrize(
    ("where", "at_least"), [("/locations/1-900000037", 30), ("/providers/1-800000001", 60), ("/locations", 0)]
)
def test_a_killed_sync_goes_on_where_it_stopped(fresh_database: Flask, where: str, at_least: int) -> None:
    with serving(some_places(PLACES)) as api, fresh_database.app_context():
        api.go_wrong(where, HANG)
        kill_when_it_waits(start_sync(fresh_database, api, "--everything"), api, where)
        fetched = select(func.count()).select_from(SyncItem).where(SyncItem.status.is_not(None))
        assert db.session.scalars(fetched).one() >= at_least
        assert db.session.scalar(select(Edition)) is None
        db.session.rollback()

        api.asked.clear()
        second = start_sync(fresh_database, api)
        said, errors = second.communicate(timeout=120)
        assert (second.returncode, said) == (0, "60 locations and 1 provider loaded.\n"), errors
        assert "Going on with the sync that was not finished." in errors
        assert len(api.asked) <= PLACES + 2 - at_least
        assert db.session.scalars(select(func.count()).select_from(Service)).one() == PLACES
        assert db.session.scalars(select(func.count()).select_from(Edition)).one() == 1
        assert db.session.scalars(select(Sync.state)).one() is SyncState.DONE
        assert db.session.scalars(select(func.count()).select_from(SyncItem)).one() == 0


def test_nothing_is_locked_while_cqc_is_asked(fresh_database: Flask) -> None:
    with serving(some_places(12)) as api, fresh_database.app_context():
        api.go_wrong("/locations/1-900000011", HANG)
        process = start_sync(fresh_database, api, "--everything")
        try:
            wait_until_asked(process, api, "/locations/1-900000011")
            if db.engine.dialect.name == "sqlite":
                with sqlite3.connect(str(db.engine.url.database), timeout=0) as another:
                    another.execute("BEGIN IMMEDIATE")
            else:
                waiting = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND datname"
                with db.engine.connect() as connection:
                    assert connection.scalar(text(f"{waiting} = current_database()")) == 0
        finally:
            process.kill()
            process.communicate()


def test_two_that_go_on_at_once_load_one_edition(
    fresh_database: Flask, in_threads: Callable[..., list[object]]
) -> None:
    with serving(some_places(30)) as api:
        with fresh_database.app_context():
            sync_id = syncing.begin(everything=True).id
            db.session.commit()

        def runner(_: object) -> SyncState:
            with fresh_database.app_context():
                return syncing.go_on(sync_id, client_of(api)).state

        assert in_threads(runner, range(3)) == [SyncState.DONE] * 3
        with fresh_database.app_context():
            assert db.session.scalars(select(func.count()).select_from(Edition)).one() == 1
            assert db.session.scalars(select(func.count()).select_from(Service)).one() == 30
            assert db.session.scalars(select(func.count()).select_from(SyncItem)).one() == 0
