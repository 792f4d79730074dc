"""The database: one declarative base, typed column kinds, and how a transaction begins on each engine.

Both engines lose updates silently with their defaults. Here a transaction that may write takes SQLite's write lock
at once (BEGIN IMMEDIATE), and one that only reads is refused every write by the database itself.

On PostgreSQL a question that is asked alone needs no transaction around it, which are two ways to the server and back
less. It may not write either: a connection only reads unless a BEGIN says otherwise.
"""

from __future__ import annotations

import enum
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, DateTime, Dialect, Engine, Enum, MetaData, event
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

# SQLite before this release can corrupt a database in WAL mode (the WAL-reset bug), so we do not use WAL there.
WAL_IS_SAFE_FROM = (3, 51, 3)
BUSY_TIMEOUT_MILLISECONDS = 30_000


class Access(enum.Enum):
    """What the transactions begun from now on may do."""

    WRITE = enum.auto()
    READ = enum.auto()
    # Read as well; there will be but one question, which PostgreSQL answers outside any transaction.
    READ_ONCE = enum.auto()


_access: ContextVar[Access] = ContextVar("access", default=Access.WRITE)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware, in UTC, on both engines. A naive moment is a fault of the caller and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database: UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Out of the database: aware, in UTC. SQLite keeps no zone, so it is put back here."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def words_of(kind: type[enum.StrEnum], name: str) -> Enum:
    """A column of short words, stored by value and held to the enum by a named CHECK."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=max(len(member.value) for member in kind),
        values_callable=_values,
    )


def _values(kind: type[enum.Enum]) -> list[str]:
    return [member.value for member in kind]


class Base(DeclarativeBase):
    """The parent of every table. Constraint names follow one convention, so that a fault can be told by name."""

    registry = registry(
        type_annotation_map={datetime: UtcDateTime},
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


@contextmanager
def only_reading() -> Iterator[None]:
    """Every transaction begun inside may read and is refused every write by the database."""
    token = _access.set(Access.READ)
    try:
        yield
    finally:
        _access.reset(token)


def begin_reading(access: Access) -> Callable[[], None]:
    """Like only_reading, for a caller that cannot use a with-block; returns what undoes it."""
    token = _access.set(access)
    return lambda: _access.reset(token)


def sqlite_journal_mode() -> str:
    """The journal mode this machine's SQLite is safe with: WAL from 3.51.3, a rollback journal before."""
    return "wal" if sqlite3.sqlite_version_info >= WAL_IS_SAFE_FROM else "delete"


@event.listens_for(Engine, "connect")
def _prepare_connection(connection: Any, record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        # What is asked without a BEGIN reads. Every BEGIN of ours says which it is.
        connection.execute("SET default_transaction_read_only = on")
        connection.commit()
        return
    # The driver must not begin transactions by its own rules: the "begin" listener below does.
    connection.isolation_level = None
    for statement in (
        f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}",
        f"PRAGMA journal_mode = {sqlite_journal_mode()}",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA trusted_schema = OFF",
    ):
        connection.execute(statement)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    before, access = connection.info.get(Access), _access.get()
    sqlite = connection.dialect.name == "sqlite"
    reads = access is not Access.WRITE
    # All of this holds until it is changed; said anew, it would make SQLite prepare every statement again.
    if access is not before and sqlite:
        connection.exec_driver_sql(f"PRAGMA query_only = {int(reads)}")
    elif access is not before:
        # The driver says it with its BEGIN, where a statement of its own would be one more way to the server and back.
        driver: Any = connection.connection.driver_connection
        driver.autocommit, driver.read_only = access is Access.READ_ONCE, reads
    if sqlite:
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
    connection.info[Access] = access


@event.listens_for(Engine, "rollback")
def _end_reading(connection: Connection) -> None:
    """End a transaction that could only read by a commit, which comes to the same.

    At a rollback psycopg throws away the statements it has prepared, and PostgreSQL would plan every page anew.
    """
    if connection.dialect.name == "postgresql" and connection.info.get(Access) is Access.READ:
        driver: Any = connection.connection.driver_connection
        if driver.info.transaction_status is TransactionStatus.INTRANS:
            driver.commit()
