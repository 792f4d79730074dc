"""Rating frameworks as data: who rated what, on which scale, when, and what may be compared with what."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.core.database import Base, words_of
from quality.services.held import Held
from quality.services.models import Edition, Provider


class FrameworkState(StrEnum):
    """Whether a rating framework is used."""

    DRAFT = "draft"
    IN_FORCE = "in force"
    ENDED = "ended"


class RatingFramework(Base):
    """A way in which a body rated services or organisations. Either day may be open; a scored one gives points."""

    __tablename__ = "rating_framework"

    code: Mapped[str] = mapped_column(String(30), primary_key=True)
    body: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(200))
    applies_to: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    state: Mapped[FrameworkState] = mapped_column(words_of(FrameworkState, "state_known"))
    is_scored: Mapped[bool]
    # The share of the points, in per cent, from which each word of the scale is given: {"Good": 63}.
    bands: Mapped[dict[str, int] | None] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text)

    scale: Mapped[list[ScalePoint]] = relationship(order_by="ScalePoint.position")
    elements: Mapped[list[RatingElement]] = relationship(order_by="RatingElement.position")

    __table_args__ = (CheckConstraint("valid_to >= valid_from", name="ends_after_it_begins"),)


class ScalePoint(Base):
    """One word of a framework's scale; position 1 is the worst."""

    __tablename__ = "rating_scale_point"

    framework_code: Mapped[str] = mapped_column(ForeignKey("rating_framework.code"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(40))


class RatingElement(Base):
    """One thing a framework rates: the whole, a key question, a quality statement, an area of standards."""

    __tablename__ = "rating_element"

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_code: Mapped[str] = mapped_column(ForeignKey("rating_framework.code"))
    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(160))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("rating_element.id"))
    position: Mapped[int]

    framework: Mapped[RatingFramework] = relationship(viewonly=True)

    __table_args__ = (Index("uq_rating_element_framework_code_code", "framework_code", "code", unique=True),)


class ComparabilityStatus(StrEnum):
    """Whether two elements may be compared."""

    COMPARABLE = "comparable"
    WITH_CAUTION = "with caution"
    NOT_COMPARABLE = "not comparable"


class Comparability(Base):
    """Whether a rating of one element may be compared with an earlier rating of another, with the reason in words."""

    __tablename__ = "comparability"

    id: Mapped[int] = mapped_column(primary_key=True)
    earlier_id: Mapped[int] = mapped_column(ForeignKey("rating_element.id"))
    later_id: Mapped[int] = mapped_column(ForeignKey("rating_element.id"))
    status: Mapped[ComparabilityStatus] = mapped_column(words_of(ComparabilityStatus, "status_known"))
    reason: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)

    earlier: Mapped[RatingElement] = relationship(foreign_keys=earlier_id)
    later: Mapped[RatingElement] = relationship(foreign_keys=later_id)

    __table_args__ = (
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
        Index("uq_comparability", "earlier_id", "later_id", unique=True),
    )


class OrganisationRating(Held, Base):
    """A rating of an organisation as a whole (a provider, an NHS trust), under any rating framework.

    `period` is the year it speaks of, like "2008/09", where the framework rates years; `facts` are further counts that
    were published with it, such as {"core standards met": 24, "core standards": 24}.
    """

    __tablename__ = "organisation_rating"

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    element_id: Mapped[int] = mapped_column(ForeignKey("rating_element.id"))
    service_group: Mapped[str] = mapped_column(String(120), default="Overall", server_default="Overall")
    word: Mapped[str] = mapped_column(String(60))
    period: Mapped[str] = mapped_column(String(20), default="", server_default="")
    published_on: Mapped[date | None]
    facts: Mapped[dict[str, int | str] | None] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(Text, default="", server_default="")

    provider: Mapped[Provider] = relationship()
    element: Mapped[RatingElement] = relationship()
    from_edition: Mapped[Edition] = relationship(foreign_keys="OrganisationRating.from_edition_id")

    __table_args__ = (
        CheckConstraint("held_to >= held_from", name="ends_after_it_begins"),
        Index(
            "uq_organisation_rating_open",
            "provider_id",
            "element_id",
            "service_group",
            "period",
            unique=True,
            sqlite_where=text("held_to IS NULL"),
            postgresql_where=text("held_to IS NULL"),
        ),
    )
