"""Findings and reports.

Revision: 0004
Follows: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column(
            "value",
            sa.Enum(
                "met",
                "mostly",
                "partly",
                "not_met",
                "not_seen",
                "not_applicable",
                name="value_known",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=True,
        ),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("methods", sa.JSON(), nullable=False),
        sa.Column("why_not_applicable", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_answer_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_answer_audit_id_audit")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_answer_question_id_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("audit_id", "question_id", name=op.f("uq_answer_audit_id_question_id")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "must_improve",
                "should_improve",
                "good_practice",
                name="kind_known",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("must_happen", sa.Text(), nullable=False),
        sa.Column("by_when", sa.Date(), nullable=True),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form_key", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'good_practice' OR by_when IS NULL",
            name=op.f("ck_finding_good_practice_has_no_deadline"),
        ),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_finding_title_given")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_finding_audit_id_audit")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_finding_question_id_question")
        ),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_finding_standard_id_standard")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_finding_written_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("form_key", name=op.f("uq_finding_form_key")),
    )
    op.create_index(op.f("ix_finding_audit_id"), "finding", ["audit_id"], unique=False)
    op.create_table(
        "held_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("typed_by_id", sa.Integer(), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)", name=op.f("ck_held_text_settled_by_and_at")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_held_text_audit_id_audit")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_held_text_question_id_question")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["person.id"], name=op.f("fk_held_text_settled_by_id_person")
        ),
        sa.ForeignKeyConstraint(["typed_by_id"], ["person.id"], name=op.f("fk_held_text_typed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_text")),
    )
    op.create_index("ix_held_text_of_audit", "held_text", ["audit_id", "settled_at"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("local_authority_id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("snapshot_sha256", sa.String(length=64), nullable=False),
        sa.Column("numbered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("pdf_bytes", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(issued_at IS NULL) = (pdf_sha256 IS NULL)", name=op.f("ck_report_issued_with_its_bytes")
        ),
        sa.CheckConstraint(
            "(pdf_sha256 IS NULL) = (pdf_bytes IS NULL)", name=op.f("ck_report_hash_with_its_size")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_report_audit_id_audit")),
        sa.ForeignKeyConstraint(
            ["local_authority_id"],
            ["local_authority.id"],
            name=op.f("fk_report_local_authority_id_local_authority"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_report_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("audit_id", "issue", name=op.f("uq_report_audit_id_issue")),
        sa.UniqueConstraint("number", name=op.f("uq_report_number")),
    )
    op.create_index(op.f("ix_report_local_authority_id"), "report", ["local_authority_id"], unique=False)
    op.create_index(op.f("ix_report_provider_id"), "report", ["provider_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_table("report")
    op.drop_table("held_text")
    op.drop_table("finding")
    op.drop_table("answer")
