"""Photographs of an audit, with what is said of each.

Revision: 0018
Follows: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.triggers import Trigger, allow_again, refuse

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_TABLE = "photograph"
_MOMENT = sa.DateTime(timezone=True)
_FIXED = (
    "audit_id",
    "number",
    "shown_sha256",
    "printed_sha256",
    "width",
    "height",
    "added_by_id",
    "added_at",
)
_CHANGES_WHAT_IT_IS = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in _FIXED)

TRIGGERS: tuple[Trigger, ...] = (
    ("photograph_fixed", _TABLE, "UPDATE", f"({_CHANGES_WHAT_IT_IS})", "A photograph stays the one it is."),
    ("photograph_kept", _TABLE, "DELETE", "true", "A photograph is removed or erased, and its row stays."),
)


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=True),
        sa.Column("caption", sa.String(length=200), nullable=False),
        sa.Column("shows", sa.String(length=500), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("shown_sha256", sa.String(length=64), nullable=False),
        sa.Column("printed_sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", _MOMENT, nullable=True),
        sa.Column("erased_at", _MOMENT, nullable=True),
        sa.Column("in_report_since", _MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "erased_at IS NULL OR removed_at IS NOT NULL", name=op.f("ck_photograph_erased_only_when_removed")
        ),
        sa.CheckConstraint(
            "erased_at IS NULL OR in_report_since IS NULL",
            name=op.f("ck_photograph_erased_only_outside_reports"),
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_photograph_audit_id_audit")),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_photograph_standard_id_standard")
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_photograph_added_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_photograph_changed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photograph")),
        sa.UniqueConstraint("audit_id", "number", name=op.f("uq_photograph_audit_id_number")),
        sa.UniqueConstraint("audit_id", "shown_sha256", name=op.f("uq_photograph_audit_id_shown_sha256")),
    )
    op.create_index(op.f("ix_photograph_shown_sha256"), _TABLE, ["shown_sha256"])
    for trigger in TRIGGERS:
        refuse(trigger)


def downgrade() -> None:
    """Take the table away, and the words with it."""
    for trigger in reversed(TRIGGERS):
        allow_again(trigger)
    op.drop_table(_TABLE)
