"""CQC's ratings. A row is never changed: a new edition closes it and adds another."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.core.database import Base, words_of
from quality.cqc import RatingWord
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


class Rating(Base):
    """One published value: for a service, one of its service groups (or Overall) and one domain.

    It holds from `from_edition` until `to_edition`, which is empty while it is current.
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
    from_edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    to_edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))

    service: Mapped[Service] = relationship()
    from_edition: Mapped[Edition] = relationship(foreign_keys=from_edition_id)

    __table_args__ = (
        CheckConstraint(
            "to_edition_id IS NULL OR to_edition_id <> from_edition_id", name="ends_in_a_later_edition"
        ),
        Index(
            "uq_rating_current",
            "service_id",
            "service_group",
            "domain",
            unique=True,
            sqlite_where=to_edition_id.is_(None),
            postgresql_where=to_edition_id.is_(None),
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
