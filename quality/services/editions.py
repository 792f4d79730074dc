"""An edition: one of CQC's files, or one sync with CQC's API, exactly as it was."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from quality.core.database import Base


class EditionKind(StrEnum):
    """What an edition was read from. `words` names it to people."""

    words: str
    rank: int

    def __new__(cls, value: str, words: str = "", rank: int = 0) -> EditionKind:
        """Keep what it is called, and how much it knows of a service, beside the stored word."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words, member.rank = words, rank
        return member

    # The higher the rank, the more its facts about a service are worth; see services.versions.
    LATEST_RATINGS = "latest_ratings_locations", "Latest ratings", 2
    REGISTER = "register", "Register (active locations)", 3
    DEACTIVATED = "deactivated", "Deactivated locations", 3
    DIRECTORY = "directory", "Directory", 1
    API = "api", "CQC's API", 3
    RESULTS = "organisation_results", "Results of organisations", 0


class Edition(Base):
    """One CQC file or sync: never overwritten, never loaded twice.

    `authorities` are the local authorities and `domains` the rating domains it speaks of; empty where it lists none. An
    edition that `is_part` speaks only of what it lists, and leaves the rest as it was. `effects` counts what changed.
    """

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    as_at: Mapped[date]
    loaded_at: Mapped[datetime]
    # A provider comes from an edition, a person may be a provider's, an edition was loaded by one: a ring, cut here.
    loaded_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", name="fk_edition_loaded_by_id_person", use_alter=True)
    )
    rows_read: Mapped[int]
    stored: Mapped[int]
    merged: Mapped[int]
    set_aside: Mapped[dict[str, int]] = mapped_column(JSON)
    warnings: Mapped[list[str]] = mapped_column(JSON)
    is_part: Mapped[bool] = mapped_column(default=False, server_default="0")
    authorities: Mapped[list[str] | None] = mapped_column(JSON)
    domains: Mapped[list[str] | None] = mapped_column(JSON)
    effects: Mapped[dict[str, int] | None] = mapped_column(JSON)

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
