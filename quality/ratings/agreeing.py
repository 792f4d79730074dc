"""What the rows of a file of *Latest ratings* say of services and providers, which must agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy.orm import InstrumentedAttribute

from quality.cqc import CqcFileError, RatingRow, RatingsFile
from quality.cqc.errors import quoted
from quality.cqc.latest_ratings import HEADINGS
from quality.ratings.models import Rating
from quality.services.models import LocalAuthority, Provider, Service


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


class Whose(NamedTuple):
    """Whose facts are compared."""

    word: str
    id_field: str
    fields: tuple[str, ...]


SERVICE = Whose("service", "service_id", Facts._fields)
OF_SERVICE = Facts._fields.index("provider_name")
PROVIDER = Whose("provider", "provider_id", Facts._fields[OF_SERVICE:])
# CQC keeps addresses in two systems, which spell some of them differently; nobody is misled by either spelling.
_MAY_DIFFER = frozenset({"address_1", "address_2", "town", "url", "region", "brand_id", "brand_name"})
_FIELDS = RatingRow._fields
take_authority = itemgetter(Facts._fields.index("local_authority"))
take_region = itemgetter(Facts._fields.index("local_authority"), Facts._fields.index("region"))
PROVIDER_ID = Facts._fields.index("provider_id")
PROVIDER_COLUMNS = ("name", "brand_id", "brand_name")
SERVICE_COLUMNS = (
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


def in_columns(facts: tuple[Any, ...]) -> tuple[Any, ...]:
    """The facts as the register has them, in the order of `SERVICE_COLUMNS`."""
    name, care_home, kind, category, address_1, address_2, town, postcode, authority, _, url, provider, *_ = (
        facts
    )
    texts = (kind or "", category or "", address_1 or "", address_2 or "", town or "", postcode or "")
    return (name, care_home, *texts, authority, url or "", provider)


def _room(**columns: InstrumentedAttribute[Any]) -> tuple[tuple[int, int], ...]:
    """Where a field stands in a row, and how many characters its column has room for."""
    return tuple((_FIELDS.index(name), column.type.length) for name, column in columns.items())


# Nothing CQC publishes comes near; a value beyond is a fault of the file.
ROOM_OF_FACTS = _room(
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
ROOM_OF_RATING = _room(
    service_group=Rating.service_group,
    published_text=Rating.published_text,
    report_type=Rating.report_type,
)


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
        places = [(_FIELDS.index(name), value) for name, value in values.items()]
        return next(
            row.row_number for row in self.file.rows() if all(row[at] == value for at, value in places)
        )

    def check_room(self, services: Mapping[str, tuple[Any, ...]]) -> None:
        """CqcFileError when a fact is longer than its column has room for. Column by column takes half the time."""
        for place, most in ROOM_OF_FACTS:
            name = _FIELDS[place]
            facts = (
                map(itemgetter(Facts._fields.index(name)), services.values())
                if name in Facts._fields
                else services
            )
            longest = max(filter(None, facts), key=len, default="")
            if len(longest) > most:
                check_room(
                    (self._row_where({name: longest}), *("",) * (place - 1), longest), ((place, most),)
                )

    def warnings(self) -> Iterator[str]:
        """What the person should know about rows of which the first was believed."""
        for name, count in sorted(Counter(name for _, name in self.spelt_otherwise).items()):
            about = "provider" if name in PROVIDER.fields else "service"
            yield (
                f'"{HEADINGS[name]}" differs between the rows of {count:,} {about}{"s" if count > 1 else ""}: '
                "what the first row says was kept."
            )


def check_room(row: tuple[Any, ...], room: tuple[tuple[int, int], ...]) -> None:
    """CqcFileError when a value of the row is longer than its column has room for."""
    for place, most in room:
        value = row[place]
        if value is not None and len(value) > most:
            raise CqcFileError(
                f'In row {row[0]}, "{HEADINGS[_FIELDS[place]]}" is {quoted(value)}, '
                f"and there is room for {most} characters."
            )


def _shown(value: str | bool) -> str:
    return quoted(("N", "Y")[value] if isinstance(value, bool) else value)
