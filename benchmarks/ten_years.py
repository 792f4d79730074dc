"""Ten years of monthly editions behind the newest, written by the database: each month one in a hundred changed."""

from __future__ import annotations

from datetime import date
from typing import cast

from sqlalchemy import Table, insert, literal, text, update
from sqlalchemy.engine import Connection

from quality.core.clock import now
from quality.core.database import Base, db
from quality.ratings.models import Rating
from quality.services.models import Edition, Service, ServiceVersion

MONTHS = 120
FIRST = date(2016, 9, 1)
_Edition = tuple[int, date]


def fill(months: int = MONTHS) -> None:
    """Give the ratings and services of the current app's database a past of so many months, and commit.

    They hold since the first month; in each month after it, another hundredth of the services gets new facts and
    ratings, and what held before becomes former. The editions are made up beside those that were loaded.
    """
    connection = db.session.connection()
    first, *later = [_edition(connection, month) for month in range(MONTHS - months, MONTHS)]
    for holding in (Rating, Service):
        table = _table(holding)
        since = update(table).values(from_edition_id=first[0], held_from=first[1])
        connection.execute(since.where(table.c.held_to.is_(None)))
    for month, edition in enumerate(later, 1):
        _turn(connection, (_table(Rating), _table(Rating)), month % 100, edition)
        _turn(connection, (_table(Service), _table(ServiceVersion)), month % 100, edition)
    db.session.commit()
    if connection.dialect.name == "postgresql":
        # A running PostgreSQL does this by itself, soon after so many rows have changed.
        db.session.execute(text("ANALYZE"))
        db.session.commit()


def _edition(connection: Connection, month: int) -> _Edition:
    years, months = divmod(FIRST.month - 1 + month, 12)
    day = date(FIRST.year + years, months + 1, 1)
    table = _table(Edition)
    values = {
        "kind": "latest_ratings_locations",
        "file_name": f"{day:%d_%B_%Y}_Latest_ratings.ods",
        "sha256": f"{month:064}",
        "as_at": day,
        "loaded_at": now(),
        "set_aside": {},
        "warnings": [],
        "is_part": False,
    } | dict.fromkeys(("rows_read", "stored", "merged"), 0)
    number = connection.execute(insert(table).values(values).returning(table.c.id))
    return number.scalar_one(), day


def _turn(connection: Connection, tables: tuple[Table, Table], part: int, edition: _Edition) -> None:
    """Keep what holds of a hundredth of the services as former until this edition, and let it hold anew from there."""
    holding, former = tables
    service = holding.c.id if holding is not former else holding.c.service_id
    chosen = holding.c.held_to.is_(None) & (service % 100 == part)
    set_here = {"id", "to_edition_id", "held_to", "service_id"}
    copied = [column.name for column in former.c if column.name not in set_here]
    number, day = edition
    rows = (
        holding.select()
        .with_only_columns(*(holding.c[name] for name in copied), service, literal(number), literal(day))
        .where(chosen)
    )
    connection.execute(insert(former).from_select([*copied, "service_id", "to_edition_id", "held_to"], rows))
    connection.execute(update(holding).values(from_edition_id=number, held_from=day).where(chosen))


def _table(model: type[Base]) -> Table:
    return cast(Table, model.__table__)
