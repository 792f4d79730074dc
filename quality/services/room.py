"""Whether there is room for what is told: a text longer than its column is a fault of the source, said with its row.

SQLite would keep such a text and PostgreSQL would stop in the middle, so it is looked for before either is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from quality.core.database import Base
from quality.cqc import CqcFileError
from quality.cqc.errors import quoted
from quality.services.bulk import in_pieces
from quality.services.models import LocalAuthority, Provider, Service, Trait
from quality.services.placing import Register
from quality.services.statements import Facts

_AT_ONCE = 2_000


class TooLong(NamedTuple):
    """A text that is too long: of which thing, in which column of its table, and how many characters there may be."""

    table: type[Base]
    cqc_id: str
    column: str
    text: str
    most: int


def room(table: type[Base], column: str) -> int | None:
    """How many characters a column has room for; None when it is no text, or one of any length."""
    length: int | None = getattr(table.__table__.c[column].type, "length", None)
    return length


def too_long(register: Register) -> TooLong | None:
    """The first text of a register for which there is no room, if there is one; of regions, its reader knows more."""
    providers = _too_long(Provider, register.provider_fields, register.providers, {})
    if providers:
        return providers
    elsewhere = {"local_authority_id": (LocalAuthority, "name"), "provider_id": (Provider, "cqc_id")}
    services = _too_long(Service, register.service_fields, register.services, elsewhere)
    return services or _in_traits(register)


def check_room(table: type[Base], column: str, texts: Iterable[str | None], place: str) -> None:
    """CqcFileError, naming the place, when one of the texts is longer than the column has room for."""
    text, most = longest(texts), room(table, column) or 0
    if len(text) > most:
        raise no_room(place, f"the {column.replace('_', ' ')}", text, most)


def no_room(place: str, what: str, text: str, most: int) -> CqcFileError:
    """What is said of a text that is longer than its column has room for."""
    return CqcFileError(f"In {place}, {what} is {quoted(text)}, and there is room for {most} characters.")


def longest(texts: Iterable[str | None]) -> str:
    """The longest of the texts that are there."""
    return max(filter(None, texts), key=len, default="")


def _too_long(
    table: type[Base],
    fields: Sequence[str],
    things: Mapping[str, Facts],
    elsewhere: Mapping[str, tuple[type[Base], str]],
) -> TooLong | None:
    """Column by column, some things at a time: asking each text by itself takes several times as long."""
    columns = ("cqc_id", *fields)
    rooms = [
        room(*elsewhere.get(name, (table, name))) if name != "trait_set_id" else None for name in columns
    ]
    for some in in_pieces(things.items(), _AT_ONCE):
        ids, facts = zip(*some, strict=True)
        for name, most, texts in zip(columns, rooms, chain((ids,), zip(*facts, strict=True)), strict=True):
            if most and max(map(len, filter(None, texts)), default=0) > most:
                text = longest(texts)
                return TooLong(table, ids[texts.index(text)], name, text, most)
    return None


def _in_traits(register: Register) -> TooLong | None:
    if "trait_set_id" not in register.service_fields:
        return None
    at, most = register.service_fields.index("trait_set_id"), room(Trait, "name") or 0
    for traits in {facts[at] for facts in register.services.values()}:
        text = longest(name for _, name in traits)
        if len(text) > most:
            cqc_id = next(cqc_id for cqc_id, facts in register.services.items() if facts[at] == traits)
            return TooLong(Trait, cqc_id, "name", text, most)
    return None
