"""Packs that somebody asked for, while they are kept."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from quality.core.database import Base

__all__ = ["ReportPack"]


class ReportPack(Base):
    """A pack of reports for the one person who asked for it: which reports, how many are in it, and until when.

    Not in the history: it holds nothing but what that person may read anyway, and is gone after two days.
    """

    __tablename__ = "report_pack"
    unrecorded: ClassVar[bool] = True

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    report_ids: Mapped[list[int]] = mapped_column(JSON)
    done: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    size: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (CheckConstraint("(made_at IS NULL) = (size IS NULL)", name="made_with_its_size"),)

    @property
    def wanted(self) -> int:
        """How many reports it is to hold."""
        return len(self.report_ids)
