"""A sync that is killed in the middle goes on where it stopped: a real process, a real kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from quality.core.database import db
from quality.editions.models import Sync, SyncItem, SyncState
from quality.services.models import Edition, Service
from tests.editions.syncs import some_places
from tests.servers.cqc_api import HANG, KEY, CqcApi, serving

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


def kill_when_it_waits(process: subprocess.Popen[str], api: CqcApi, path: str) -> None:
    """Kill the process once the server was asked for this path, which it does not answer."""
    seen = threading.Event()
    for _ in range(600):
        if api.count(path) or process.poll() is not None:
            break
        seen.wait(0.1)
    assert api.count(path), process.communicate()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.communicate()


@pytest.mark.slow
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
