"""What is being corrected in an audit whose report was issued; drafts of reports, printed ahead.

Revision: 0014
Follows: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# SQLite can only add a rule to a table together with a column; so the second column brings the rule for both.
_COLUMNS = (
    "correcting TEXT DEFAULT '' NOT NULL",
    "correcting_by_id INTEGER CONSTRAINT fk_audit_correcting_by_id_person REFERENCES person (id) "
    "CONSTRAINT ck_audit_correction_has_its_author CHECK ((correcting = '') = (correcting_by_id IS NULL))",
)


def upgrade() -> None:
    """Add the columns and the table."""
    for column in _COLUMNS:
        op.execute(f"ALTER TABLE audit ADD COLUMN {column}")
    op.create_table(
        "report_draft",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_sha256", sa.String(64), nullable=False),
        sa.Column("pdf_sha256", sa.String(64), nullable=False),
        sa.Column("pdf_bytes", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_report_draft_audit_id_audit")),
        sa.PrimaryKeyConstraint("audit_id", name=op.f("pk_report_draft")),
    )


def downgrade() -> None:
    """Take them away, with what was recorded in them."""
    op.drop_table("report_draft")
    op.execute("ALTER TABLE audit DROP COLUMN correcting_by_id")
    op.execute("ALTER TABLE audit DROP COLUMN correcting")
