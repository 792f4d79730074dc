"""Rating frameworks, what services share, and which are contracted.

Revision: 0006
Follows: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    _make_rating_framework()
    _make_rating_scale_point()
    _make_rating_element()
    _make_comparability()
    _make_trait_set()
    _make_trait()
    _make_contract()


def downgrade() -> None:
    """Undo."""
    op.drop_table("contract")
    op.drop_table("trait")
    op.drop_table("trait_set")
    op.drop_table("comparability")
    op.drop_table("rating_element")
    op.drop_table("rating_scale_point")
    op.drop_table("rating_framework")


def _make_rating_framework() -> None:
    op.create_table(
        "rating_framework",
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("body", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("applies_to", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "in force", "ended", name="state_known", native_enum=False, create_constraint=True
            ),
            nullable=False,
        ),
        sa.Column("is_scored", sa.Boolean(), nullable=False),
        sa.Column("bands", sa.JSON(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_rating_framework_ends_after_it_begins")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_rating_framework")),
    )


def _make_rating_scale_point() -> None:
    op.create_table(
        "rating_scale_point",
        sa.Column("framework_code", sa.String(length=30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_code"],
            ["rating_framework.code"],
            name=op.f("fk_rating_scale_point_framework_code_rating_framework"),
        ),
        sa.PrimaryKeyConstraint("framework_code", "position", name=op.f("pk_rating_scale_point")),
    )


def _make_rating_element() -> None:
    op.create_table(
        "rating_element",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_code", sa.String(length=30), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_code"],
            ["rating_framework.code"],
            name=op.f("fk_rating_element_framework_code_rating_framework"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["rating_element.id"], name=op.f("fk_rating_element_parent_id_rating_element")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_element")),
    )
    op.create_index(
        "uq_rating_element_framework_code_code", "rating_element", ["framework_code", "code"], unique=True
    )


def _make_comparability() -> None:
    op.create_table(
        "comparability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("later_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "comparable",
                "with caution",
                "not comparable",
                name="status_known",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_comparability_reason_given")),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["rating_element.id"], name=op.f("fk_comparability_earlier_id_rating_element")
        ),
        sa.ForeignKeyConstraint(
            ["later_id"], ["rating_element.id"], name=op.f("fk_comparability_later_id_rating_element")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparability")),
    )
    op.create_index("uq_comparability", "comparability", ["earlier_id", "later_id"], unique=True)


def _make_trait_set() -> None:
    op.create_table(
        "trait_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trait_set")),
        sa.UniqueConstraint("sha256", name=op.f("uq_trait_set_sha256")),
    )


def _make_trait() -> None:
    op.create_table(
        "trait",
        sa.Column("trait_set_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.CheckConstraint(
            "kind IN ('service type', 'activity', 'specialism')", name=op.f("ck_trait_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["trait_set_id"], ["trait_set.id"], name=op.f("fk_trait_trait_set_id_trait_set")
        ),
        sa.PrimaryKeyConstraint("trait_set_id", "kind", "name", name=op.f("pk_trait")),
    )
    op.create_index("ix_trait_kind_name", "trait", ["kind", "name"], unique=False)


def _make_contract() -> None:
    op.create_table(
        "contract",
        sa.Column("local_authority_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["local_authority_id"],
            ["local_authority.id"],
            name=op.f("fk_contract_local_authority_id_local_authority"),
        ),
        sa.ForeignKeyConstraint(["noted_by_id"], ["person.id"], name=op.f("fk_contract_noted_by_id_person")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_contract_service_id_service")),
        sa.PrimaryKeyConstraint("local_authority_id", "service_id", name=op.f("pk_contract")),
    )
