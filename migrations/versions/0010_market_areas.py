"""Keep a council's own areas, where postcodes lie, and how deprived neighbourhoods are."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _area_set()
    op.create_table(
        "area_lookup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=11), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("stored", sa.Integer(), nullable=False),
        sa.Column("census", sa.Integer(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("boards", sa.JSON(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('postcodes', 'deprivation')", name=op.f("ck_area_lookup_kind_known")),
        sa.CheckConstraint("census IN (2011, 2021)", name=op.f("ck_area_lookup_census_known")),
        sa.CheckConstraint(
            "kind = 'postcodes' OR (census IS NOT NULL AND told_on IS NOT NULL)",
            name=op.f("ck_area_lookup_deprivation_dated"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_lookup")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_area_lookup_kind_name")),
    )
    _place()
    op.create_table(
        "deprivation",
        sa.Column("lookup_id", sa.Integer(), nullable=False),
        sa.Column("lsoa", sa.String(length=9), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.CheckConstraint("rank > 0", name=op.f("ck_deprivation_rank_positive")),
        sa.ForeignKeyConstraint(
            ["lookup_id"], ["area_lookup.id"], name=op.f("fk_deprivation_lookup_id_area_lookup")
        ),
        sa.PrimaryKeyConstraint("lookup_id", "lsoa", name=op.f("pk_deprivation")),
    )
    op.create_table(
        "area_outline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=120), nullable=False),
        sa.Column("polygons", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(trim(source)) > 0", name=op.f("ck_area_outline_source_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_outline")),
        sa.UniqueConstraint("area", name=op.f("uq_area_outline_area")),
    )


def _area_set() -> None:
    op.create_table(
        "area_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("local_authority_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=17), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('neighbours', 'quadrant', 'named', 'planned successor')",
            name=op.f("ck_area_set_kind_known"),
        ),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_area_set_name_given")),
        sa.CheckConstraint("length(trim(source)) > 0", name=op.f("ck_area_set_source_given")),
        sa.ForeignKeyConstraint(
            ["local_authority_id"],
            ["local_authority.id"],
            name=op.f("fk_area_set_local_authority_id_local_authority"),
        ),
        sa.ForeignKeyConstraint(["noted_by_id"], ["person.id"], name=op.f("fk_area_set_noted_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_set")),
        sa.UniqueConstraint("local_authority_id", "key", name=op.f("uq_area_set_local_authority_id_key")),
    )


def _place() -> None:
    op.create_table(
        "place",
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("lookup_id", sa.Integer(), nullable=False),
        sa.Column("district_code", sa.String(length=9), nullable=False),
        sa.Column("lsoa11", sa.String(length=9), nullable=False),
        sa.Column("lsoa21", sa.String(length=9), nullable=False),
        sa.Column("icb_code", sa.String(length=9), nullable=False),
        sa.Column("rural_urban", sa.String(length=4), nullable=False),
        sa.ForeignKeyConstraint(
            ["lookup_id"], ["area_lookup.id"], name=op.f("fk_place_lookup_id_area_lookup")
        ),
        sa.PrimaryKeyConstraint("postcode", name=op.f("pk_place")),
    )
    op.create_index("ix_place_district_code", "place", ["district_code"])
    op.create_index("ix_place_icb_code", "place", ["icb_code"])


def downgrade() -> None:
    """Take them away. Lookups can be loaded again, and so can a council's file of its areas."""
    for name in ("area_outline", "deprivation", "place", "area_lookup", "area_set"):
        op.drop_table(name)
