"""Issued reports: numbered, with the snapshot they say and the hash of the bytes they are."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.audits.models import Audit
from quality.core.database import Base, words_of


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


class Variant(StrEnum):
    """Another form of an issued report, for whoever cannot use the usual one. The value stands in addresses.

    `words` say how the report is given in it: "in large print". `named` names it by itself.
    """

    words: str
    named: str

    def __new__(cls, value: str, words: str = "", named: str = "") -> Variant:
        """Keep the words beside the stored value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words, member.named = words, named
        return member

    EASY = "easy", "as easy read", "Easy read"
    LARGE = "large", "in large print", "Large print"


class ReportVariant(Base):
    """The file of an issued report in another form, by its hash. Made once, of the report's snapshot; never changed.

    Triggers refuse one of a report that is not issued, and every change.
    """

    __tablename__ = "report_variant"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    variant: Mapped[Variant] = mapped_column(words_of(Variant, "variant_known"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    made_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("size > 0", name="holds_something"),)
