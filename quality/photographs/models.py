"""The photographs of an audit, and what is said of each."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.core.database import Base
from quality.frameworks.models import Standard
from quality.people.models import Person

LONGEST_CAPTION = 200
LONGEST_WORDS = 500


class Photograph(Base):
    """A photograph that an officer put into an audit, in the two sizes in which it is kept.

    It may come without words, to be described before the audit is sent for review. `width` and `height` are those of
    the printed size, in pixels. What is removed can be put back; only what no report shows can be erased for good.
    """

    __tablename__ = "photograph"

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    # Counted from one in each audit, and never given again: people speak of "photograph 3".
    number: Mapped[int]
    standard_id: Mapped[int | None] = mapped_column(ForeignKey("standard.id"))
    caption: Mapped[str] = mapped_column(String(LONGEST_CAPTION), default="")
    # What it shows, for whoever cannot see it.
    shows: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")
    taken_on: Mapped[date | None]
    shown_sha256: Mapped[str] = mapped_column(String(64), index=True)
    printed_sha256: Mapped[str] = mapped_column(String(64), index=True)
    width: Mapped[int]
    height: Mapped[int]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    # Whoever changed it last, which somebody whose page is older is told.
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    # Since when a report shows it, whose bytes can never be taken back.
    in_report_since: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    standard: Mapped[Standard | None] = relationship()
    added_by: Mapped[Person] = relationship(foreign_keys=added_by_id)
    changed_by: Mapped[Person] = relationship(foreign_keys=changed_by_id)

    @property
    def is_described(self) -> bool:
        """True when it says what a report must say of it."""
        return bool(self.caption and self.shows)

    @property
    def name(self) -> str:
        """What people call it: its number, and its caption once it has one."""
        return f"photograph {self.number}" + (f", “{self.caption}”" if self.caption else "")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy's own declaration.
    __table_args__ = (
        UniqueConstraint("audit_id", "number"),
        UniqueConstraint("audit_id", "shown_sha256"),
        CheckConstraint("erased_at IS NULL OR removed_at IS NOT NULL", name="erased_only_when_removed"),
        CheckConstraint("erased_at IS NULL OR in_report_since IS NULL", name="erased_only_outside_reports"),
    )
