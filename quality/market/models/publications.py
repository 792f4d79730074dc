"""Published editions of the market: drafts that can be changed, then numbered, frozen and never changed again."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.core.database import Base
from quality.people.models import Person
from quality.services.models import LocalAuthority


class Publication(Base):
    """A council's market as at a day. A draft until it has a number; with it, triggers refuse every change but one:
    the hash of its PDF, once, when that is made.

    `scopes`, `rule` and `compare` are the words and keys that its figures are asked by. `show_small` says whether
    figures of 0 to 5 services are shown. `snapshot` is all that it says, as JSON whose hash is `snapshot_sha256`.
    """

    __tablename__ = "market_publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    local_authority_id: Mapped[int] = mapped_column(ForeignKey("local_authority.id"), index=True)
    form_key: Mapped[str] = mapped_column(String(40), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(200))
    as_at: Mapped[date]
    scopes: Mapped[list[str]] = mapped_column(JSON)
    rule: Mapped[str] = mapped_column(String(60))
    compare: Mapped[str] = mapped_column(String(120))
    introduction: Mapped[str] = mapped_column(Text)
    notes: Mapped[str] = mapped_column(Text)
    show_small: Mapped[bool]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("market_publication.id"))
    correction: Mapped[str] = mapped_column(Text)
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drafted_at: Mapped[datetime]
    number: Mapped[int | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
    snapshot: Mapped[str | None] = mapped_column(Text)
    snapshot_sha256: Mapped[str | None] = mapped_column(String(64))
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    pdf_bytes: Mapped[int | None]

    local_authority: Mapped[LocalAuthority] = relationship(lazy="joined", innerjoin=True)
    corrects: Mapped[Publication | None] = relationship(remote_side="Publication.id")
    drafted_by: Mapped[Person] = relationship(foreign_keys=[drafted_by_id])

    __table_args__ = (
        UniqueConstraint("local_authority_id", "number"),
        # A publication is corrected once; what has to be corrected again is the correction.
        Index(
            "uq_market_publication_corrected_once",
            "corrects_id",
            unique=True,
            sqlite_where=text("number IS NOT NULL"),
            postgresql_where=text("number IS NOT NULL"),
        ),
        CheckConstraint("length(trim(title)) > 0", name="title_given"),
        CheckConstraint("number > 0", name="number_from_one"),
        CheckConstraint("(number IS NULL) = (published_at IS NULL)", name="numbered_when_published"),
        CheckConstraint("(number IS NULL) = (snapshot IS NULL)", name="numbered_with_its_snapshot"),
        CheckConstraint("(snapshot IS NULL) = (snapshot_sha256 IS NULL)", name="snapshot_with_its_hash"),
        CheckConstraint("(pdf_sha256 IS NULL) = (pdf_bytes IS NULL)", name="pdf_with_its_size"),
        CheckConstraint("pdf_sha256 IS NULL OR snapshot IS NOT NULL", name="pdf_of_a_snapshot"),
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy's own declaration.

    @property
    def is_published(self) -> bool:
        """True once it is frozen."""
        return self.number is not None
