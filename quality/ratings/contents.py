"""A whole file of *Latest ratings*, read and checked before the database is touched.

Every row repeats the facts of its service, so those must agree; rows that say the same thing twice become one. What the
file says of ratings is packed, so that a national file of 324,000 rows takes a few megabytes of memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from quality.cqc import RatingsFile
from quality.cqc.following import Following
from quality.cqc.latest_ratings import HEADINGS
from quality.cqc.rows import PublishedRating
from quality.ratings.agreeing import (
    OF_PROVIDER,
    PROVIDER,
    PROVIDER_COLUMNS,
    PROVIDER_ID,
    SERVICE,
    SERVICE_COLUMNS,
    Agreement,
    in_columns,
    take_authority,
    take_region,
)
from quality.ratings.packed import PackedRatings, Said
from quality.ratings.room import long_text
from quality.services.placing import Register
from quality.services.reading import ROWS_BETWEEN_PROGRESS, Progress
from quality.services.room import no_room
from quality.services.told import NO_AUTHORITY, Run, Told

# Why rows are set aside.
TWO_RATINGS = "two different ratings of one thing and date"


@dataclass
class Contents(Told):
    """What a file or sync says of services and of their ratings."""

    ratings: PackedRatings = field(default_factory=PackedRatings)
    # Of providers as a whole: the provider's CQC id and name, and a rating.
    of_providers: list[tuple[str, str, PublishedRating]] = field(default_factory=list)

    @property
    def domains(self) -> list[str] | None:
        """The rating domains it speaks of, by name."""
        return sorted(self.unchanged.domains.union(domain for _, domain in self.ratings.keys))

    @property
    def stored(self) -> int:
        """How many rows it comes to: each rating is one."""
        return len(self.ratings) + self.unchanged.rows

    def runs(self) -> Iterator[Run]:
        """The rows of each service whose rows follow each other."""
        for service in self.ratings:
            rows = [row for _, row in self.ratings.numbers(service).values()]
            if rows and max(rows) - min(rows) + 1 == len(rows):
                yield Run(service, min(rows), len(rows))


def read_contents(
    file: RatingsFile, progress: Progress | None = None, following: Following | None = None
) -> Contents:
    """Read the whole file, or what differs from an earlier one that is followed.

    CqcFileError with a sentence at the first thing that cannot be right; NotFollowed when it must be read as a whole.
    `progress` is told now and then how many rows were read.
    """
    contents = _Reading(file, progress).read(following)
    contents.of_providers = list(file.provider_rows())
    return contents


class _Reading:
    """Takes rows in, and remembers what does not agree."""

    def __init__(self, file: RatingsFile, progress: Progress | None) -> None:
        self.file = file
        self.progress = progress
        self.told = 0  # How many rows it was told of.
        self.contents = Contents(Register(PROVIDER_COLUMNS, SERVICE_COLUMNS))
        self.facts: dict[str, tuple[Any, ...]] = {}
        # The service whose rows are being taken in, and what its rows say.
        self.service = ""
        self.ratings: dict[int, tuple[int, int]] = {}
        # The rows that say different things of one key and date.
        self.disputed: dict[tuple[str, int], list[int]] = {}
        self.agreement = Agreement(file)

    def read(self, following: Following | None) -> Contents:
        """Take every row in: what stands in the loop runs for every row of a national file."""
        ratings, same = self.contents.ratings, None
        parts = self.file.parts(ratings.number_of_key, self._number_of, following)
        for number, service, key, said in parts:
            if service is not same:
                same = service
                self._begin(number, service)
            new = (said, number)
            held = self.ratings.setdefault(key, new)
            if held is not new:
                self._take_again(key, held, new)
        self._put()
        return self._finish()

    def _begin(self, number: int, facts: tuple[Any, ...]) -> None:
        """Rows of another service come, or the same service with other facts. CQC sorts them: few come twice."""
        service = facts[0]
        if service != self.service:
            self._put()
            self.service = service
            self.ratings = self.contents.ratings.numbers(service) if service in self.facts else {}
        known = self.facts.setdefault(service, facts)
        if known is not facts and known != facts:
            self.facts[service] = self.agreement.agreed(SERVICE, service, known, facts)
        if self.progress and number - self.told >= ROWS_BETWEEN_PROGRESS:
            self.told = number
            self.progress(self.file.rows_read)

    def _put(self) -> None:
        if self.service:
            self.contents.ratings.put(self.service, self.ratings)

    def _number_of(self, rating: tuple[Any, ...]) -> int:
        word, text, day, report_type, inherited = rating
        return self.contents.ratings.number_of(Said(word, text, day, report_type or "", inherited))

    def _finish(self) -> Contents:
        """Settle what only the whole file can settle."""
        contents = self.contents
        contents.rows_read = self.file.rows_read
        self._check_room_of_ratings()
        self._set_aside_disputed()
        self._set_aside_without_authority()
        contents.register = self._register()
        self.agreement.check_room(contents.register)
        contents.unsure = {cqc_id for cqc_id, _ in self.agreement.spelt_otherwise}
        contents.warnings = [*self.file.warnings, *contents.warnings, *self.agreement.warnings()]
        return contents

    def _check_room_of_ratings(self) -> None:
        ratings = self.contents.ratings
        found = long_text(ratings.keys, ratings.said)
        if found is not None:
            _, row = ratings.where(found.text)
            raise no_room(f"row {row}", f'"{HEADINGS[found.column]}"', found.text, found.most)

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
        services = {cqc_id: in_columns(facts) for cqc_id, facts in self.facts.items()}
        regions = Counter(map(take_region, self.facts.values()))
        providers: dict[str, tuple[Any, ...]] = {}
        for facts in self.facts.values():
            provider, of_provider = facts[PROVIDER_ID], facts[OF_PROVIDER:]
            known = providers.setdefault(provider, of_provider)
            if known is not of_provider and known != of_provider:
                providers[provider] = self.agreement.agreed(PROVIDER, provider, known, of_provider)
        return Register(PROVIDER_COLUMNS, SERVICE_COLUMNS, providers, services, regions)
