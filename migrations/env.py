"""How migrations run: one transaction each, with a limit on waiting for locks and on any one statement.

A migration that cannot have its lock within seconds fails and changes nothing, rather than stopping the service.
"""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from quality.core.database import db

LOCK_TIMEOUT = "4s"
STATEMENT_TIMEOUT = "60s"


def run(connection: Connection) -> None:
    """Run the migrations that are asked for on this connection."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        compare_type=True,
        transaction_per_migration=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
            connection.execute(text(f"SET statement_timeout = '{STATEMENT_TIMEOUT}'"))
            # Two machines that start at once migrate one after the other.
            connection.execute(text("SELECT pg_advisory_xact_lock(7203114)"))
        context.run_migrations()


with current_app.app_context(), db.engine.connect() as connection:
    run(connection)
    connection.commit()
