"""What the rows of a file of *Latest ratings* say of services and providers, which must agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from quality.core.database import Base
from quality.cqc import CqcFileError, RatingRow, RatingsFile
from quality.cqc.errors import quoted
from quality.cqc.latest_ratings import HEADINGS
from quality.services.models import LocalAuthority, Provider, Service
from quality.services.placing import Register
from quality.services.room import longest, no_room, room, too_long


class Whose(NamedTuple):
    """Whose facts are compared."""

    word: str
    id_field: str
    fields: tuple[str, ...]


# What every row of a service says of it and its provider, in the order in which RatingRow has it.
_FACTS = RatingRow._fields[1 : RatingRow._fields.index("service_group")]
SERVICE = Whose("service", "service_id", _FACTS)
OF_PROVIDER = _FACTS.index("provider_name")
PROVIDER = Whose("provider", "provider_id", _FACTS[OF_PROVIDER:])
# CQC keeps addresses in two systems, which spell some of them differently; nobody is misled by either spelling.
_MAY_DIFFER = frozenset({"address_1", "address_2", "town", "url", "region", "brand_id", "brand_name"})
take_authority = itemgetter(_FACTS.index("local_authority"))
take_region = itemgetter(_FACTS.index("local_authority"), _FACTS.index("region"))
PROVIDER_ID = _FACTS.index("provider_id")
PROVIDER_COLUMNS = ("name", "brand_id", "brand_name")
# The columns of a service by the fields of a row that they come from.
_SERVICE_COLUMNS = {
    "service_name": "name",
    "care_home": "is_care_home",
    "location_type": "location_type",
    "primary_category": "primary_category",
    "address_1": "address_1",
    "address_2": "address_2",
    "town": "town",
    "postcode": "postcode",
    "local_authority": "local_authority_id",
    "url": "url",
    "provider_id": "provider_id",
}
SERVICE_COLUMNS = tuple(_SERVICE_COLUMNS.values())
_FIELD_OF: dict[tuple[type[Base], str], str] = {
    **{(Service, column): name for name, column in _SERVICE_COLUMNS.items()},
    (Service, "cqc_id"): "service_id",
    (Provider, "cqc_id"): "provider_id",
    (Provider, "name"): "provider_name",
    (Provider, "brand_id"): "brand_id",
    (Provider, "brand_name"): "brand_name",
}


def in_columns(facts: tuple[Any, ...]) -> tuple[Any, ...]:
    """The facts as the register has them, in the order of `SERVICE_COLUMNS`."""
    (
        _,
        name,
        care_home,
        kind,
        category,
        address_1,
        address_2,
        town,
        postcode,
        authority,
        _,
        url,
        provider,
        *_,
    ) = facts
    texts = (kind or "", category or "", address_1 or "", address_2 or "", town or "", postcode or "")
    return (name, care_home, *texts, authority, url or "", provider)


class Agreement:
    """Makes one set of facts from two, and remembers where one of two spellings was believed."""

    def __init__(self, file: RatingsFile) -> None:
        self.file = file
        self.spelt_otherwise: set[tuple[str, str]] = set()  # The id of a service or provider, and the field.

    def agreed(
        self, whose: Whose, cqc_id: str, held: tuple[Any, ...], new: tuple[Any, ...]
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

    def _disagreement(self, whose: Whose, cqc_id: str, name: str, one: Any, other: Any) -> CqcFileError:
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

    def check_room(self, register: Register) -> None:
        """CqcFileError when a fact is longer than its column has room for."""
        found = too_long(register)
        if found is not None:
            raise self._no_room(_FIELD_OF[found.table, found.column], found.text, found.most)
        region, most = longest(region for _, region in register.regions), room(LocalAuthority, "region") or 0
        if len(region) > most:
            raise self._no_room("region", region, most)

    def _no_room(self, field: str, text: str, most: int) -> CqcFileError:
        return no_room(f"row {self._row_where({field: text})}", f'"{HEADINGS[field]}"', text, most)

    def warnings(self) -> Iterator[str]:
        """What the person should know about rows of which the first was believed."""
        for name, count in sorted(Counter(name for _, name in self.spelt_otherwise).items()):
            about = "provider" if name in PROVIDER.fields else "service"
            yield (
                f'"{HEADINGS[name]}" differs between the rows of {count:,} {about}{"s" if count > 1 else ""}: '
                "what the first row says was kept."
            )


def _shown(value: str | bool) -> str:
    return quoted(("N", "Y")[value] if isinstance(value, bool) else value)
