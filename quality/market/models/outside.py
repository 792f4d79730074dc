"""What others published about the market.

Nothing here shares a column with our own figures, and nothing is ever worked out from both.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.core.database import Base, words_of

ONS_CODE = re.compile(r"[EWSN][0-9]{8}")


class OutsideLayout(StrEnum):
    """How a file of outside figures is laid out."""

    WRITTEN = "written"  # A TOML file that people write by hand.
    ASCOF_6B = "ascof-6b"
    LG_INFORM = "lg-inform"


class OutsideSeries(Base):
    """One series as one file told it: what was measured, by whom, and how it differs from ours.

    A later file of the same series makes another row with the same key. `speaks_until` says which is the newer: the
    last day that its figures speak of or, where people wrote it, the day they read the source.
    """

    __tablename__ = "outside_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    layout: Mapped[OutsideLayout] = mapped_column(words_of(OutsideLayout, "layout_known"))
    title: Mapped[str] = mapped_column(String(255))
    publisher: Mapped[str] = mapped_column(String(255))
    address: Mapped[str] = mapped_column(Text)  # Of the source; empty where our copy bears none.
    licence: Mapped[str] = mapped_column(String(255))
    measure: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text)
    # The word of our own scope that it is shown beside.
    beside: Mapped[str] = mapped_column(String(30))
    comparators: Mapped[str] = mapped_column(
        Text
    )  # Whom the source compared with; empty where it compared with nobody.
    denominator_stated: Mapped[bool]
    differences: Mapped[list[dict[str, str]]] = mapped_column(JSON)  # Each: about, theirs, ours.
    speaks_until: Mapped[date]
    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime]

    figures: Mapped[list[OutsideFigure]] = relationship(back_populates="series")
    claims: Mapped[list[OutsideClaim]] = relationship(back_populates="series")

    __table_args__ = (
        UniqueConstraint("key", "sha256"),
        CheckConstraint("length(trim(key)) > 0", name="key_given"),
    )


class SaidOfAnArea:
    """Which area something was published about, and of when: columns that figures and claims share.

    `period` is the source's own label. `as_at` is the day the source states; `period_end` the last day of the period.
    """

    area_code: Mapped[str | None] = mapped_column(String(9), index=True)
    area_name: Mapped[str] = mapped_column(String(120))
    period: Mapped[str] = mapped_column(String(60))
    as_at: Mapped[date | None]
    period_end: Mapped[date | None]

    @property
    def day(self) -> date | None:
        """The day that it speaks of, as nearly as the source lets one say."""
        return self.as_at or self.period_end


class OutsideFigure(SaidOfAnArea, Base):
    """One figure in per cent, exactly as it was published; k of n where the source gives both."""

    __tablename__ = "outside_figure"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("outside_series.id"), index=True)
    k: Mapped[int | None]
    n: Mapped[int | None]
    value_text: Mapped[str] = mapped_column(String(20))
    precision: Mapped[int]
    note: Mapped[str] = mapped_column(Text)

    series: Mapped[OutsideSeries] = relationship(back_populates="figures")

    __table_args__ = (
        CheckConstraint("k >= 0 AND k <= n AND n > 0", name="k_of_n"),
        CheckConstraint("(k IS NULL) = (n IS NULL)", name="both_or_neither"),
        CheckConstraint("precision >= 0", name="precision_counts_decimals"),
    )

    @property
    def value(self) -> Decimal:
        """The published figure in per cent, with the decimals it was published with."""
        return Decimal(self.value_text.removesuffix("%").strip())


class OutsideClaim(SaidOfAnArea, Base):
    """Something published in words, such as a rank, with what can be said about it and what cannot.

    `shown_with` are ONS codes of other areas whose pages it belongs on, where its own area has no page.
    """

    __tablename__ = "outside_claim"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("outside_series.id"), index=True)
    shown_with: Mapped[list[str]] = mapped_column(JSON)
    words: Mapped[str] = mapped_column(Text)
    can_be_said: Mapped[str] = mapped_column(Text)
    cannot_be_said: Mapped[str] = mapped_column(Text)

    series: Mapped[OutsideSeries] = relationship(back_populates="claims")
