"""A sync with CQC's API while it runs, and whether names of people are kept."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quality.core.database import Base, words_of


class SyncState(StrEnum):
    """How far a sync is."""

    LISTING = "listing"
    FETCHING = "fetching"
    LOADING = "loading"
    DONE = "done"
    FAILED = "failed"


class Sync(Base):
    """One sync: what it was asked, how far it is, and the edition it became. Killed at any point, it can go on.

    `changed_since` and `changed_until` are the period whose changes are fetched; without the first, everything is.
    """

    __tablename__ = "sync"

    # Its beginning is recorded by itself, and its end by the edition; how far it is in between is no event.
    unrecorded = True

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[SyncState] = mapped_column(words_of(SyncState, "state_known"))
    started_at: Mapped[datetime]
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_since: Mapped[datetime | None]
    changed_until: Mapped[datetime]
    # Of which authorities, then a line for each list that is still to be read; see syncing_lists.
    next_list: Mapped[str] = mapped_column(Text, default="")
    message: Mapped[str] = mapped_column(Text, default="")
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))


class SyncItem(Base):
    """One reply that a sync wants or has: its JSON without names, packed; none where CQC has no such record."""

    __tablename__ = "sync_item"

    # These rows are what CQC sent, on the way into an edition, whose event tells of them.
    unrecorded = True

    sync_id: Mapped[int] = mapped_column(ForeignKey("sync.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    cqc_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    status: Mapped[int | None]  # The HTTP status it was answered with; empty while it is wanted.
    body: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (CheckConstraint("kind IN ('location', 'provider')", name="kind_known"),)


class NamesChoice(Base):
    """A decision of the council's, with its reason, to keep the names of managers and nominated individuals, or not to.

    The newest row counts; without one, no name is kept.
    """

    __tablename__ = "names_choice"

    id: Mapped[int] = mapped_column(primary_key=True)
    are_kept: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (CheckConstraint("length(trim(reason)) > 0", name="reason_given"),)


class NamedPerson(Base):
    """A registered manager, nominated individual or partner of a service; only ever stored under a NamesChoice."""

    __tablename__ = "named_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(255))
    from_edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
