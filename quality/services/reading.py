"""A register, a directory or a list of deactivated locations, read and checked before the database is touched."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, cast

from quality.cqc import CqcFile, CqcFileError
from quality.cqc.following import Following
from quality.cqc.rows import ServiceRow
from quality.services.models import LocalAuthority, Provider, Service
from quality.services.placing import Register, Traits
from quality.services.room import TooLong, check_room, no_room, too_long
from quality.services.statements import Facts
from quality.services.told import NO_AUTHORITY, Run, Told

ROWS_BETWEEN_PROGRESS = 10_000
Progress = Callable[[int], None]

# The fields of a row that are a column of the service under another name, or become one.
_COLUMNS = {
    "care_home": "is_care_home",
    "local_authority": "local_authority_id",
    "primary_id": "primary_cqc_id",
}
_TRAITS = {"service_types": "service type", "activities": "activity", "specialisms": "specialism"}
_OF_PROVIDER = {
    "provider_name": "name",
    "brand_id": "brand_id",
    "brand_name": "brand_name",
    "ownership": "ownership",
    "companies_house_number": "companies_house_number",
}
_OF_SERVICE = tuple(
    name
    for name in ServiceRow._fields
    if name not in {"row_number", "service_id", "region", "people", *_TRAITS, *_OF_PROVIDER}
)
# Sources that list what is registered say so of everything they list: it has not ended.
_LIST_ACTIVE = {"register", "directory"}


def read_register(
    file: CqcFile, progress: Progress | None = None, following: Following | None = None
) -> Told:
    """Read the whole file, or what differs from an earlier one that is followed.

    CqcFileError with a sentence at the first thing that cannot be right; NotFollowed when it must be read as a whole.
    """
    reading = ReadingServices(file.kind, file.told)
    for number, row in enumerate(cast("Iterator[ServiceRow]", file.rows(following)), 1):
        reading.take(row)
        if progress and number % ROWS_BETWEEN_PROGRESS == 0:
            progress(number)
    told = reading.finish()
    told.rows_read = file.rows_read
    told.warnings[:0] = file.warnings
    return told


@dataclass
class _ToldInRows(Told):
    """What is told in one row of each service; these are the numbers of the rows, in the order of the services."""

    first_rows: array[int] = field(default_factory=lambda: array("I"))

    def runs(self) -> Iterator[Run]:
        for cqc_id, row in zip(self.register.services, self.first_rows, strict=True):
            yield Run(cqc_id, row, 1)


class ReadingServices:
    """Takes rows of services in, and puts them into the columns of the register."""

    def __init__(self, kind: str, told: frozenset[str]) -> None:
        tells = told | ({"ended_on"} if kind in _LIST_ACTIVE else set())
        self._fields = tuple(name for name in _OF_SERVICE if name in tells)
        self._traits = {name: trait for name, trait in _TRAITS.items() if name in tells}
        self._of_provider = tuple(name for name in _OF_PROVIDER if name in tells)
        columns = tuple(_COLUMNS.get(name, name) for name in self._fields)
        of_provider = tuple(_OF_PROVIDER[name] for name in self._of_provider)
        self._services: dict[str, Facts] = {}
        self._providers: dict[str, Facts] = {}
        self._regions: Counter[tuple[str, str | None]] = Counter()
        self._rows = array("I")  # The number of each service's row, in the order of the services.
        self._known_traits: dict[tuple[tuple[str, ...], ...], Traits] = {}
        self._pick = itemgetter(*map(ServiceRow._fields.index, self._fields))
        self._blank = [place for place, name in enumerate(columns) if _is_text(name)]
        self.told = _ToldInRows(
            Register(
                of_provider,
                columns + ("trait_set_id",) * bool(self._traits),
                self._providers,
                self._services,
                self._regions,
            ),
            first_rows=self._rows,
        )

    def take(self, row: ServiceRow) -> bool:
        """Take a row in. False when it is set aside."""
        self.told.rows_read += 1
        if row.local_authority is None:
            self.told.set_aside[NO_AUTHORITY] += 1
            return False
        facts = self._facts(row)
        held = self._services.setdefault(row.service_id, facts)
        if held is not facts:
            if held != facts:
                raise self._two_of_one_id(row)
            self.told.merged += 1
            return True
        self._rows.append(row.row_number)
        region = row.local_authority, row.region
        if region not in self._regions:
            check_room(LocalAuthority, "region", [row.region], f"row {row.row_number}")
        self._regions[region] += 1
        if row.people:
            self.told.people[row.service_id] = row.people
        self._take_provider(row)
        return True

    def finish(self) -> Told:
        """What was taken in. CqcFileError where there is no room for a text, which a reply's reader has looked for."""
        found = too_long(self.told.register)
        if found is not None:
            raise self._no_room(found)
        return self.told

    def _no_room(self, found: TooLong) -> CqcFileError:
        services, at = list(self._services), self.told.register.service_fields.index("provider_id")
        its_own = found.cqc_id
        if found.table is Provider:
            its_own = next(cqc_id for cqc_id, facts in self._services.items() if facts[at] == found.cqc_id)
        place = f"row {self._rows[services.index(its_own)]}"
        whose = "provider's " if found.table is Provider else ""
        what = _WORDS.get(found.column, found.column.replace("_", " "))
        return no_room(place, f"the {whose}{what}", found.text, found.most)

    def _facts(self, row: ServiceRow) -> Facts:
        values = list(self._pick(row))
        for place in self._blank:
            if values[place] is None:
                values[place] = ""
        facts = tuple(values)
        if not self._traits:
            return facts
        return (*facts, self._traits_of(row))

    def _traits_of(self, row: ServiceRow) -> Traits:
        """What a service does. Thousands do the same, and share one value."""
        given = tuple(getattr(row, name) for name in self._traits)
        if given not in self._known_traits:
            named = {
                (kind, one) for kind, names in zip(self._traits.values(), given, strict=True) for one in names
            }
            self._known_traits[given] = tuple(sorted(named))
        return self._known_traits[given]

    def _take_provider(self, row: ServiceRow) -> None:
        facts = tuple(getattr(row, name) for name in self._of_provider)
        held = self._providers.setdefault(row.provider_id, facts)
        if held is facts or held == facts:
            return
        # One row may leave blank what another gives; where they differ, the first is believed and a person is told.
        self._providers[row.provider_id] = tuple(
            new if old is None else old for old, new in zip(held, facts, strict=True)
        )
        if any(
            old is not None and new is not None and old != new for old, new in zip(held, facts, strict=True)
        ):
            self.told.unsure.add(row.provider_id)
            self.told.warnings.append(
                f"Row {row.row_number} says something else of the provider {row.provider_id} than a row before it: "
                "what came first was kept."
            )

    def _two_of_one_id(self, row: ServiceRow) -> CqcFileError:
        first = self._rows[list(self._services).index(row.service_id)]
        new, held = self._facts(row), self._services[row.service_id]
        names = self.told.register.service_fields
        name, one, other = next(
            (name, one, other) for name, one, other in zip(names, held, new, strict=True) if one != other
        )
        return CqcFileError(
            f"Rows {first} and {row.row_number} give the service {row.service_id} different facts: "
            f"{_WORDS.get(name, name.replace('_', ' '))} is {_shown(one)} in one and {_shown(other)} in the other."
        )


def _shown(value: Any) -> str:
    return "blank" if value in (None, "", ()) else f'"{value}"'


_WORDS = {
    "is_care_home": "care home",
    "local_authority_id": "local authority",
    "trait_set_id": "what it does",
    "cqc_id": "CQC id",
}


def _is_text(column: str) -> bool:
    """True for a column of texts that is blank, and not empty, where nothing is told."""
    found = Service.__table__.c[column]
    return found.type.python_type is str and not found.nullable
