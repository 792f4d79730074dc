"""The sentence of a job that was refused, for whoever asked for it; the fault is for whoever runs the service.

Revision: 0017
Follows: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what failed before says nothing there."""
    op.add_column("job", sa.Column("sentence", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("job") as job:
        job.alter_column("sentence", server_default=None)


def downgrade() -> None:
    """Take it away; the fault still holds the words."""
    with op.batch_alter_table("job") as job:
        job.drop_column("sentence")
