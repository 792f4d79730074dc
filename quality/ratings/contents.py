"""A whole file of *Latest ratings*, read and checked before the database is touched.

Every row repeats the facts of its service, so those must agree; rows that say the same thing twice become one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

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
    """What every row of a service says of it and its provider."""

    service_name: str
    care_home: bool | None
    location_type: str | None
    primary_category: str | None
    address_1: str | None
    address_2: str | None
    town: str | None
    postcode: str | None
    url: str | None
    local_authority: str | None
    region: str | None
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
_PROVIDER = _Whose("provider", "provider_id", ("provider_name", "brand_id", "brand_name"))
_TO_PROVIDER = Facts._fields.index("local_authority")
# CQC keeps addresses in two systems, which spell some of them differently; nobody is misled by either spelling.
_MAY_DIFFER = frozenset({"address_1", "address_2", "town", "url", "region", "brand_id", "brand_name"})
# What the tables have room for. Nothing CQC publishes comes near; a value beyond is a fault of the file.
_ROOM = {
    "service_id": Service.cqc_id,
    "service_name": Service.name,
    "location_type": Service.location_type,
    "primary_category": Service.primary_category,
    "address_1": Service.address_1,
    "address_2": Service.address_2,
    "town": Service.town,
    "postcode": Service.postcode,
    "local_authority": LocalAuthority.name,
    "region": LocalAuthority.region,
    "provider_id": Provider.cqc_id,
    "provider_name": Provider.name,
    "brand_id": Provider.brand_id,
    "brand_name": Provider.brand_name,
    "service_group": Rating.service_group,
    "published_text": Rating.published_text,
    "report_type": Rating.report_type,
}


def _taking(*names: str) -> Callable[[RatingRow], tuple[Any, ...]]:
    return itemgetter(*(RatingRow._fields.index(name) for name in names))


_take_key = _taking("service_id", "service_group", "domain")
_take_facts = _taking(*Facts._fields)


@dataclass
class Contents:
    """What a file says, each thing once. The ratings, `merged` and `set_aside` add up to `rows_read`."""

    rows_read: int = 0
    merged: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    register: Register = field(default_factory=lambda: Register({}, {}, {}))
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
            if known != facts:
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
        self._check_lengths()
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
        nowhere = {
            cqc_id for cqc_id, facts in self.facts.items() if Facts._make(facts).local_authority is None
        }
        if not nowhere:
            return
        for key in [key for key in self.contents.ratings if key[0] in nowhere]:
            del self.contents.ratings[key]
            self.contents.set_aside[NO_AUTHORITY] += 1
        for cqc_id in nowhere:
            del self.facts[cqc_id]

    def _check_lengths(self) -> None:
        columns = dict(zip(Facts._fields, map(set, zip(*self.facts.values(), strict=True)), strict=False))
        columns["service_id"] = set(self.facts)
        for name in ("service_group", "published_text", "report_type"):
            columns[name] = {*map(attrgetter(name), self.contents.ratings.values())}
        for name, column in _ROOM.items():
            most = column.type.length
            for value in columns.get(name, ()):
                if value is not None and len(value) > most:
                    raise CqcFileError(
                        f'In row {self._row_where({name: value})}, "{HEADINGS[name]}" is {quoted(value)}, '
                        f"and there is room for {most} characters."
                    )

    def _register(self) -> Register:
        services: dict[str, ServiceFacts] = {}
        providers: dict[str, ProviderFacts] = {}
        regions: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for cqc_id, plain in self.facts.items():
            facts = Facts._make(plain)
            of_provider = ProviderFacts(facts.provider_name, facts.brand_id, facts.brand_name)
            known = providers.setdefault(facts.provider_id, of_provider)
            if known != of_provider:
                agreed = self._agreed(_PROVIDER, facts.provider_id, known, of_provider)
                providers[facts.provider_id] = ProviderFacts._make(agreed)
            authority = facts.local_authority or ""  # Those without one were set aside before.
            regions[authority][facts.region or ""] += 1
            services[cqc_id] = ServiceFacts._make((*facts[:_TO_PROVIDER], authority, facts.provider_id))
        # CQC gives a few homes no region, or a made-up one: a council's is that of most of its services.
        usual = {name: found.most_common(1)[0][0] for name, found in regions.items()}
        return Register(usual, providers, services)

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
        places = [(RatingRow._fields.index(name), value) for name, value in values.items()]
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


def _shown(value: str | bool) -> str:
    return quoted(("N", "Y")[value] if isinstance(value, bool) else value)
