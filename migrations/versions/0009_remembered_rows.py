"""Remember the rows of the newest editions, so that a month later only those that differ are read."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "remembered_rows",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("understood", sa.String(length=64), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.Column("services", sa.LargeBinary(), nullable=False),
        sa.Column("authorities", sa.LargeBinary(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.Column("digests", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_remembered_rows_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_remembered_rows")),
    )


def downgrade() -> None:
    """Take it away: what it holds can be had again from the next file."""
    op.drop_table("remembered_rows")
