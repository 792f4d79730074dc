"""Keep what others published about the market.

Revision: 0011
Follows: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _make_series()
    op.create_table(
        "outside_figure",
        *_of_an_area(),
        sa.Column("k", sa.Integer(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("value_text", sa.String(length=20), nullable=False),
        sa.Column("precision", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("k >= 0 AND k <= n AND n > 0", name=op.f("ck_outside_figure_k_of_n")),
        sa.CheckConstraint("(k IS NULL) = (n IS NULL)", name=op.f("ck_outside_figure_both_or_neither")),
        sa.CheckConstraint("precision >= 0", name=op.f("ck_outside_figure_precision_counts_decimals")),
        *_keys("outside_figure"),
    )
    op.create_table(
        "outside_claim",
        *_of_an_area(),
        sa.Column("shown_with", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("can_be_said", sa.Text(), nullable=False),
        sa.Column("cannot_be_said", sa.Text(), nullable=False),
        *_keys("outside_claim"),
    )
    for table in ("outside_figure", "outside_claim"):
        op.create_index(op.f(f"ix_{table}_area_code"), table, ["area_code"], unique=False)
        op.create_index(op.f(f"ix_{table}_series_id"), table, ["series_id"], unique=False)


def downgrade() -> None:
    """Take them away: what they hold can be loaded again from its files."""
    op.drop_table("outside_claim")
    op.drop_table("outside_figure")
    op.drop_table("outside_series")


def _make_series() -> None:
    layouts = sa.Enum(
        "written", "ascof-6b", "lg-inform", name="layout_known", native_enum=False, create_constraint=True
    )
    op.create_table(
        "outside_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("layout", layouts, nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("publisher", sa.String(length=255), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("licence", sa.String(length=255), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("beside", sa.String(length=30), nullable=False),
        sa.Column("comparators", sa.Text(), nullable=False),
        sa.Column("denominator_stated", sa.Boolean(), nullable=False),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.Column("speaks_until", sa.Date(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(trim(key)) > 0", name=op.f("ck_outside_series_key_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_series")),
        sa.UniqueConstraint("key", "sha256", name=op.f("uq_outside_series_key_sha256")),
    )


def _of_an_area() -> list[sa.Column[object]]:
    """The columns that say of which area and when something was published."""
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=True),
        sa.Column("area_name", sa.String(length=120), nullable=False),
        sa.Column("period", sa.String(length=60), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
    ]


def _keys(table: str) -> list[sa.Constraint]:
    series = op.f(f"fk_{table}_series_id_outside_series")
    return [
        sa.ForeignKeyConstraint(["series_id"], ["outside_series.id"], name=series),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
