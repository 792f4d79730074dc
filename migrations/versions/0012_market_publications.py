"""Keep published editions of the market, frozen.

Revision: 0012
Follows: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.triggers import Trigger, allow_again, refuse

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TABLE = "market_publication"
_FROZEN = (
    *("id", "local_authority_id", "form_key", "title", "as_at", "rule", "compare", "introduction", "notes"),
    *("show_small", "corrects_id", "correction", "drafted_by_id", "drafted_at", "number", "published_by_id"),
    *("published_at", "snapshot", "snapshot_sha256"),
)
_DIFFERS = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in _FROZEN)
# PostgreSQL cannot compare JSON, so its text is compared.
_DIFFERS += " OR CAST(OLD.scopes AS TEXT) IS DISTINCT FROM CAST(NEW.scopes AS TEXT)"

TRIGGERS: tuple[Trigger, ...] = (
    (
        "market_publication_frozen",
        _TABLE,
        "UPDATE",
        f"(OLD.number IS NOT NULL AND (OLD.pdf_sha256 IS NOT NULL OR {_DIFFERS}))",
        "A publication cannot be changed; a correction is a new one.",
    ),
    (
        "market_publication_kept",
        _TABLE,
        "DELETE",
        "OLD.number IS NOT NULL",
        "A publication is never deleted.",
    ),
)


def upgrade() -> None:
    """Make the table, and freeze what is published."""
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("local_authority_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("compare", sa.String(length=120), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("show_small", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snapshot", sa.Text(), nullable=True),
        sa.Column("snapshot_sha256", sa.String(length=64), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("pdf_bytes", sa.Integer(), nullable=True),
        *_checks(),
        *_keys(),
    )
    op.create_index(op.f("ix_market_publication_local_authority_id"), _TABLE, ["local_authority_id"])
    op.create_index(
        "uq_market_publication_corrected_once",
        _TABLE,
        ["corrects_id"],
        unique=True,
        sqlite_where=sa.text("number IS NOT NULL"),
        postgresql_where=sa.text("number IS NOT NULL"),
    )
    for trigger in TRIGGERS:
        refuse(trigger)


def downgrade() -> None:
    """Take the table away, with what was published: keep a copy."""
    for trigger in reversed(TRIGGERS):
        allow_again(trigger)
    op.drop_table(_TABLE)


def _checks() -> list[sa.Constraint]:
    rules = {
        "title_given": "length(trim(title)) > 0",
        "number_from_one": "number > 0",
        "numbered_when_published": "(number IS NULL) = (published_at IS NULL)",
        "numbered_with_its_snapshot": "(number IS NULL) = (snapshot IS NULL)",
        "snapshot_with_its_hash": "(snapshot IS NULL) = (snapshot_sha256 IS NULL)",
        "pdf_with_its_size": "(pdf_sha256 IS NULL) = (pdf_bytes IS NULL)",
        "pdf_of_a_snapshot": "pdf_sha256 IS NULL OR snapshot IS NOT NULL",
    }
    return [sa.CheckConstraint(rule, name=op.f(f"ck_{_TABLE}_{name}")) for name, rule in rules.items()]


def _keys() -> list[sa.Constraint]:
    others = {
        "local_authority_id": "local_authority",
        "corrects_id": _TABLE,
        "drafted_by_id": "person",
        "published_by_id": "person",
    }
    return [
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{_TABLE}_{column}_{table}"))
            for column, table in others.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
        sa.UniqueConstraint("form_key", name=op.f(f"uq_{_TABLE}_form_key")),
        sa.UniqueConstraint(
            "local_authority_id", "number", name=op.f(f"uq_{_TABLE}_local_authority_id_number")
        ),
    ]
