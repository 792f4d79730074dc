"""Issued reports: numbered, with the snapshot they say and the hash of the bytes they are."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.audits.models import Audit
from quality.core.database import Base


class ReportDraft(Base):
    """The draft of an audit's report as it was last printed: what it says, by its hash, and the bytes by theirs.

    Printed ahead, so that nobody waits for it; replaced by the next; never issued, and never verified as if it were.
    """

    __tablename__ = "report_draft"
    unrecorded: ClassVar[bool] = True

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), primary_key=True)
    snapshot_sha256: Mapped[str] = mapped_column(String(64))
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    pdf_bytes: Mapped[int]
    made_at: Mapped[datetime]


class Report(Base):
    """One issue of a report. Numbered with its snapshot first; issued when its bytes are stored; never changed after.

    Triggers refuse a change to the number, the snapshot and, once issued, to anything.
    """

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    number: Mapped[str] = mapped_column(String(30), unique=True)
    issue: Mapped[int] = mapped_column(default=1)
    local_authority_id: Mapped[int] = mapped_column(ForeignKey("local_authority.id"), index=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    snapshot: Mapped[str] = mapped_column(Text)
    snapshot_sha256: Mapped[str] = mapped_column(String(64))
    numbered_at: Mapped[datetime]
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    pdf_bytes: Mapped[int | None]
    issued_at: Mapped[datetime | None]

    audit: Mapped[Audit] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        UniqueConstraint("audit_id", "issue"),
        CheckConstraint("(issued_at IS NULL) = (pdf_sha256 IS NULL)", name="issued_with_its_bytes"),
        CheckConstraint("(pdf_sha256 IS NULL) = (pdf_bytes IS NULL)", name="hash_with_its_size"),
    )
