"""Many rows at once, through the database's own driver: a national file has hundreds of thousands.

What is written here is in the session's transaction like everything else, but the session does not see it happen:
the operation that calls this leaves the event in the history.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import chain, islice
from typing import Any, TypeVar

from sqlalchemy import update

from quality.core.database import Base, db

# What a driver takes without being told a type; a date is its ISO text.
Plain = str | int | float | bool | None

# One statement for many rows: SQLite prepares a CHECK once a statement, which takes longer than to insert a row.
_ROWS_A_STATEMENT = 200
# SQLite's default of 2 MB would write half-done pages to the disk, and wait for the disk, again and again.
_CACHE_KILOBYTES = 8 * 1024
# A statement may name so many rows by their numbers.
MOST_NUMBERS = 10_000

Item = TypeVar("Item")


def insert_rows(table: type[Base], columns: Sequence[str], rows: Iterable[tuple[Plain, ...]]) -> None:
    """Insert rows, each with its values in the order of `columns`. Far faster than the session: COPY on PostgreSQL."""
    driver, target = _driver(), f"{table.__tablename__} ({', '.join(columns)})"
    is_postgresql = db.session.get_bind().dialect.name == "postgresql"
    with _checked_at_once(driver, table.__tablename__, is_postgresql=is_postgresql):
        if is_postgresql:
            _copy(driver, target, rows)
        else:
            _insert(driver, target, len(columns), rows)


def _copy(driver: Any, target: str, rows: Iterable[tuple[Plain, ...]]) -> None:
    # A plan made while a table was tiny reads all of it to check each foreign key, and is kept as the table grows.
    driver.execute("DISCARD PLANS")
    with driver.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(driver: Any, target: str, width: int, rows: Iterable[tuple[Plain, ...]]) -> None:
    driver.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
    one = f"({', '.join('?' * width)})"
    for some in in_pieces(rows, _ROWS_A_STATEMENT):
        values = list(chain.from_iterable(some))
        # The names come from our own models, and every value is a parameter.
        driver.execute(f"INSERT INTO {target} VALUES {', '.join([one] * len(some))}", values)  # noqa: S608


@contextmanager
def _checked_at_once(driver: Any, table: str, *, is_postgresql: bool) -> Iterator[None]:
    """Check a table's first rows at once at the end: indexes by one sort and (on PostgreSQL) foreign keys by one join.

    Row by row it takes twice as long. Only while the table is empty: taking a constraint away, if only for this
    transaction, keeps readers waiting, and where there are no rows yet nobody has anything to read.
    """
    if driver.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0]:  # noqa: S608 -- Our own name.
        yield
        return
    keys = driver.execute(_FOREIGN_KEYS, [table]).fetchall() if is_postgresql else []
    indexes = driver.execute(_INDEXES if is_postgresql else _SQLITE_INDEXES, [table]).fetchall()
    for name, _ in keys:
        driver.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        driver.execute(f'DROP INDEX "{name}"')
    yield
    for _, definition in indexes:
        driver.execute(definition)
    for name, definition in keys:
        driver.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


_FOREIGN_KEYS = (
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE contype = 'f' AND conrelid = %s::regclass"
)
# Those that stand for themselves: a primary key and a unique constraint keep theirs.
_INDEXES = (
    "SELECT relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
    "WHERE indrelid = %s::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)"
)


_SQLITE_INDEXES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
)


def plain(value: Any) -> Plain:
    """A value as a driver takes it without being told a type."""
    return value.isoformat() if isinstance(value, date) else value


def plainly(rows: Iterable[tuple[Any, ...]], places: Collection[int]) -> Iterable[tuple[Plain, ...]]:
    """Rows in which the values in these places are put into the form a driver takes."""
    return _plainly(rows, places) if places else rows


def _plainly(rows: Iterable[tuple[Any, ...]], places: Collection[int]) -> Iterator[tuple[Plain, ...]]:
    for row in rows:
        values = list(row)
        for place in places:
            values[place] = plain(values[place])
        yield tuple(values)


def numbers_by_cqc_id(table: type[Base]) -> dict[str, int]:
    """The number of every row by its CQC id, without the session's care for each row."""
    rows = _driver().execute(f"SELECT cqc_id, id FROM {table.__tablename__}")  # noqa: S608 -- Our own name.
    return dict(rows.fetchall())


def update_all(table: type[Base], numbers: Collection[int], **values: Any) -> None:
    """Give the same values to every row whose number (its `id`) is among these."""
    for some in in_pieces(numbers, MOST_NUMBERS):
        rows = update(table).where(table.__table__.c.id.in_(some)).values(**values)
        db.session.execute(rows.execution_options(synchronize_session=False))


def tell_the_planner(columns: Mapping[type[Base], Sequence[str]]) -> None:
    """Let PostgreSQL count tables that have just grown: planning as if they were empty, it would loop over all of them.

    It would count them by itself a minute later, but the first pages after a load should not take minutes. Only the
    columns that rows are found and joined by are looked at, because looking at all takes as long as storing a third.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        tables = (f"{table.__tablename__} ({', '.join(names)})" for table, names in columns.items())
        # A tenth of the rows that it would look at says as much of columns like these, until it looks for itself.
        _driver().execute("SET LOCAL default_statistics_target = 10")
        _driver().execute(f"ANALYZE {', '.join(tables)}")


def in_pieces(items: Iterable[Item], most: int) -> Iterator[list[Item]]:
    """The items in lists of at most so many."""
    iterator = iter(items)
    while piece := list(islice(iterator, most)):
        yield piece


def _driver() -> Any:
    """The driver's own connection, in the session's transaction."""
    return db.session.connection().connection.driver_connection
