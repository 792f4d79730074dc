"""What held before; links between services; syncs; names of people.

Revision: 0008
Follows: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    _make_organisation_rating()
    _make_provider_version()
    _make_service_version()
    _make_service_link()
    _make_sync()
    _make_sync_item()
    _make_names_choice()
    _make_named_person()


def downgrade() -> None:
    """Undo."""
    op.drop_table("named_person")
    op.drop_table("names_choice")
    op.drop_table("sync_item")
    op.drop_table("sync")
    op.drop_table("service_link")
    op.drop_table("service_version")
    op.drop_table("provider_version")
    op.drop_table("organisation_rating")


def _make_organisation_rating() -> None:
    op.create_table(
        "organisation_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.Integer(), nullable=False),
        sa.Column("service_group", sa.String(length=120), server_default="Overall", nullable=False),
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.Column("period", sa.String(length=20), server_default="", nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("from_edition_id", sa.Integer(), nullable=False),
        sa.Column("to_edition_id", sa.Integer(), nullable=True),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column("held_to", sa.Date(), nullable=True),
        sa.CheckConstraint("held_to >= held_from", name=op.f("ck_organisation_rating_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["element_id"],
            ["rating_element.id"],
            name=op.f("fk_organisation_rating_element_id_rating_element"),
        ),
        sa.ForeignKeyConstraint(
            ["from_edition_id"], ["edition.id"], name=op.f("fk_organisation_rating_from_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_organisation_rating_provider_id_provider")
        ),
        sa.ForeignKeyConstraint(
            ["to_edition_id"], ["edition.id"], name=op.f("fk_organisation_rating_to_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_rating")),
    )
    op.create_index(
        "uq_organisation_rating_open",
        "organisation_rating",
        ["provider_id", "element_id", "service_group", "period"],
        unique=True,
        sqlite_where=sa.text("held_to IS NULL"),
        postgresql_where=sa.text("held_to IS NULL"),
    )


def _make_provider_version() -> None:
    op.create_table(
        "provider_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("brand_id", sa.String(length=20), nullable=True),
        sa.Column("brand_name", sa.String(length=255), nullable=True),
        sa.Column("ownership", sa.String(length=60), nullable=True),
        sa.Column("companies_house_number", sa.String(length=20), nullable=True),
        sa.Column("from_edition_id", sa.Integer(), nullable=False),
        sa.Column("to_edition_id", sa.Integer(), nullable=True),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column("held_to", sa.Date(), nullable=True),
        sa.CheckConstraint("held_to >= held_from", name=op.f("ck_provider_version_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["from_edition_id"], ["edition.id"], name=op.f("fk_provider_version_from_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_provider_version_provider_id_provider")
        ),
        sa.ForeignKeyConstraint(
            ["to_edition_id"], ["edition.id"], name=op.f("fk_provider_version_to_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_version")),
    )
    op.create_index(
        "ix_provider_version_provider_id_held_from",
        "provider_version",
        ["provider_id", "held_from"],
        unique=False,
    )


def _make_service_version() -> None:
    op.create_table(
        "service_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("local_authority_id", sa.Integer(), nullable=False),
        sa.Column("is_care_home", sa.Boolean(), nullable=True),
        sa.Column("location_type", sa.String(length=60), nullable=False),
        sa.Column("primary_category", sa.String(length=120), nullable=False),
        sa.Column("address_1", sa.String(length=255), nullable=False),
        sa.Column("address_2", sa.String(length=255), nullable=False),
        sa.Column("town", sa.String(length=120), nullable=False),
        sa.Column("county", sa.String(length=120), server_default="", nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=40), server_default="", nullable=False),
        sa.Column("website", sa.Text(), server_default="", nullable=False),
        sa.Column("beds", sa.Integer(), nullable=True),
        sa.Column("is_dormant", sa.Boolean(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("primary_cqc_id", sa.String(length=20), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("trait_set_id", sa.Integer(), nullable=True),
        sa.Column("from_edition_id", sa.Integer(), nullable=False),
        sa.Column("to_edition_id", sa.Integer(), nullable=True),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column("held_to", sa.Date(), nullable=True),
        sa.CheckConstraint("held_to >= held_from", name=op.f("ck_service_version_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["from_edition_id"], ["edition.id"], name=op.f("fk_service_version_from_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["local_authority_id"],
            ["local_authority.id"],
            name=op.f("fk_service_version_local_authority_id_local_authority"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_service_version_provider_id_provider")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_service_version_service_id_service")
        ),
        sa.ForeignKeyConstraint(
            ["to_edition_id"], ["edition.id"], name=op.f("fk_service_version_to_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["trait_set_id"], ["trait_set.id"], name=op.f("fk_service_version_trait_set_id_trait_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_version")),
    )
    op.create_index(
        "ix_service_version_service_id_held_from",
        "service_version",
        ["service_id", "held_from"],
        unique=False,
    )


def _make_service_link() -> None:
    op.create_table(
        "service_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("other_cqc_id", sa.String(length=20), nullable=False),
        sa.Column("other_name", sa.String(length=255), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("from_edition_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('predecessor', 'successor')", name=op.f("ck_service_link_kind_known")),
        sa.ForeignKeyConstraint(
            ["from_edition_id"], ["edition.id"], name=op.f("fk_service_link_from_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_service_link_service_id_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_link")),
    )
    op.create_index(op.f("ix_service_link_other_cqc_id"), "service_link", ["other_cqc_id"], unique=False)
    op.create_index("uq_service_link", "service_link", ["service_id", "kind", "other_cqc_id"], unique=True)


def _make_sync() -> None:
    op.create_table(
        "sync",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "listing",
                "fetching",
                "loading",
                "done",
                "failed",
                name="state_known",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_list", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_sync_edition_id_edition")),
        sa.ForeignKeyConstraint(["started_by_id"], ["person.id"], name=op.f("fk_sync_started_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync")),
    )


def _make_sync_item() -> None:
    op.create_table(
        "sync_item",
        sa.Column("sync_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("cqc_id", sa.String(length=20), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("kind IN ('location', 'provider')", name=op.f("ck_sync_item_kind_known")),
        sa.ForeignKeyConstraint(
            ["sync_id"], ["sync.id"], name=op.f("fk_sync_item_sync_id_sync"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sync_id", "kind", "cqc_id", name=op.f("pk_sync_item")),
    )


def _make_names_choice() -> None:
    op.create_table(
        "names_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("are_kept", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_names_choice_reason_given")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_names_choice_decided_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_names_choice")),
    )


def _make_named_person() -> None:
    op.create_table(
        "named_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("from_edition_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_edition_id"], ["edition.id"], name=op.f("fk_named_person_from_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_named_person_service_id_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_person")),
    )
    op.create_index(op.f("ix_named_person_service_id"), "named_person", ["service_id"], unique=False)
