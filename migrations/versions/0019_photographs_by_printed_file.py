"""Which photographs are made of a file is asked of both of their files whenever one is erased.

Revision: 0019
Follows: 0018
"""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_INDEX = "ix_photograph_printed_sha256"


def upgrade() -> None:
    """Add the index on the printed file; the other one has its own."""
    op.create_index(_INDEX, "photograph", ["printed_sha256"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index(_INDEX, "photograph")
