"""A council's own areas, where postcodes lie, and how deprived neighbourhoods are."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quality.core.database import Base, words_of


class AreaSetKind(StrEnum):
    """What a council groups areas for."""

    NEIGHBOURS = "neighbours"  # Authorities that it compares itself with.
    QUADRANT = "quadrant"  # A part of its own area, made of districts.
    NAMED = "named"  # Anything else that it wants figures of.
    PLANNED = "planned successor"  # What is to follow it, where its reorganisation is coming.


class AreaSet(Base):
    """Authorities or districts that a council names as one, as its file defines them.

    `members` are ONS codes, which all held on `as_at`. What the set took in before is in the history.
    """

    __tablename__ = "area_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    local_authority_id: Mapped[int] = mapped_column(ForeignKey("local_authority.id"))
    key: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[AreaSetKind] = mapped_column(words_of(AreaSetKind, "kind_known"))
    members: Mapped[list[str]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(Text)
    as_at: Mapped[date]
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (
        UniqueConstraint("local_authority_id", "key"),
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        CheckConstraint("length(trim(source)) > 0", name="source_given"),
    )

    @property
    def version(self) -> str:
        """What is another whenever the set was written: a page that was made before says so by it."""
        return self.noted_at.isoformat()


class LookupKind(StrEnum):
    """What a file of another body tells."""

    POSTCODES = "postcodes"
    DEPRIVATION = "deprivation"


class Lookup(Base):
    """A file that tells where postcodes lie, or how deprived neighbourhoods are.

    There is one of postcodes at a time, and one of each edition of the indices of deprivation. `name` is the edition.
    `boards` has the names of integrated care boards by code, where a file of postcodes comes with them.
    `census` is the year whose neighbourhoods (LSOAs) a file of deprivation ranks, `told_on` the day it was published.
    """

    __tablename__ = "area_lookup"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LookupKind] = mapped_column(words_of(LookupKind, "kind_known"))
    name: Mapped[str] = mapped_column(String(120))
    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int]
    stored: Mapped[int]
    census: Mapped[int | None]
    told_on: Mapped[date | None]
    boards: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    loaded_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("kind", "name"),
        CheckConstraint("census IN (2011, 2021)", name="census_known"),
        CheckConstraint(
            "kind = 'postcodes' OR (census IS NOT NULL AND told_on IS NOT NULL)", name="deprivation_dated"
        ),
    )


class Place(Base):
    """Where a postcode of a service lies, by ONS codes. The postcode is spelt as CQC spells it.

    A postcode that the lookup puts in no district, neighbourhood or board of England has empty text there.
    """

    __tablename__ = "place"

    postcode: Mapped[str] = mapped_column(String(10), primary_key=True)
    lookup_id: Mapped[int] = mapped_column(ForeignKey("area_lookup.id"))
    district_code: Mapped[str] = mapped_column(String(9))
    lsoa11: Mapped[str] = mapped_column(String(9))
    lsoa21: Mapped[str] = mapped_column(String(9))
    icb_code: Mapped[str] = mapped_column(String(9))
    rural_urban: Mapped[str] = mapped_column(String(4))

    __table_args__ = (
        Index("ix_place_district_code", "district_code"),
        Index("ix_place_icb_code", "icb_code"),
    )


class Deprivation(Base):
    """The rank of a neighbourhood in an edition of the Index of Multiple Deprivation: 1 is the most deprived."""

    __tablename__ = "deprivation"

    lookup_id: Mapped[int] = mapped_column(ForeignKey("area_lookup.id"), primary_key=True)
    lsoa: Mapped[str] = mapped_column(String(9), primary_key=True)
    rank: Mapped[int]

    __table_args__ = (CheckConstraint("rank > 0", name="rank_positive"),)
