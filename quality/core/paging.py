"""Pages of a list. One row more than a page is asked for, so that no list has to be counted to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

PAGE_SIZE = 25
# Nobody turns so many pages; a longer number in an address would not even fit the database's own.
LAST_PAGE = 100_000

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list: its rows, its number from 1, and whether another follows."""

    rows: Sequence[Row]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """True on every page but the first."""
        return self.number > 1


def page_of(rows: Sequence[Row], number: int, size: int = PAGE_SIZE) -> Page[Row]:
    """Make a page from up to `size + 1` rows that were fetched at `offset(number, size)`."""
    return Page(rows=rows[:size], number=number, has_next=len(rows) > size)


def offset(number: int, size: int = PAGE_SIZE) -> int:
    """How many rows come before this page."""
    return (min(max(number, 1), LAST_PAGE) - 1) * size
