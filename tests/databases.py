"""Databases for tests: migrated for real, shared by rolling back, or one's own to commit to."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from flask import Flask
from flask_migrate import upgrade
from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import scoped_session

from app import create_app
from config import Settings
from quality.core.database import db
from tests.engines import create_database, drop_database

Database = scoped_session[Session]

_MUCH = 1_000_000  # Bytes of one table.
_LARGE_TABLES = text(
    "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' "
    "AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > :much"
)


@contextmanager
def migrated_database(engine: str, folder: Path) -> Iterator[str]:
    """The address of a new database with every migration applied; it is gone afterwards."""
    with _empty_database(engine, folder) as address:
        app = create_app(
            Settings(database_url=address, storage_url=str(folder / "files"), secret_key="k" * 40)
        )
        with app.app_context():
            upgrade()
            db.engine.dispose()
        yield address


@contextmanager
def fresh_copy(address: str, folder: Path) -> Iterator[str]:
    """The address of a copy of a migrated database, committed for real; it is gone afterwards."""
    if address.startswith("sqlite"):
        copy = folder / "copy.sqlite3"
        shutil.copy(str(make_url(address).database), copy)
        yield f"sqlite:///{copy}"
        return
    with _postgres_database(template=str(make_url(address).database)) as copy_address:
        yield copy_address


@contextmanager
def shared_connection() -> Iterator[None]:
    """Let every session of the current app join one connection, whose transaction is rolled back at the end.

    Inside another one it is a savepoint there. Flask-SQLAlchemy finds a session's connection through its engines, so
    the connection takes the engine's place.
    """
    engine: Engine | Connection = db.engine
    is_inside = isinstance(engine, Connection)
    connection = engine if isinstance(engine, Connection) else engine.connect()
    transaction = connection.begin_nested() if is_inside else connection.begin()
    engines = cast("dict[Any, Any]", db.engines)
    engines[None] = connection
    db.session.remove()
    db.session.configure(join_transaction_mode="create_savepoint")
    try:
        yield
    finally:
        db.session.remove()
        engines[None] = engine
        transaction.rollback()
        if isinstance(engine, Engine):
            db.session.configure(join_transaction_mode="conditional_savepoint")
            connection.close()
            _sweep(engine)


@contextmanager
def ground(app: Flask, build: Callable[[Database], object]) -> Iterator[None]:
    """Build once what all tests of a module stand on, each of them in a savepoint; all is rolled back at the end.

    A test of the same module that does not ask for it stands on it too, so such a test belongs into another module.
    """
    with app.app_context(), shared_connection():
        build(db.session)
        db.session.commit()
        db.session.remove()
        yield


def _sweep(engine: Engine) -> None:
    """Take away the rows that were rolled back, where there are many: each later test would read past all of them.

    PostgreSQL does so by itself once a minute, unless a test wants the table meanwhile; it gives way then.
    """
    if engine.dialect.name != "postgresql":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        large = connection.scalars(_LARGE_TABLES, {"much": _MUCH}).all()
        if large:
            connection.execute(text(f"VACUUM {', '.join(large)}"))


@contextmanager
def _empty_database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'test.sqlite3'}"
        return
    with _postgres_database() as address:
        yield address


@contextmanager
def _postgres_database(template: str = "template0") -> Iterator[str]:
    server, name = os.environ["TESTS_POSTGRES_SERVER"], f"test_{secrets.token_hex(6)}"
    address = create_database(server, name, template)
    try:
        yield make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    finally:
        drop_database(server, name)
