"""Local authorities, providers and services: who they are, what holds of them now, and what held of them when."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, Text, and_, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.core.database import Base
from quality.services.editions import Edition, EditionKind
from quality.services.held import Held, HeldIfTold

__all__ = [
    "SOCIAL_CARE",
    "Contract",
    "Edition",
    "EditionKind",
    "LocalAuthority",
    "Provider",
    "ProviderVersion",
    "Service",
    "ServiceLink",
    "ServiceVersion",
    "Trait",
    "TraitSet",
]

# The key of an organisation that CQC has no id for: words in capitals, joined by hyphens.
MADE_UP_KEY = re.compile(r"[A-Z]{2,}(-[A-Z0-9]+)+")
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


class TraitSet(Base):
    """Service types, regulated activities and specialisms that services share: most have the same few combinations."""

    __tablename__ = "trait_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    # The SHA-256 over its members, by which a combination is found again.
    sha256: Mapped[str] = mapped_column(String(64), unique=True)


class Trait(Base):
    """One member of a set: a service type, a regulated activity or a specialism (CQC's service user bands)."""

    __tablename__ = "trait"

    trait_set_id: Mapped[int] = mapped_column(ForeignKey("trait_set.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(160), primary_key=True)

    __table_args__ = (
        CheckConstraint("kind IN ('service type', 'activity', 'specialism')", name="kind_known"),
        Index("ix_trait_kind_name", "kind", "name"),
    )


class ProviderFacts:
    """What CQC says of a provider: columns that Provider and ProviderVersion share."""

    name: Mapped[str] = mapped_column(String(255))
    brand_id: Mapped[str | None] = mapped_column(String(20))
    brand_name: Mapped[str | None] = mapped_column(String(255))
    ownership: Mapped[str | None] = mapped_column(String(60))
    companies_house_number: Mapped[str | None] = mapped_column(String(20))


class Provider(ProviderFacts, HeldIfTold, Base):
    """The legal entity registered with CQC, with its newest facts; ProviderVersion has those that held before."""

    __tablename__ = "provider"

    id: Mapped[int] = mapped_column(primary_key=True)
    cqc_id: Mapped[str] = mapped_column(String(20), unique=True)

    __table_args__ = (CheckConstraint("length(trim(name)) > 0", name="name_given"),)

    @property
    def has_made_up_key(self) -> bool:
        """True for an organisation that CQC has no id for; `cqc_id` is then a key like NHS-WEST-ESSEX."""
        return MADE_UP_KEY.fullmatch(self.cqc_id) is not None


class ProviderVersion(ProviderFacts, Held, Base):
    """What held of a provider from one edition to another, and holds no longer."""

    __tablename__ = "provider_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))

    __table_args__ = (
        CheckConstraint("held_to >= held_from", name="ends_after_it_begins"),
        Index("ix_provider_version_provider_id_held_from", "provider_id", "held_from"),
    )


class ServiceFacts:
    """What CQC says of a service: columns that Service and ServiceVersion share. The address is CQC's."""

    name: Mapped[str] = mapped_column(String(255))
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    local_authority_id: Mapped[int] = mapped_column(ForeignKey("local_authority.id"))
    is_care_home: Mapped[bool | None]
    location_type: Mapped[str] = mapped_column(String(60), default="")
    primary_category: Mapped[str] = mapped_column(String(120), default="")
    address_1: Mapped[str] = mapped_column(String(255), default="")
    address_2: Mapped[str] = mapped_column(String(255), default="")
    town: Mapped[str] = mapped_column(String(120), default="")
    county: Mapped[str] = mapped_column(String(120), default="", server_default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    url: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(String(40), default="", server_default="")
    website: Mapped[str] = mapped_column(Text, default="", server_default="")
    beds: Mapped[int | None]
    is_dormant: Mapped[bool | None]
    registered_on: Mapped[date | None]
    # The day its registration ended, as far as CQC has told; empty while it is registered.
    ended_on: Mapped[date | None]
    # Where two providers register one place: the CQC id of the registration that counts; its own, or another's.
    primary_cqc_id: Mapped[str | None] = mapped_column(String(20))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    trait_set_id: Mapped[int | None] = mapped_column(ForeignKey("trait_set.id"))


class Service(ServiceFacts, HeldIfTold, Base):
    """A CQC location: a care home, a homecare agency, with its newest facts; ServiceVersion has those that held before.

    `held_to` is the day from which CQC's files list it no longer.
    """

    __tablename__ = "service"

    id: Mapped[int] = mapped_column(primary_key=True)
    cqc_id: Mapped[str] = mapped_column(String(20), unique=True)

    provider: Mapped[Provider] = relationship(lazy="joined", innerjoin=True)
    local_authority: Mapped[LocalAuthority] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        Index("ix_service_provider_id", "provider_id"),
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

    @property
    def is_registered(self) -> bool:
        """True while CQC lists it and has not told that its registration ended."""
        return self.ended_on is None and self.held_to is None


class ServiceVersion(ServiceFacts, Held, Base):
    """What held of a service from one edition to another, and holds no longer."""

    __tablename__ = "service_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))

    provider: Mapped[Provider] = relationship()
    local_authority: Mapped[LocalAuthority] = relationship()

    __table_args__ = (
        CheckConstraint("held_to >= held_from", name="ends_after_it_begins"),
        Index("ix_service_version_service_id_held_from", "service_id", "held_from"),
    )


class ServiceLink(Base):
    """That a service took over from another, or was taken over, as CQC's API tells; the other may not be held."""

    __tablename__ = "service_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    kind: Mapped[str] = mapped_column(String(20))
    other_cqc_id: Mapped[str] = mapped_column(String(20), index=True)
    other_name: Mapped[str] = mapped_column(String(255), default="")
    reason: Mapped[str] = mapped_column(String(120), default="")
    from_edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))

    __table_args__ = (
        CheckConstraint("kind IN ('predecessor', 'successor')", name="kind_known"),
        Index("uq_service_link", "service_id", "kind", "other_cqc_id", unique=True),
    )


class Contract(Base):
    """That a council contracts a service, as its own team noted it, from one day to another, both included.

    Without a first day it is not known since when, without a last day it goes on; without both it counts on every day.
    """

    __tablename__ = "contract"

    local_authority_id: Mapped[int] = mapped_column(ForeignKey("local_authority.id"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),)

    @classmethod
    def on(cls, day: date) -> ColumnElement[bool]:
        """Those that count on a day."""
        return and_(
            or_(cls.starts_on.is_(None), cls.starts_on <= day), or_(cls.ends_on.is_(None), cls.ends_on >= day)
        )
