"""CQC's ratings. A row is never changed: a new edition closes it and adds another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.core.database import Base, words_of
from quality.cqc import RatingWord
from quality.services.held import Held
from quality.services.models import Edition, Service

OVERALL = "Overall"
KEY_QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")
_WHY_NOT_RATED = {
    RatingWord.NOT_RATED: "Not rated: CQC may rate each kind of service by itself instead.",
    RatingWord.INSPECTED_BUT_NOT_RATED: "Inspected but not rated: CQC looked at this and gave no rating.",
    RatingWord.INSUFFICIENT_EVIDENCE: "Insufficient evidence to rate: CQC had too little to go by.",
    RatingWord.NO_PUBLISHED_RATING: "No published rating: CQC has not published one yet.",
    RatingWord.NOT_APPLICABLE: "Not applicable: the question does not arise here.",
    RatingWord.REGULATIONS_MET: "CQC does not rate dentists; it says whether they meet the regulations.",
    RatingWord.REGULATIONS_NOT_MET: "CQC does not rate dentists; it says whether they meet the regulations.",
}


class Rating(Held, Base):
    """One published value: for a service, one of its service groups (or Overall) and one domain.

    It holds from one edition to another. One that `is_past` was told only as history, by an edition that also told what
    came after it: it has held on no day that we know of. `framework_code` is the rating framework it was given under,
    where the source says it, and is empty where it does not. `percentage` and `statements` are what an assessment
    scored: [["Learning culture", 3], …], each of 1 to 4.
    """

    __tablename__ = "rating"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    service_group: Mapped[str] = mapped_column(String(120))
    domain: Mapped[str] = mapped_column(String(40))
    word: Mapped[RatingWord] = mapped_column(words_of(RatingWord, "word_known"))
    published_text: Mapped[str] = mapped_column(String(60))
    published_on: Mapped[date | None]
    report_type: Mapped[str] = mapped_column(String(40), default="")
    inherited: Mapped[bool | None]
    # Whose rating it was first, where it was inherited and CQC says from which service.
    inherited_from: Mapped[str | None] = mapped_column(String(20))
    is_past: Mapped[bool] = mapped_column(default=False, server_default="0")
    framework_code: Mapped[str | None] = mapped_column(ForeignKey("rating_framework.code"))
    percentage: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    statements: Mapped[list[list[Any]] | None] = mapped_column(JSON(none_as_null=True))

    service: Mapped[Service] = relationship()
    from_edition: Mapped[Edition] = relationship(foreign_keys="Rating.from_edition_id")

    __table_args__ = (
        CheckConstraint(
            "to_edition_id IS NULL OR to_edition_id <> from_edition_id", name="ends_in_a_later_edition"
        ),
        Index("ix_rating_service_id_held_from", "service_id", "held_from"),
        # What an edition ended is found by it.
        Index(
            "ix_rating_to_edition_id",
            "to_edition_id",
            sqlite_where=text("to_edition_id IS NOT NULL"),
            postgresql_where=text("to_edition_id IS NOT NULL"),
        ),
        Index(
            "uq_rating_current",
            "service_id",
            "service_group",
            "domain",
            unique=True,
            sqlite_where=text("held_to IS NULL"),
            postgresql_where=text("held_to IS NULL"),
        ),
    )

    @property
    def why_not_rated(self) -> str:
        """Why this is none of the four ratings, in a sentence; empty when it is one of them."""
        return _WHY_NOT_RATED.get(self.word, "")

    def age_on(self, day: date) -> str:
        """How old the rating is on a day, in whole years and months: "4 years and 2 months"; empty without a date."""
        if self.published_on is None:
            return ""
        earlier_in_month = day.day < self.published_on.day
        months = (
            (day.year - self.published_on.year) * 12 + day.month - self.published_on.month - earlier_in_month
        )
        if months < 1:
            return "less than a month"
        years, rest = divmod(months, 12)
        return " and ".join(
            _counted(count, word) for count, word in ((years, "year"), (rest, "month")) if count
        )


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
