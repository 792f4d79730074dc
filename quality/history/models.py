"""The chain and its events. No foreign key leads here, so nothing that is deleted elsewhere can take history along."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quality.core.database import Base

# Events that belong to no council, such as a CQC edition being loaded, are chained under this number.
NATIONAL = 0


class Chain(Base):
    """The head of one council's chain. Its row is locked while an event is added, so that the chain cannot fork."""

    __tablename__ = "history_chain"
    unrecorded: ClassVar[bool] = True

    council: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    head_number: Mapped[int] = mapped_column(default=0)
    head_hash: Mapped[str] = mapped_column(String(64))


class Event(Base):
    """One line of history."""

    __tablename__ = "history_event"
    unrecorded: ClassVar[bool] = True

    id: Mapped[int] = mapped_column(primary_key=True)
    council: Mapped[int]
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(60))
    record_type: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int]
    by_id: Mapped[int | None]
    at: Mapped[datetime]
    envelope: Mapped[str] = mapped_column(Text)
    details: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[str | None] = mapped_column(String(32))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        UniqueConstraint("council", "number"),
        UniqueConstraint("council", "previous_hash"),
        CheckConstraint("(details IS NULL) = (salt IS NULL)", name="details_with_their_salt"),
        Index("ix_history_event_of_record", "record_type", "record_id", "id"),
    )
