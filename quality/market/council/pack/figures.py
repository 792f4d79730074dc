"""What a figure of the evidence pack is: plain data, with the list behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quality.core.errors import Refused
from quality.scoring.percentages import percent_of

__all__ = ["EvidencePack", "LeftOut", "PackFigure", "PackPart", "PackRow"]


@dataclass(frozen=True)
class PackRow:
    """A row of the list behind a figure: the cells under `PackFigure.headings`, and where its first cell leads."""

    cells: tuple[str, ...]
    address: str = ""


@dataclass(frozen=True)
class PackPart:
    """A part of a figure: k of n, or, where it is no share, other words."""

    words: str
    k: int | None = None
    n: int | None = None
    value: str = ""

    @property
    def value_words(self) -> str:
        """The value as a table shows it: "3 of 12 (25%)", "none to count", or its own words."""
        if self.k is None or self.n is None:
            return self.value
        return f"{self.k} of {self.n} ({percent_of(self.k, self.n)})" if self.n else "none to count"


@dataclass(frozen=True)
class PackFigure:
    """One figure: k of n, or another value in words; its parts, the rule it is counted by, and its list.

    `words` say in a sentence what is counted, `rule` how. Where a figure has no k and n, `value` is none of its own and
    the parts tell. `chosen` says how the audits behind it came to be chosen; empty where no audit is.
    """

    key: str
    title: str
    words: str
    rule: str
    as_at: date
    k: int | None = None
    n: int | None = None
    value: str = ""
    parts: tuple[PackPart, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[PackRow, ...] = ()
    chosen: str = ""

    @property
    def value_words(self) -> str:
        """The figure in words."""
        return PackPart("", self.k, self.n, self.value).value_words


@dataclass(frozen=True)
class LeftOut:
    """Something the pack should say and the product holds no data for: what, and why."""

    title: str
    why: str


@dataclass(frozen=True)
class EvidencePack:
    """The evidence pack of a council as at a day. `period_begins` is the first day of the twelve months it is about.

    `selection` says how the audits came to be chosen; `told_on` is the day of CQC's newest edition up to the day.
    """

    council: str
    as_at: date
    period_begins: date
    told_on: date | None
    selection: str
    figures: tuple[PackFigure, ...]
    left_out: tuple[LeftOut, ...]

    def figure(self, key: str) -> PackFigure:
        """The figure with this key. Refused, in a sentence, where there is none."""
        for figure in self.figures:
            if figure.key == key:
                return figure
        raise Refused("The evidence pack has no such figure on this day.")
