"""Issued reports: numbered, with the snapshot they say and the hash of the bytes they are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.audits.models import Audit
from quality.core.database import Base


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
