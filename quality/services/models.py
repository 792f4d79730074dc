"""Local authorities, providers, services, and the editions of CQC's data they come from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.core.database import Base

# CQC's word for adult social care, as the location type of a service.
SOCIAL_CARE = "Social Care Org"


class LocalAuthority(Base):
    """A council. Services lie in one, staff belong to one. Its name is spelt as CQC spells it."""

    __tablename__ = "local_authority"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    region: Mapped[str] = mapped_column(String(60), default="")
    # Set when the council's own team works in this installation; its audits are numbered with the code.
    council_code: Mapped[str | None] = mapped_column(String(6), unique=True)

    __table_args__ = (
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        CheckConstraint("council_code = upper(council_code)", name="council_code_in_capitals"),
    )


class Edition(Base):
    """One CQC file, exactly as it was: never overwritten, never loaded twice."""

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    as_at: Mapped[date]
    loaded_at: Mapped[datetime]
    loaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    rows_read: Mapped[int]
    stored: Mapped[int]
    merged: Mapped[int]
    set_aside: Mapped[dict[str, int]] = mapped_column(JSON)
    warnings: Mapped[list[str]] = mapped_column(JSON)

    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256_whole"),
        CheckConstraint("rows_read >= 0 AND stored >= 0 AND merged >= 0", name="counts_not_negative"),
        Index("ix_edition_kind_as_at", "kind", "as_at"),
    )

    def counts(self) -> dict[str, Any]:
        """The figures of the load as `flask cqc load --json` prints them."""
        return {
            "rows_read": self.rows_read,
            "stored": self.stored,
            "merged": self.merged,
            "set_aside": self.set_aside,
            "warnings": self.warnings,
        }


class Provider(Base):
    """The legal entity registered with CQC."""

    __tablename__ = "provider"

    id: Mapped[int] = mapped_column(primary_key=True)
    cqc_id: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    brand_id: Mapped[str | None] = mapped_column(String(20))
    brand_name: Mapped[str | None] = mapped_column(String(255))
    # As at which day these facts are: that of the newest edition that names it; empty when no file of CQC's did.
    as_at: Mapped[date | None]

    __table_args__ = (CheckConstraint("length(trim(name)) > 0", name="name_given"),)


class Service(Base):
    """A CQC location: a care home, a homecare agency. The address is CQC's."""

    __tablename__ = "service"

    id: Mapped[int] = mapped_column(primary_key=True)
    cqc_id: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    local_authority_id: Mapped[int] = mapped_column(ForeignKey("local_authority.id"))
    is_care_home: Mapped[bool | None]
    location_type: Mapped[str] = mapped_column(String(60), default="")
    primary_category: Mapped[str] = mapped_column(String(120), default="")
    address_1: Mapped[str] = mapped_column(String(255), default="")
    address_2: Mapped[str] = mapped_column(String(255), default="")
    town: Mapped[str] = mapped_column(String(120), default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    url: Mapped[str] = mapped_column(Text, default="")
    # The newest edition that lists it, whose facts these are; empty when no file of CQC's did.
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))

    provider: Mapped[Provider] = relationship(lazy="joined", innerjoin=True)
    local_authority: Mapped[LocalAuthority] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        Index("ix_service_local_authority_id_name", "local_authority_id", "name"),
    )

    @property
    def address(self) -> str:
        """The address on one line."""
        return ", ".join(part for part in (self.address_1, self.address_2, self.town, self.postcode) if part)

    @property
    def is_social_care(self) -> bool:
        """True when CQC registers it as adult social care; only such services are audited."""
        return self.location_type == SOCIAL_CARE
