"""What has ever held of adult social care services, as columns of numbers, so that any day can be counted at once.

A row holds from a day up to, and not including, another, like the rows of the database it was read from. Days are
numbers since 1 January 1970; `FOR_EVER` stands for "holds still". A service is known here by its place in `cqc_ids`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quality.ratings.comparability import CQC_2014, CQC_SAF
from quality.ratings.standing import RATINGS

__all__ = [
    "FOR_EVER",
    "FRAMEWORKS",
    "NO_RATING",
    "OTHER",
    "Columns",
    "Facts",
    "Given",
    "Numbers",
    "day_number",
    "number_of",
]

Numbers = NDArray[Any]
FOR_EVER = np.iinfo(np.int32).max
_BEGINNING = date(1970, 1, 1)
# What CQC's words count as: from 1, Outstanding, to 4, Inadequate; 0 for every word that is no rating.
NO_RATING = 0
# The category of a care home that CQC files under something that is no adult social care.
OTHER = 3
# The frameworks a source can say that a rating was given under; 0 where it says none.
FRAMEWORKS = (None, CQC_2014, CQC_SAF)
_NUMBERS = {word.value: number for number, word in enumerate(RATINGS, start=1)}


def day_number(day: date) -> int:
    """The number of a day."""
    return (day - _BEGINNING).days


def number_of(word: str) -> int:
    """What a word of CQC's counts as: 1 to 4, best first, or NO_RATING."""
    return _NUMBERS.get(word, NO_RATING)


@dataclass(frozen=True)
class Facts:
    """What CQC said of services: one row for each time that something else was said.

    `category` is 1 for residential, 2 for community based, OTHER, and 0 where none was told; `care_home` 1, 0 or -1
    (not told); `traits` the number of the set of service types and specialisms, 0 where none was told; `primary` the
    place of the registration that counts for the same address, -1 where there is none; `beds` -1 where not told;
    `postcode` the number that `Columns.postcodes` gives it, 0 where there is none.
    """

    service: Numbers
    authority: Numbers
    provider: Numbers
    brand: Numbers
    category: Numbers
    care_home: Numbers
    traits: Numbers
    beds: Numbers
    dormant: Numbers
    primary: Numbers
    postcode: Numbers
    registered: Numbers
    ended: Numbers
    held_from: Numbers
    held_to: Numbers


@dataclass(frozen=True)
class Given:
    """The overall ratings CQC published: of the whole service (`group` 0) or of one of its service groups.

    `word` is as `number_of` says; `inherited` 1 where CQC says so; `published` 0 where there is no date; `framework`
    the place in FRAMEWORKS.
    """

    service: Numbers
    group: Numbers
    word: Numbers
    published: Numbers
    inherited: Numbers
    framework: Numbers
    held_from: Numbers
    held_to: Numbers


@dataclass(frozen=True)
class Columns:
    """All of it, with what the numbers stand for.

    `service_ids` are the database's, by place, in ascending order; `edition_days` the days of CQC's files and syncs,
    oldest first.
    """

    service_ids: Numbers
    facts: Facts
    given: Given
    authorities: dict[int, str]
    regions: dict[int, str]
    brands: dict[str, int]
    traits: dict[tuple[str, str], frozenset[int]]
    postcodes: dict[str, int]
    edition_days: tuple[date, ...]

    @property
    def first_day(self) -> date | None:
        """The day of the oldest edition; none before anything was loaded."""
        return self.edition_days[0] if self.edition_days else None

    @property
    def size(self) -> int:
        """How many services have ever been told of."""
        return len(self.service_ids)

    def places_of(self, service_ids: list[int]) -> Numbers:
        """The places of services by their database ids; those that are no adult social care are left out."""
        asked = np.asarray(sorted(set(service_ids)), dtype=np.int64)
        found = np.searchsorted(self.service_ids, asked)
        inside = found < self.size
        found, asked = found[inside], asked[inside]
        places: Numbers = found[self.service_ids[found] == asked]
        return places
