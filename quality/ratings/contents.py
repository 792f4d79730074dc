"""A whole file of *Latest ratings*, read and checked before the database is touched.

Every row repeats the facts of its service, so those must agree; rows that say the same thing twice become one.
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
from quality.ratings.models import Rating
from quality.services.loading import ProviderFacts, Register, ServiceFacts
from quality.services.models import LocalAuthority, Provider, Service

# Why rows are set aside.
TWO_RATINGS = "two different ratings of one thing and date"
NO_AUTHORITY = "no local authority given"

ROWS_BETWEEN_PROGRESS = 10_000
Progress = Callable[[int], None]
Key = tuple[str, str, str]  # The service's CQC id, the service group, the domain.


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
_FACTS = slice(_FIELDS.index(Facts._fields[0]), _FIELDS.index(Facts._fields[-1]) + 1)
_take_key = itemgetter(*map(_FIELDS.index, ("service_id", "service_group", "domain")))
_take_facts = itemgetter(_FACTS)
_take_words = itemgetter(*map(_FIELDS.index, ("service_group", "published_text", "report_type")))
_take_authority = itemgetter(Facts._fields.index("local_authority"))


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
class Contents:
    """What a file says, each thing once. The ratings, `merged` and `set_aside` add up to `rows_read`."""

    rows_read: int = 0
    merged: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    register: Register = field(default_factory=lambda: Register({}, {}))
    ratings: dict[Key, RatingRow] = field(default_factory=dict)


def read_contents(file: RatingsFile, progress: Progress | None = None) -> Contents:
    """Read the whole file. CqcFileError with a sentence at the first thing that cannot be right.

    `progress` is told now and then how many rows were read.
    """
    reading = _Reading(file)
    rows = file.rows()
    while batch := list(islice(rows, ROWS_BETWEEN_PROGRESS)):
        reading.take(batch)
        if progress:
            progress(file.rows_read)
    return reading.finish()


class _Reading:
    """Takes rows in, and remembers what does not agree."""

    def __init__(self, file: RatingsFile) -> None:
        self.file = file
        self.contents = Contents()
        self.facts: dict[str, tuple[Any, ...]] = {}
        self.disputed: dict[Key, list[int]] = {}  # The rows that say different things of one key and date.
        self.spelt_otherwise: set[tuple[str, str]] = set()  # The id of a service or provider, and the field.

    def take(self, rows: Iterable[RatingRow]) -> None:
        """Take some rows in. They are plain tuples here: this runs for every row of a national file."""
        known_facts, ratings = self.facts, self.contents.ratings
        for row in rows:
            facts, key = _take_facts(row), _take_key(row)
            known = known_facts.setdefault(key[0], facts)
            if known is facts:
                _check_room(row, _ROOM_OF_FACTS)
            elif known != facts:
                _check_room(row, _ROOM_OF_FACTS)
                known_facts[key[0]] = self._agreed(_SERVICE, key[0], known, facts)
            held = ratings.setdefault(key, row)
            if held is not row:
                self._take_again(key, held, row)

    def finish(self) -> Contents:
        """Settle what only the whole file can settle."""
        contents = self.contents
        contents.rows_read = self.file.rows_read
        self._set_aside_disputed()
        self._set_aside_without_authority()
        for row in {_take_words(row): row for row in contents.ratings.values()}.values():
            _check_room(row, _ROOM_OF_RATING)
        contents.register = self._register()
        contents.warnings = [*self.file.warnings, *contents.warnings, *self._spelling_warnings()]
        return contents

    def _take_again(self, key: Key, held: RatingRow, new: RatingRow) -> None:
        """A second row for the key: the newest date holds, and of one date there can be only one rating."""
        self.contents.merged += 1
        then, now = held.published_on or date.min, new.published_on or date.min
        if now > then:
            self.contents.ratings[key] = new
            self.disputed.pop(key, None)
        elif now == then and new.word is not held.word:
            self.disputed.setdefault(key, [held.row_number]).append(new.row_number)

    def _set_aside_disputed(self) -> None:
        for key, numbers in self.disputed.items():
            del self.contents.ratings[key]
            self.contents.merged -= len(numbers) - 1
            self.contents.set_aside[TWO_RATINGS] += len(numbers)
            self.contents.warnings.append(
                f"Rows {' and '.join(map(str, numbers))} give {key[0]} different ratings of the same date "
                f"({key[1]}, {key[2]}): CQC's file does not say which is right, so neither was stored."
            )

    def _set_aside_without_authority(self) -> None:
        nowhere = {cqc_id for cqc_id, facts in self.facts.items() if _take_authority(facts) is None}
        if not nowhere:
            return
        for key in [key for key in self.contents.ratings if key[0] in nowhere]:
            del self.contents.ratings[key]
            self.contents.set_aside[NO_AUTHORITY] += 1
        for cqc_id in nowhere:
            del self.facts[cqc_id]

    def _register(self) -> Register:
        services: dict[str, ServiceFacts] = {}
        providers: dict[str, ProviderFacts] = {}
        for cqc_id, facts in self.facts.items():
            service = services[cqc_id] = ServiceFacts._make(facts[:_OF_SERVICE])
            of_provider, known = facts[_OF_SERVICE:], providers.get(service.provider_id)
            if known is None:
                providers[service.provider_id] = ProviderFacts._make(of_provider)
            elif known != of_provider:
                agreed = self._agreed(_PROVIDER, service.provider_id, known, of_provider)
                providers[service.provider_id] = ProviderFacts._make(agreed)
        return Register(providers, services)

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


def _check_room(row: RatingRow, room: tuple[tuple[int, int], ...]) -> None:
    for place, most in room:
        value: Any = row[place]
        if value is not None and len(value) > most:
            raise CqcFileError(
                f'In row {row.row_number}, "{HEADINGS[_FIELDS[place]]}" is {quoted(value)}, '
                f"and there is room for {most} characters."
            )


def _shown(value: str | bool) -> str:
    return quoted(("N", "Y")[value] if isinstance(value, bool) else value)
