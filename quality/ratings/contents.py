"""A whole file of *Latest ratings*, read and checked before the database is touched.

Every row repeats the facts of its service, so those must agree; rows that say the same thing twice become one. What the
file says of ratings is packed, so that a national file of 324,000 rows takes a few megabytes of memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy.orm import InstrumentedAttribute

from quality.cqc import CqcFileError, RatingRow, RatingsFile
from quality.cqc.errors import quoted
from quality.cqc.latest_ratings import HEADINGS
from quality.cqc.rows import PublishedRating
from quality.ratings.models import Rating
from quality.ratings.packed import PackedRatings, Said
from quality.services.models import LocalAuthority, Provider, Service
from quality.services.placing import Register
from quality.services.told import NO_AUTHORITY, Told

# Why rows are set aside.
TWO_RATINGS = "two different ratings of one thing and date"

ROWS_BETWEEN_PROGRESS = 10_000
Progress = Callable[[int], None]


class Facts(NamedTuple):
    """What every row of a service says of it and its provider, in the order in which RatingRow has it."""

    service_name: str
    care_home: bool | None
    location_type: str | None
    primary_category: str | None
    address_1: str | None
    address_2: str | None
    town: str | None
    postcode: str | None
    local_authority: str | None
    region: str | None
    url: str | None
    provider_id: str
    provider_name: str
    brand_id: str | None
    brand_name: str | None


class _Whose(NamedTuple):
    """Whose facts are compared."""

    word: str
    id_field: str
    fields: tuple[str, ...]


_SERVICE = _Whose("service", "service_id", Facts._fields)
_OF_SERVICE = Facts._fields.index("provider_name")
_PROVIDER = _Whose("provider", "provider_id", Facts._fields[_OF_SERVICE:])
# CQC keeps addresses in two systems, which spell some of them differently; nobody is misled by either spelling.
_MAY_DIFFER = frozenset({"address_1", "address_2", "town", "url", "region", "brand_id", "brand_name"})
_FIELDS = RatingRow._fields
_take_authority = itemgetter(Facts._fields.index("local_authority"))
_take_region = itemgetter(Facts._fields.index("local_authority"), Facts._fields.index("region"))
_PROVIDER_ID = Facts._fields.index("provider_id")
_PROVIDER_COLUMNS = ("name", "brand_id", "brand_name")
_SERVICE_COLUMNS = (
    "name",
    "is_care_home",
    "location_type",
    "primary_category",
    "address_1",
    "address_2",
    "town",
    "postcode",
    "local_authority_id",
    "url",
    "provider_id",
)


def _in_columns(facts: tuple[Any, ...]) -> tuple[Any, ...]:
    """The facts as the register has them, in the order of `_SERVICE_COLUMNS`."""
    name, care_home, kind, category, address_1, address_2, town, postcode, authority, _, url, provider, *_ = (
        facts
    )
    texts = (kind or "", category or "", address_1 or "", address_2 or "", town or "", postcode or "")
    return (name, care_home, *texts, authority, url or "", provider)


def _room(**columns: InstrumentedAttribute[Any]) -> tuple[tuple[int, int], ...]:
    """Where a field stands in a row, and how many characters its column has room for."""
    return tuple((_FIELDS.index(name), column.type.length) for name, column in columns.items())


# Nothing CQC publishes comes near; a value beyond is a fault of the file.
_ROOM_OF_FACTS = _room(
    service_id=Service.cqc_id,
    service_name=Service.name,
    location_type=Service.location_type,
    primary_category=Service.primary_category,
    address_1=Service.address_1,
    address_2=Service.address_2,
    town=Service.town,
    postcode=Service.postcode,
    local_authority=LocalAuthority.name,
    region=LocalAuthority.region,
    provider_id=Provider.cqc_id,
    provider_name=Provider.name,
    brand_id=Provider.brand_id,
    brand_name=Provider.brand_name,
)
_ROOM_OF_RATING = _room(
    service_group=Rating.service_group,
    published_text=Rating.published_text,
    report_type=Rating.report_type,
)


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
        self.contents = Contents(Register(_PROVIDER_COLUMNS, _SERVICE_COLUMNS))
        self.facts: dict[str, tuple[Any, ...]] = {}
        # By the rating half of a row, the numbers of its key and of what it says.
        self.said: dict[tuple[Any, ...], tuple[int, int]] = {}
        # The service whose rows are being taken in, its half of a row, and what its rows say.
        self.service = ""
        self.half: tuple[Any, ...] = ()
        self.ratings: dict[int, tuple[int, int]] = {}
        # The rows that say different things of one key and date.
        self.disputed: dict[tuple[str, int], list[int]] = {}
        self.spelt_otherwise: set[tuple[str, str]] = set()  # The id of a service or provider, and the field.

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
        if known is facts:
            _check_room((number, *half), _ROOM_OF_FACTS)
        elif known != facts:
            _check_room((number, *half), _ROOM_OF_FACTS)
            self.facts[service] = self._agreed(_SERVICE, service, known, facts)

    def _put(self) -> None:
        if self.service:
            self.contents.ratings.put(self.service, self.ratings)

    def _say(self, number: int, service: tuple[Any, ...], rating: tuple[Any, ...]) -> tuple[int, int]:
        _check_room((number, *service, *rating), _ROOM_OF_RATING)
        group, domain, word, text, day, report_type, inherited = rating
        ratings = self.contents.ratings
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
        contents.register = self._register()
        contents.warnings = [*self.file.warnings, *contents.warnings, *self._spelling_warnings()]
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
        nowhere = {cqc_id for cqc_id, facts in self.facts.items() if _take_authority(facts) is None}
        for cqc_id in nowhere:
            self.contents.set_aside[NO_AUTHORITY] += self.contents.ratings.remove(cqc_id)
            del self.facts[cqc_id]

    def _register(self) -> Register:
        services: dict[str, tuple[Any, ...]] = {}
        providers: dict[str, tuple[Any, ...]] = {}
        regions: Counter[tuple[str, str | None]] = Counter()
        for cqc_id, facts in self.facts.items():
            services[cqc_id] = _in_columns(facts)
            regions[_take_region(facts)] += 1
            provider, of_provider = facts[_PROVIDER_ID], facts[_OF_SERVICE:]
            known = providers.setdefault(provider, of_provider)
            if known is not of_provider and known != of_provider:
                providers[provider] = self._agreed(_PROVIDER, provider, known, of_provider)
        return Register(_PROVIDER_COLUMNS, _SERVICE_COLUMNS, providers, services, regions)

    def _agreed(
        self, whose: _Whose, cqc_id: str, held: tuple[Any, ...], new: tuple[Any, ...]
    ) -> tuple[Any, ...]:
        """One set of facts from two: what one row leaves blank, another may give. CqcFileError where they disagree."""
        agreed = []
        for name, one, other in zip(whose.fields, held, new, strict=True):
            if one is not None and other is not None and one != other:
                if name not in _MAY_DIFFER:
                    raise self._disagreement(whose, cqc_id, name, one, other)
                self.spelt_otherwise.add((cqc_id, name))
            agreed.append(other if one is None else one)
        return tuple(agreed)

    def _disagreement(self, whose: _Whose, cqc_id: str, name: str, one: Any, other: Any) -> CqcFileError:
        first, second = (self._row_where({whose.id_field: cqc_id, name: value}) for value in (one, other))
        return CqcFileError(
            f'Rows {first} and {second} disagree about the {whose.word} {cqc_id}: "{HEADINGS[name]}" is '
            f"{_shown(one)} in one and {_shown(other)} in the other."
        )

    def _row_where(self, values: Mapping[str, Any]) -> int:
        """The number of the first row with these values. It reads the file again, which only a fault is worth."""
        places = [(_FIELDS.index(name), value) for name, value in values.items()]
        return next(
            row.row_number for row in self.file.rows() if all(row[at] == value for at, value in places)
        )

    def _spelling_warnings(self) -> Iterator[str]:
        """What the person should know about rows of which the first was believed."""
        for name, count in sorted(Counter(name for _, name in self.spelt_otherwise).items()):
            about = "provider" if name in _PROVIDER.fields else "service"
            yield (
                f'"{HEADINGS[name]}" differs between the rows of {count:,} {about}{"s" if count > 1 else ""}: '
                "what the first row says was kept."
            )


def _check_room(row: tuple[Any, ...], room: tuple[tuple[int, int], ...]) -> None:
    for place, most in room:
        value = row[place]
        if value is not None and len(value) > most:
            raise CqcFileError(
                f'In row {row[0]}, "{HEADINGS[_FIELDS[place]]}" is {quoted(value)}, '
                f"and there is room for {most} characters."
            )


def _shown(value: str | bool) -> str:
    return quoted(("N", "Y")[value] if isinstance(value, bool) else value)
