"""A whole file of *Latest ratings*, read and checked before the database is touched.

Every row repeats the facts of its service, so those must agree; rows that say the same thing twice become one. What the
file says of ratings is packed, so that a national file of 324,000 rows takes a few megabytes of memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from quality.cqc import RatingsFile
from quality.cqc.rows import PublishedRating
from quality.ratings.agreeing import (
    OF_SERVICE,
    PROVIDER,
    PROVIDER_COLUMNS,
    PROVIDER_ID,
    ROOM_OF_RATING,
    SERVICE,
    SERVICE_COLUMNS,
    Agreement,
    check_room,
    in_columns,
    take_authority,
    take_region,
)
from quality.ratings.packed import PackedRatings, Said
from quality.services.placing import Register
from quality.services.told import NO_AUTHORITY, Told

# Why rows are set aside.
TWO_RATINGS = "two different ratings of one thing and date"

ROWS_BETWEEN_PROGRESS = 10_000
_REMEMBERED = (
    20_000  # So many halves of rows are known by what they say; of more, memory is worth more than time.
)
Progress = Callable[[int], None]


@dataclass
class Contents(Told):
    """What a file or sync says of services and of their ratings."""

    ratings: PackedRatings = field(default_factory=PackedRatings)
    # Of providers as a whole: the provider's CQC id and name, and a rating.
    of_providers: list[tuple[str, str, PublishedRating]] = field(default_factory=list)

    @property
    def domains(self) -> list[str] | None:
        """The rating domains it speaks of, by name."""
        return sorted({domain for _, domain in self.ratings.keys})

    @property
    def stored(self) -> int:
        """How many rows it comes to: each rating is one."""
        return len(self.ratings)


def read_contents(file: RatingsFile, progress: Progress | None = None) -> Contents:
    """Read the whole file. CqcFileError with a sentence at the first thing that cannot be right.

    `progress` is told now and then how many rows were read.
    """
    reading = _Reading(file)
    rows = file.halves()
    while batch := list(islice(rows, ROWS_BETWEEN_PROGRESS)):
        reading.take(batch)
        if progress:
            progress(file.rows_read)
    contents = reading.finish()
    contents.of_providers = list(file.provider_rows())
    return contents


class _Reading:
    """Takes rows in, and remembers what does not agree."""

    def __init__(self, file: RatingsFile) -> None:
        self.file = file
        self.contents = Contents(Register(PROVIDER_COLUMNS, SERVICE_COLUMNS))
        self.facts: dict[str, tuple[Any, ...]] = {}
        # By the rating half of a row, the numbers of its key and of what it says.
        self.said: dict[tuple[Any, ...], tuple[int, int]] = {}
        # The service whose rows are being taken in, its half of a row, and what its rows say.
        self.service = ""
        self.half: tuple[Any, ...] = ()
        self.ratings: dict[int, tuple[int, int]] = {}
        # The rows that say different things of one key and date.
        self.disputed: dict[tuple[str, int], list[int]] = {}
        self.agreement = Agreement(file)

    def take(self, rows: Iterable[tuple[int, tuple[Any, ...], tuple[Any, ...]]]) -> None:
        """Take some halves of rows in: this runs for every row of a national file."""
        known = self.said
        for number, service, rating in rows:
            if service is not self.half:
                self._begin(number, service)
            key, said = known.get(rating) or self._say(number, service, rating)
            new = (said, number)
            held = self.ratings.setdefault(key, new)
            if held is not new:
                self._take_again(key, held, new)

    def _begin(self, number: int, half: tuple[Any, ...]) -> None:
        """Rows of another service come, or the same service with other facts. CQC sorts them: few come twice."""
        service, facts = half[0], half[1:]
        self.half = half
        if service != self.service:
            self._put()
            self.service = service
            self.ratings = self.contents.ratings.numbers(service)
        known = self.facts.setdefault(service, facts)
        if known is not facts and known != facts:
            self.facts[service] = self.agreement.agreed(SERVICE, service, known, facts)

    def _put(self) -> None:
        if self.service:
            self.contents.ratings.put(self.service, self.ratings)

    def _say(self, number: int, service: tuple[Any, ...], rating: tuple[Any, ...]) -> tuple[int, int]:
        check_room((number, *service, *rating), ROOM_OF_RATING)
        group, domain, word, text, day, report_type, inherited = rating
        ratings = self.contents.ratings
        if len(self.said) >= _REMEMBERED:
            self.said.clear()
        said = ratings.number_of(Said(word, text, day, report_type or "", inherited))
        self.said[rating] = ratings.number_of_key((group, domain)), said
        return self.said[rating]

    def finish(self) -> Contents:
        """Settle what only the whole file can settle."""
        contents = self.contents
        self._put()
        contents.rows_read = self.file.rows_read
        self._set_aside_disputed()
        self._set_aside_without_authority()
        self.agreement.check_room(self.facts)
        contents.register = self._register()
        contents.warnings = [*self.file.warnings, *contents.warnings, *self.agreement.warnings()]
        return contents

    def _take_again(self, key: int, held: tuple[int, int], new: tuple[int, int]) -> None:
        """A second row for the key: the newest date holds, and of one date there can be only one rating."""
        self.contents.merged += 1
        before, after = (self.contents.ratings.said[number] for number, _ in (held, new))
        then, now = before.published_on or date.min, after.published_on or date.min
        if now > then:
            self.ratings[key] = new
            self.disputed.pop((self.service, key), None)
        elif now == then and after.word is not before.word:
            self.disputed.setdefault((self.service, key), [held[1]]).append(new[1])

    def _set_aside_disputed(self) -> None:
        for (service, key), numbers in self.disputed.items():
            ratings = self.contents.ratings.numbers(service)
            del ratings[key]
            self.contents.ratings.put(service, ratings)
            self.contents.merged -= len(numbers) - 1
            self.contents.set_aside[TWO_RATINGS] += len(numbers)
            group, domain = self.contents.ratings.keys[key]
            self.contents.warnings.append(
                f"Rows {' and '.join(map(str, numbers))} give {service} different ratings of the same date "
                f"({group}, {domain}): CQC's file does not say which is right, so neither was stored."
            )

    def _set_aside_without_authority(self) -> None:
        nowhere = {cqc_id for cqc_id, facts in self.facts.items() if take_authority(facts) is None}
        for cqc_id in nowhere:
            self.contents.set_aside[NO_AUTHORITY] += self.contents.ratings.remove(cqc_id)
            del self.facts[cqc_id]

    def _register(self) -> Register:
        services: dict[str, tuple[Any, ...]] = {}
        providers: dict[str, tuple[Any, ...]] = {}
        regions: Counter[tuple[str, str | None]] = Counter()
        for cqc_id, facts in self.facts.items():
            services[cqc_id] = in_columns(facts)
            regions[take_region(facts)] += 1
            provider, of_provider = facts[PROVIDER_ID], facts[OF_SERVICE:]
            known = providers.setdefault(provider, of_provider)
            if known is not of_provider and known != of_provider:
                providers[provider] = self.agreement.agreed(PROVIDER, provider, known, of_provider)
        return Register(PROVIDER_COLUMNS, SERVICE_COLUMNS, providers, services, regions)
