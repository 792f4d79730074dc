"""Issued reports in large print and as easy read: which file each is. Kept like the report itself.

Revision: 0016
Follows: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.triggers import Trigger, allow_again, refuse

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TABLE = "report_variant"
_ISSUED = "EXISTS (SELECT 1 FROM report r WHERE r.id = NEW.report_id AND r.issued_at IS NOT NULL)"

TRIGGERS: tuple[Trigger, ...] = (
    (
        "report_variant_of_issued",
        _TABLE,
        "INSERT",
        f"NOT {_ISSUED}",
        "Only an issued report has other forms.",
    ),
    ("report_variant_frozen", _TABLE, "UPDATE", "true", "A form of an issued report cannot be changed."),
    ("report_variant_kept", _TABLE, "DELETE", "true", "A form of an issued report is never deleted."),
)


def upgrade() -> None:
    """Add the table and its rules."""
    op.create_table(
        _TABLE,
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("variant", sa.String(length=5), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("variant IN ('easy', 'large')", name=op.f("ck_report_variant_variant_known")),
        sa.CheckConstraint("size > 0", name=op.f("ck_report_variant_holds_something")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_variant_report_id_report")
        ),
        sa.PrimaryKeyConstraint("report_id", "variant", name=op.f("pk_report_variant")),
    )
    op.create_index(op.f("ix_report_variant_sha256"), _TABLE, ["sha256"])
    for trigger in TRIGGERS:
        refuse(trigger)


def downgrade() -> None:
    """Take it away. The files stay in the storage, and can be made again from what the reports say."""
    for trigger in reversed(TRIGGERS):
        allow_again(trigger)
    op.drop_table(_TABLE)
