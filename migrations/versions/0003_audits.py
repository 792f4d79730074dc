"""Audits.

Revision: 0003
Follows: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "reference_counter",
        sa.Column("local_authority_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["local_authority_id"],
            ["local_authority.id"],
            name=op.f("fk_reference_counter_local_authority_id_local_authority"),
        ),
        sa.PrimaryKeyConstraint("local_authority_id", "series", name=op.f("pk_reference_counter")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("local_authority_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column(
            "service_type",
            sa.Enum(
                "care_home_nursing",
                "care_home",
                "homecare",
                "supported_living",
                "extra_care",
                "day_opportunities",
                name="service_type_known",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("framework_version_id", sa.Integer(), nullable=False),
        sa.Column(
            "audit_type",
            sa.Enum(
                "routine",
                "responsive",
                "follow_up",
                name="audit_type_known",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("planned_from", sa.Date(), nullable=False),
        sa.Column("planned_to", sa.Date(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "visiting",
                "writing_up",
                "in_review",
                "published",
                "abandoned",
                name="state_known",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ratings_as_at", sa.Date(), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'published') = (approved_by_id IS NOT NULL)",
            name=op.f("ck_audit_published_when_approved"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('in_review', 'published') OR sent_by_id IS NOT NULL",
            name=op.f("ck_audit_sent_before_review"),
        ),
        sa.CheckConstraint(
            "(approved_by_id IS NULL) = (approved_at IS NULL)", name=op.f("ck_audit_approved_by_and_at")
        ),
        sa.CheckConstraint("(sent_by_id IS NULL) = (sent_at IS NULL)", name=op.f("ck_audit_sent_by_and_at")),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> lead_id", name=op.f("ck_audit_lead_never_approves")
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> sent_by_id",
            name=op.f("ck_audit_sender_never_approves"),
        ),
        sa.CheckConstraint("planned_to >= planned_from", name=op.f("ck_audit_planned_in_order")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_audit_approved_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_audit_framework_version_id_framework_version"),
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["person.id"], name=op.f("fk_audit_lead_id_person")),
        sa.ForeignKeyConstraint(
            ["local_authority_id"],
            ["local_authority.id"],
            name=op.f("fk_audit_local_authority_id_local_authority"),
        ),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name=op.f("fk_audit_sent_by_id_person")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_audit_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("reference", name=op.f("uq_audit_reference")),
    )
    op.create_index(op.f("ix_audit_lead_id"), "audit", ["lead_id"], unique=False)
    op.create_index("ix_audit_queue", "audit", ["local_authority_id", "state", "due_on", "id"], unique=False)
    op.create_index(op.f("ix_audit_service_id"), "audit", ["service_id"], unique=False)
    op.create_index(
        "uq_audit_one_open_per_service",
        "audit",
        ["local_authority_id", "service_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('planned', 'visiting', 'writing_up', 'in_review')"),
        postgresql_where=sa.text("state IN ('planned', 'visiting', 'writing_up', 'in_review')"),
    )
    op.create_table(
        "audit_participant",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_audit_participant_audit_id_audit")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_audit_participant_person_id_person")
        ),
        sa.PrimaryKeyConstraint("audit_id", "person_id", name=op.f("pk_audit_participant")),
    )
    op.create_index(op.f("ix_audit_participant_person_id"), "audit_participant", ["person_id"], unique=False)
    op.create_table(
        "pinned_rating",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_pinned_rating_audit_id_audit")),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_pinned_rating_rating_id_rating")),
        sa.PrimaryKeyConstraint("audit_id", "rating_id", name=op.f("pk_pinned_rating")),
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("form_key", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_visit_audit_id_audit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("form_key", name=op.f("uq_visit_form_key")),
    )
    op.create_index(op.f("ix_visit_audit_id"), "visit", ["audit_id"], unique=False)
    op.create_table(
        "visitor",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visitor_person_id_person")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visitor_visit_id_visit")),
        sa.PrimaryKeyConstraint("visit_id", "person_id", name=op.f("pk_visitor")),
    )
    op.create_table(
        "conversation",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "people",
                "relatives",
                "manager",
                "care_staff",
                "nurses",
                "other_staff",
                "professionals",
                name="role_known",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 999", name=op.f("ck_conversation_number_of_people")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_conversation_visit_id_visit")),
        sa.PrimaryKeyConstraint("visit_id", "role", name=op.f("pk_conversation")),
    )
    op.create_table(
        "sample",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "care_plans",
                "medicine_records",
                "staff_files",
                "training_records",
                "rotas",
                "incidents",
                "complaints",
                "checks",
                name="kind_known",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=True),
        sa.CheckConstraint("out_of IS NULL OR out_of >= seen", name=op.f("ck_sample_seen_within_all")),
        sa.CheckConstraint("seen BETWEEN 1 AND 9999", name=op.f("ck_sample_number_seen")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_sample_visit_id_visit")),
        sa.PrimaryKeyConstraint("visit_id", "kind", name=op.f("pk_sample")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("sample")
    op.drop_table("conversation")
    op.drop_table("visitor")
    op.drop_table("visit")
    op.drop_table("pinned_rating")
    op.drop_table("audit_participant")
    op.drop_table("audit")
    op.drop_table("reference_counter")
