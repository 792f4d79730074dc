"""Packs of reports, while they are kept.

Revision: 0015
Follows: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "report_pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("report_ids", sa.JSON(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(made_at IS NULL) = (size IS NULL)", name=op.f("ck_report_pack_made_with_its_size")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_report_pack_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_pack")),
    )
    op.create_index(op.f("ix_report_pack_person_id"), "report_pack", ["person_id"])


def downgrade() -> None:
    """Take it away, with the packs that were asked for."""
    op.drop_table("report_pack")
