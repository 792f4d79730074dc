"""Services, providers and ratings through time.

Revision: 0007
Follows: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_HELD = (
    "to_edition_id INTEGER CONSTRAINT fk_{table}_to_edition_id_edition REFERENCES edition (id)",
    "held_to DATE",
)
_SERVICE = (
    "county VARCHAR(120) NOT NULL DEFAULT ''",
    "phone VARCHAR(40) NOT NULL DEFAULT ''",
    "website TEXT NOT NULL DEFAULT ''",
    "beds INTEGER",
    "is_dormant BOOLEAN",
    "registered_on DATE",
    "ended_on DATE",
    "primary_cqc_id VARCHAR(20)",
    "latitude {double}",
    "longitude {double}",
    "trait_set_id INTEGER CONSTRAINT fk_service_trait_set_id_trait_set REFERENCES trait_set (id)",
    "held_from DATE",
    *_HELD,
)
_PROVIDER = (
    "ownership VARCHAR(60)",
    "companies_house_number VARCHAR(20)",
    "from_edition_id INTEGER CONSTRAINT fk_provider_from_edition_id_edition REFERENCES edition (id)",
    *_HELD,
)
_RATING = (
    "held_from DATE NOT NULL DEFAULT '1900-01-01'",
    "held_to DATE",
    "inherited_from VARCHAR(20)",
    "is_past BOOLEAN NOT NULL DEFAULT {false}",
    "framework_code VARCHAR(30) CONSTRAINT fk_rating_framework_code_rating_framework"
    " REFERENCES rating_framework (code)",
    "percentage NUMERIC(5, 2)",
    "statements JSON",
)
_EDITION = (
    "is_part BOOLEAN NOT NULL DEFAULT {false}",
    "authorities JSON",
    "domains JSON",
    "effects JSON",
)
_ADDED = {"edition": _EDITION, "provider": _PROVIDER, "service": _SERVICE, "rating": _RATING}


def upgrade() -> None:
    """Apply."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    words = (
        {"false": "0", "double": "DOUBLE"} if is_sqlite else {"false": "false", "double": "DOUBLE PRECISION"}
    )
    # Both databases take a constraint with a name on the column it comes with, so no table need be copied.
    op.execute("ALTER TABLE service RENAME COLUMN edition_id TO from_edition_id")
    op.execute("ALTER TABLE provider RENAME COLUMN as_at TO held_from")
    for table, columns in _ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column.format(table=table, **words)}")
    day_of = "(SELECT as_at FROM edition WHERE edition.id = {}_edition_id)"
    op.execute(f"UPDATE service SET held_from = {day_of.format('from')}")  # noqa: S608 -- Our own words.
    op.execute(
        "UPDATE provider SET from_edition_id = (SELECT min(id) FROM edition WHERE as_at = provider.held_from)"
    )
    op.execute(f"UPDATE rating SET held_from = {day_of.format('from')}, held_to = {day_of.format('to')}")  # noqa: S608
    op.drop_index("uq_rating_current", "rating")
    op.create_index(
        "uq_rating_current",
        "rating",
        ["service_id", "service_group", "domain"],
        unique=True,
        sqlite_where=sa.text("held_to IS NULL"),
        postgresql_where=sa.text("held_to IS NULL"),
    )
    op.create_index("ix_rating_service_id_held_from", "rating", ["service_id", "held_from"])
    op.create_index(
        "ix_rating_to_edition_id",
        "rating",
        ["to_edition_id"],
        sqlite_where=sa.text("to_edition_id IS NOT NULL"),
        postgresql_where=sa.text("to_edition_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_rating_to_edition_id", "rating")
    op.drop_index("ix_rating_service_id_held_from", "rating")
    op.drop_index("uq_rating_current", "rating")
    op.create_index(
        "uq_rating_current",
        "rating",
        ["service_id", "service_group", "domain"],
        unique=True,
        sqlite_where=sa.text("to_edition_id IS NULL"),
        postgresql_where=sa.text("to_edition_id IS NULL"),
    )
    if op.get_bind().dialect.name == "sqlite":
        _narrow_sqlite()
        return
    for table, columns in _ADDED.items():
        for column in columns:
            op.drop_column(table, column.split()[0])
    op.execute("ALTER TABLE provider DROP CONSTRAINT IF EXISTS fk_provider_from_edition_id_edition")
    op.execute("ALTER TABLE service RENAME COLUMN from_edition_id TO edition_id")
    op.execute("ALTER TABLE provider RENAME COLUMN held_from TO as_at")


def _narrow_sqlite() -> None:
    """SQLite takes no column with a foreign key away, so the tables are copied, and nothing may refer to their rows."""
    if op.get_bind().execute(sa.text("SELECT count(*) FROM service")).scalar():
        raise RuntimeError(
            "SQLite cannot undo this migration once services are held: bring back the copy that was made before it."
        )
    for table, columns in _ADDED.items():
        with op.batch_alter_table(table, recreate="always") as batch:
            for column in columns:
                batch.drop_column(column.split()[0])
    op.execute("ALTER TABLE service RENAME COLUMN from_edition_id TO edition_id")
    op.execute("ALTER TABLE provider RENAME COLUMN held_from TO as_at")
