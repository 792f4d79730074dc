"""What a letter says, as plain data: no database row, no request, nothing to be looked up later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from quality.core.clock import LONDON

__all__ = ["Council", "Letter", "Part", "Signatory", "Table"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Council:
    """Who writes: its name, its colour as #rrggbb, and how one reaches its quality team (empty where nobody said)."""

    name: str
    colour: str
    contact: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Signatory:
    """Who signs: a name, what they are at the council, and where they can be written to."""

    name: str
    job_title: str
    email: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the first cell of a row says what the row is of."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of a letter under a heading (empty for none): sentences, then a list, then a table, then what follows."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    table: Table | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One letter. The same letter gives the same bytes in every form, so it carries a day and no moment."""

    title: str
    subject: str
    reference: str
    written_on: date
    council: Council
    to: tuple[str, ...]
    greeting: str
    parts: tuple[Part, ...]
    signatory: Signatory
    enclosed: tuple[str, ...] = ()

    @property
    def created(self) -> datetime:
        """The moment that its files carry: the beginning of its day in England."""
        return datetime.combine(self.written_on, time(), LONDON)
