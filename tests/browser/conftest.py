"""One Chromium and one real server for each worker and engine; every test gets browsers of its own.

The server is the production one with its jobs worker, in processes of its own, on a database where commits are real.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from app import create_app
from config import Settings
from quality.core.database import db
from script.support.browser import find_browser
from script.support.trial import trial_server
from tests.browser.pages import Someone
from tests.databases import Database, fresh_copy

HERE = Path(__file__).parent
KEY = "k" * 40
OpenBrowser = Callable[..., Someone]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that none can be forgotten."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Live:
    """A running service, and the app on the same database for what a test prepares or looks up behind its pages."""

    address: str
    app: Flask
    settings: dict[str, str]

    @contextmanager
    def database(self) -> Iterator[Database]:
        """A session whose work is committed at the end."""
        with self.app.app_context():
            yield db.session
            db.session.commit()


@contextmanager
def serving(database: str, folder: Path, **more: str) -> Iterator[Live]:
    """Serve a migrated database, with more settings by name; every process has ended afterwards."""
    settings = {
        "DATABASE_URL": database,
        "STORAGE_URL": str(folder / "files"),
        "SECRET_KEY": KEY,
        "COUNCIL_NAME": "Northmere County Council",
        "WEB_PROCESSES": "2",
        **more,
    }
    app = create_app(
        Settings(database_url=database, storage_url=settings["STORAGE_URL"], secret_key=KEY),
        ARGON2_TIME_COST=1,
        ARGON2_MEMORY_COST=8,
    )
    try:
        with trial_server(settings, folder / "server.log") as address:
            yield Live(address, app, settings)
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(scope="session")
def live(migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The service. Tests share it, so each makes people and services of its own and looks at nothing else."""
    folder = tmp_path_factory.mktemp("live")
    with fresh_copy(migrated, folder) as database, serving(database, folder) as service:
        yield service


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser program."""
    path = find_browser()
    if path is None:
        pytest.skip("There is no Chromium to drive: run script/setup test, which installs one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser, live: Live) -> Iterator[OpenBrowser]:
    """Open the service in a browser that shares nothing with the others: `open_browser(scripts=False)`."""
    with browsers(chromium, live.address) as open_one:
        yield open_one


@contextmanager
def browsers(chromium: Browser, address: str) -> Iterator[OpenBrowser]:
    """Give a function that opens the service at this address in a new browser; all are closed at the end."""
    people: list[Someone] = []

    def open_one(*, scripts: bool = True, **options: Any) -> Someone:
        context = chromium.new_context(
            base_url=address, locale="en-GB", java_script_enabled=scripts, **options
        )
        people.append(Someone(context, scripts=scripts))
        return people[-1]

    try:
        yield open_one
    finally:
        for person in people:
            person.close()
