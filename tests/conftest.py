"""The fixtures every test may ask for. A test that asks for none gets no database and no network.

Whatever touches the database runs twice: on SQLite and on a PostgreSQL that the run starts itself.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings

from app import create_app
from config import Settings
from quality.core.database import db
from quality.people.models import Person
from quality.ratings.frameworks.operations import ensure_seeded
from tests.databases import Database, fresh_copy, migrated_database, shared_connection
from tests.engines import PostgresServer
from tests.pages import CheckedClient

# How long an example takes says something about the machine and nothing about the code.
settings.register_profile("whole", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=15)
settings.load_profile(os.environ.get("TESTS_EXAMPLES", "whole"))

ENGINES = ("sqlite", "postgresql")
SERVER = "TESTS_POSTGRES_SERVER"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person choose one engine while they work."""
    parser.addoption("--engine", choices=(*ENGINES, "both"), default="both", help="The database to test on.")


def pytest_configure(config: pytest.Config) -> None:
    """Start one PostgreSQL for the whole run; the workers find its address in their environment."""
    if (
        config.getoption("--engine") != "sqlite"
        and not hasattr(config, "workerinput")
        and SERVER not in os.environ
    ):
        server = PostgresServer()
        os.environ[SERVER] = server.start()
        config.add_cleanup(server.stop)
        config.add_cleanup(_forget_server)


def _forget_server() -> None:
    os.environ.pop(SERVER, None)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever asks for a database on every engine that was chosen."""
    if "engine" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--engine")
        engines = ENGINES if chosen == "both" else (chosen,)
        if metafunc.definition.get_closest_marker("one_engine"):
            engines = engines[:1]
        metafunc.parametrize("engine", engines, indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """The name of the database engine this test runs on."""
    return str(request.param)


@pytest.fixture(scope="session")
def migrated(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database of this worker's own, brought up by the real migrations, that is only ever copied."""
    with migrated_database(engine, tmp_path_factory.mktemp("migrated")) as address:
        yield address


@pytest.fixture(scope="session")
def database_address(migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database of this worker's own."""
    with fresh_copy(migrated, tmp_path_factory.mktemp("database")) as address:
        yield address


@contextmanager
def app_on(address: str, folder: Path) -> Iterator[Flask]:
    """An app on the database of this address, its files in this folder."""
    settings = Settings(
        database_url=address, storage_url=str(folder), secret_key="k" * 40, council_name="Northmere"
    )
    app = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False, ARGON2_TIME_COST=1, ARGON2_MEMORY_COST=8)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def app(database_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The app on this worker's database. Tests see nothing of each other: see `session`.

    The rating frameworks are stored already, as they are in a service that has been started.
    """
    with app_on(database_address, tmp_path_factory.mktemp("files")) as app:
        with app.app_context():
            ensure_seeded()
            db.session.commit()
        yield app


@pytest.fixture
def session(app: Flask) -> Iterator[Database]:
    """The session of an app context on a connection of its own; all of it is rolled back when the test ends."""
    with app.app_context(), shared_connection():
        yield db.session


@pytest.fixture
def client(app: Flask, session: Database) -> CheckedClient:
    """A browser without JavaScript that checks every page it is given."""
    return _client(app)


@pytest.fixture
def sign_in(app: Flask, session: Database) -> Callable[[Person], CheckedClient]:
    """Sign a person in through the real page and give their browser."""

    def begin(person: Person) -> CheckedClient:
        from tests.builders.people import PASSWORD

        browser = _client(app)
        answer = browser.post("/sign-in", data={"email": person.email, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return browser

    return begin


@pytest.fixture
def fresh_database(migrated: str, tmp_path: Path) -> Iterator[Flask]:
    """An app on a migrated database of this one test's own, where commits are real; dropped afterwards."""
    with fresh_copy(migrated, tmp_path) as address, app_on(address, tmp_path / "files") as app:
        yield app


@pytest.fixture
def shared_data() -> Path:
    """The folder of real CQC files beside the project; a test that needs it is skipped where there is none."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("Real CQC files are not here: this test reads ../shared/data.")
    return folder


def _client(app: Flask) -> CheckedClient:
    app.test_client_class = CheckedClient
    client: FlaskClient = app.test_client()
    assert isinstance(client, CheckedClient)
    return client


@pytest.fixture
def in_threads() -> Callable[..., list[object]]:
    """Run a function once per item, all at once, each on a thread; the results or exceptions, in order."""

    def run(function: Callable[..., object], items: Iterable[object]) -> list[object]:
        things = list(items)
        together = threading.Barrier(len(things))

        def one(item: object) -> object:
            together.wait()
            try:
                return function(item)
            except Exception as error:
                return error

        with ThreadPoolExecutor(len(things)) as pool:
            return list(pool.map(one, things))

    return run
