"""A sync with CQC's API while it runs, whether names of people are kept, and what rows the newest editions had."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.core.database import Base, words_of
from quality.services.models import Edition


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
    """One reply that a sync wants or has: its JSON without names, packed; none where CQC has no such record.

    One that was set aside, because it could not be used, stays wanted for the next sync.
    """

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


class RememberedRows(Base):
    """The rows of the newest edition of a kind, run by run as `cqc.following` has them, for the edition after it.

    Runs are in the file's order: of each the number of its service and of its local authority, and how many rows it
    has; then a digest of every row. All are packed as the machine counts, which `understood` tells with the rest.
    """

    __tablename__ = "remembered_rows"

    # It repeats what the edition told, and its loading is the event.
    unrecorded = True

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    # The SHA-256 over everything that the meaning of a row depends on.
    understood: Mapped[str] = mapped_column(String(64))
    ways: Mapped[dict[str, str]] = mapped_column(JSON)
    services: Mapped[bytes] = mapped_column(LargeBinary)
    authorities: Mapped[bytes] = mapped_column(LargeBinary)
    counts: Mapped[bytes] = mapped_column(LargeBinary)
    digests: Mapped[bytes] = mapped_column(LargeBinary)

    edition: Mapped[Edition] = relationship()
