"""What a file of outside figures tells, before it is stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from quality.core.errors import Refused
from quality.market.models.outside import OutsideLayout

__all__ = [
    "Difference",
    "OutsideFileError",
    "SeriesWords",
    "ToldClaim",
    "ToldFigure",
    "ToldFile",
    "ToldSeries",
]


class OutsideFileError(Refused):
    """A file of outside figures that cannot be taken in. The message says which row and column, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a published figure differs from ours."""

    about: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class SeriesWords:
    """What has to be known of a series to read its figures. The fields mean what OutsideSeries says."""

    key: str
    title: str
    publisher: str
    address: str
    licence: str
    measure: str
    scope: str
    beside: str
    comparators: str
    denominator_stated: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """One figure of one area and period, as OutsideFigure keeps it."""

    area_code: str | None
    area_name: str
    period: str
    value_text: str
    precision: int
    as_at: date | None = None
    period_end: date | None = None
    k: int | None = None
    n: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ToldClaim:
    """One claim in words, as OutsideClaim keeps it."""

    area_code: str | None
    area_name: str
    period: str
    words: str
    can_be_said: str
    cannot_be_said: str
    as_at: date | None = None
    period_end: date | None = None
    shown_with: tuple[str, ...] = ()


@dataclass(slots=True)
class ToldSeries:
    """A series with what it says."""

    words: SeriesWords
    speaks_until: date
    figures: list[ToldFigure] = field(default_factory=list)
    claims: list[ToldClaim] = field(default_factory=list)


@dataclass(slots=True)
class ToldFile:
    """What a file tells. `rows_read` counts its rows, of which each may hold a figure for each of several periods."""

    layout: OutsideLayout
    series: list[ToldSeries]
    rows_read: int
    set_aside: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)

    @property
    def stored(self) -> int:
        """How many figures and claims there are to store."""
        return sum(len(one.figures) + len(one.claims) for one in self.series)
