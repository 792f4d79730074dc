"""Services, ratings and frameworks.

Revision: 0002
Follows: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by_id", sa.Integer(), nullable=True),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("stored", sa.Integer(), nullable=False),
        sa.Column("merged", sa.Integer(), nullable=False),
        sa.Column("set_aside", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_edition_sha256_whole")),
        sa.CheckConstraint(
            "rows_read >= 0 AND stored >= 0 AND merged >= 0", name=op.f("ck_edition_counts_not_negative")
        ),
        sa.ForeignKeyConstraint(["loaded_by_id"], ["person.id"], name=op.f("fk_edition_loaded_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("sha256", name=op.f("uq_edition_sha256")),
    )
    op.create_index("ix_edition_kind_as_at", "edition", ["kind", "as_at"], unique=False)
    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cqc_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("local_authority_id", sa.Integer(), nullable=False),
        sa.Column("is_care_home", sa.Boolean(), nullable=True),
        sa.Column("location_type", sa.String(length=60), nullable=False),
        sa.Column("primary_category", sa.String(length=120), nullable=False),
        sa.Column("address_1", sa.String(length=255), nullable=False),
        sa.Column("address_2", sa.String(length=255), nullable=False),
        sa.Column("town", sa.String(length=120), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_service_name_given")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_service_edition_id_edition")),
        sa.ForeignKeyConstraint(
            ["local_authority_id"],
            ["local_authority.id"],
            name=op.f("fk_service_local_authority_id_local_authority"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_service_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.UniqueConstraint("cqc_id", name=op.f("uq_service_cqc_id")),
    )
    op.create_index(
        "ix_service_local_authority_id_name", "service", ["local_authority_id", "name"], unique=False
    )
    op.create_index(op.f("ix_service_provider_id"), "service", ["provider_id"], unique=False)
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("service_group", sa.String(length=120), nullable=False),
        sa.Column("domain", sa.String(length=40), nullable=False),
        sa.Column(
            "word",
            sa.Enum(
                "outstanding",
                "good",
                "requires_improvement",
                "inadequate",
                "not_rated",
                "inspected_but_not_rated",
                "insufficient_evidence",
                "no_published_rating",
                "not_applicable",
                "regulations_met",
                "regulations_not_met",
                name="word_known",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("published_text", sa.String(length=60), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("report_type", sa.String(length=40), nullable=False),
        sa.Column("inherited", sa.Boolean(), nullable=True),
        sa.Column("from_edition_id", sa.Integer(), nullable=False),
        sa.Column("to_edition_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "to_edition_id IS NULL OR to_edition_id <> from_edition_id",
            name=op.f("ck_rating_ends_in_a_later_edition"),
        ),
        sa.ForeignKeyConstraint(
            ["from_edition_id"], ["edition.id"], name=op.f("fk_rating_from_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_rating_service_id_service")),
        sa.ForeignKeyConstraint(
            ["to_edition_id"], ["edition.id"], name=op.f("fk_rating_to_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
    )
    op.create_index(
        "uq_rating_current",
        "rating",
        ["service_id", "service_group", "domain"],
        unique=True,
        sqlite_where=sa.text("to_edition_id IS NULL"),
        postgresql_where=sa.text("to_edition_id IS NULL"),
    )
    op.create_table(
        "framework_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_framework_version_version_from_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_version")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_framework_version_code_version")),
        sa.UniqueConstraint("sha256", name=op.f("uq_framework_version_sha256")),
    )
    op.create_table(
        "standard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_version_id", sa.Integer(), nullable=False),
        sa.Column("domain_code", sa.String(length=10), nullable=False),
        sa.Column("domain_title", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("good_looks_like", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_standard_framework_version_id_framework_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard")),
        sa.UniqueConstraint(
            "framework_version_id", "code", name=op.f("uq_standard_framework_version_id_code")
        ),
        sa.UniqueConstraint(
            "framework_version_id", "position", name=op.f("uq_standard_framework_version_id_position")
        ),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("critical", sa.Boolean(), nullable=False),
        sa.Column("service_types", sa.JSON(), nullable=False),
        sa.Column("key_question", sa.String(length=20), nullable=False),
        sa.Column("quality_statement", sa.String(length=120), nullable=False),
        sa.Column("element", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "element IN ('leadership', 'skills', 'culture', 'infrastructure')",
            name=op.f("ck_question_element_known"),
        ),
        sa.CheckConstraint("weight BETWEEN 1 AND 3", name=op.f("ck_question_weight_one_to_three")),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_question_standard_id_standard")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("standard_id", "code", name=op.f("uq_question_standard_id_code")),
        sa.UniqueConstraint("standard_id", "position", name=op.f("uq_question_standard_id_position")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("question")
    op.drop_table("standard")
    op.drop_table("framework_version")
    op.drop_table("rating")
    op.drop_table("service")
    op.drop_table("edition")
