"""Storing what an edition says of local authorities, providers and services."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, select

from quality.core.database import db
from quality.services import models
from quality.services.bulk import in_pieces, insert_rows, numbers_by_cqc_id
from quality.services.models import (
    Edition,
    EditionKind,
    LocalAuthority,
    Provider,
    ProviderVersion,
    Service,
    ServiceVersion,
    Trait,
    TraitSet,
)
from quality.services.statements import Facts, Kept, Statement
from quality.services.through_time import Outcome, end, rows_of, tell
from quality.services.weaving import Mark

_REFERRED_AT_ONCE = 1_000
Traits = tuple[tuple[str, str], ...]  # Kind and name of each, in order.

# An edition that knows more of a service than this one goes before it for so long: the register comes every month.
STANDS_FOR = timedelta(days=92)
_LIST_ALL = {EditionKind.REGISTER, EditionKind.DIRECTORY}
# Each edition of these kinds tells again what is as before. A sync fetches what changed, and a list of ended
# registrations may cover a period: neither speaks of what it does not list.
_TELL_AGAIN = {*_LIST_ALL, EditionKind.LATEST_RATINGS}


def _columns(facts: type[models.ProviderFacts] | type[models.ServiceFacts]) -> tuple[str, ...]:
    return tuple(name for name in facts.__annotations__)


PROVIDERS = Kept(Provider, ProviderVersion, "provider_id", _columns(models.ProviderFacts))
# Texts that every service has, if blank; further ones are blank by themselves.
_TEXTS = ("location_type", "primary_category", "address_1", "address_2", "town", "postcode", "url")
_NOT_PLAIN = frozenset({"registered_on", "ended_on"})
SERVICES = Kept(
    Service,
    ServiceVersion,
    "service_id",
    _columns(models.ServiceFacts),
    dict.fromkeys(_TEXTS, ""),
    _NOT_PLAIN,
)


@dataclass(frozen=True)
class Register:
    """What an edition says of the register, by CQC id, each in the order of its fields.

    Fields are columns; but a service's `provider_id` is the provider's CQC id, its `local_authority_id` the authority's
    name, and its `trait_set_id` its traits. `regions` counts the region that is given with each authority.
    """

    provider_fields: tuple[str, ...]
    service_fields: tuple[str, ...]
    providers: Mapping[str, Facts] = field(default_factory=dict)
    services: dict[str, Facts] = field(default_factory=dict)
    regions: Counter[tuple[str, str | None]] = field(default_factory=Counter)


@dataclass(frozen=True)
class Placed:
    """What became of an edition's register: the number of every service by CQC id, and what is new, changed or gone.

    The services that are `unchanged`, by number, are listed too, and nothing became of them.
    """

    numbers: Mapping[str, int]
    services: Outcome
    providers: Outcome
    gone: int
    unchanged: frozenset[int]


def place(register: Register, edition: Edition, unchanged: frozenset[int] = frozenset()) -> Placed:
    """Store the register of an edition, which lists these services too, as they are held, by their numbers.

    The edition is flushed already; the caller records the event.
    """
    others = Others(edition)
    authorities = _place_authorities(register.regions)
    providers = Statement(
        edition, register.provider_fields, register.providers, others.first_later, others.stands
    )
    told = tell(PROVIDERS, providers)
    _refer(register, authorities)
    services = Statement(
        edition,
        register.service_fields,
        register.services,
        others.first_later,
        others.stands,
        lists_all=edition.kind in _LIST_ALL and not edition.is_part,
    )
    outcome = tell(SERVICES, services)
    gone = _end_unlisted(services, others, authorities, unchanged) if services.lists_all else 0
    return Placed(numbers_by_cqc_id(Service), outcome, told, gone, unchanged)


class Others:
    """The editions beside one that is being stored, by what they say against it."""

    def __init__(self, edition: Edition) -> None:
        self.authorities = _authorities()
        everything = db.session.scalars(
            select(Edition).where(Edition.id != edition.id).order_by(Edition.as_at)
        )
        held = list(everything)
        telling = {EditionKind.REGISTER} | ({EditionKind(edition.kind)} & _TELL_AGAIN)
        self._later = [
            one for one in held if one.kind in telling and one.as_at > edition.as_at and not one.is_part
        ]
        self.is_newest = all(one.as_at <= edition.as_at for one in held)
        recent = standing_kinds(edition.kind, edition.as_at, held)
        self._standing = {one.id for one in held if one.kind in recent}

    def first_later(self, row: Any) -> Mark | None:
        """The first later edition that would have told what it found unchanged, and speaks of where the thing is."""
        if not self._later:
            return None
        number = getattr(row, "local_authority_id", None)  # A provider is everywhere.
        name = self.authorities.get(number) if number else None
        for one in self._later:
            if one.authorities is None or name is None or name in one.authorities:
                return Mark(one.as_at, one.id)
        return None

    def stands(self, edition_id: int | None) -> bool:
        """True when facts from this edition stand against the one that is being stored."""
        return edition_id in self._standing


def standing_kinds(kind: str, as_at: date, held: Iterable[Edition]) -> set[str]:
    """The kinds of editions whose facts stand against one of this kind and day, as they know more and are recent."""
    rank = EditionKind(kind).rank
    return {
        one.kind
        for one in held
        if EditionKind(one.kind).rank > rank and timedelta() <= as_at - one.as_at <= STANDS_FOR
    }


def _authorities() -> dict[int, str]:
    return {one.id: one.name for one in db.session.execute(select(LocalAuthority.id, LocalAuthority.name))}


def _place_authorities(regions: Counter[tuple[str, str | None]]) -> dict[str, int]:
    known = {one.name: one for one in db.session.scalars(select(LocalAuthority))}
    # CQC gives a few homes no region, or a made-up one: a council's is that of most of its services.
    for (name, region), _ in regions.most_common():
        if name not in known:
            known[name] = LocalAuthority(name=name, region=region or "")
            db.session.add(known[name])
        known[name].region = known[name].region or region or ""
    db.session.flush()
    return {name: one.id for name, one in known.items()}


def _refer(register: Register, authorities: Mapping[str, int]) -> None:
    """Put the numbers of rows in place of a service's names for them: in place, as there may be 57,000 services."""
    fields = register.service_fields
    if not fields:
        return  # It tells of providers alone.
    places: list[tuple[int, Mapping[Any, Any]]] = [
        (fields.index("local_authority_id"), authorities),
        (fields.index("provider_id"), numbers_by_cqc_id(Provider)),
    ]
    if "trait_set_id" in fields:
        at = fields.index("trait_set_id")
        places.append((at, trait_sets({facts[at] for facts in register.services.values()})))
    services = register.services
    for some in in_pieces(list(services), _REFERRED_AT_ONCE):
        columns = list(zip(*map(services.__getitem__, some), strict=True))
        for position, numbers in places:
            columns[position] = tuple(map(numbers.__getitem__, columns[position]))
        services.update(zip(some, zip(*columns, strict=True), strict=True))


def trait_sets(wanted: Iterable[Traits]) -> dict[Traits, int | None]:
    """The number of the set of each of these combinations; new ones are stored. No traits are no set."""
    names = {_name(traits): traits for traits in wanted if traits}
    held = dict(db.session.execute(select(TraitSet.sha256, TraitSet.id)).all())
    new = [name for name in names if name not in held]
    insert_rows(TraitSet, ("sha256",), ((name,) for name in new))
    held = dict(db.session.execute(select(TraitSet.sha256, TraitSet.id)).all()) if new else held
    insert_rows(
        Trait,
        ("trait_set_id", "kind", "name"),
        ((held[name], kind, trait) for name in new for kind, trait in names[name]),
    )
    return {(): None, **{traits: held[name] for name, traits in names.items()}}


def _name(traits: Traits) -> str:
    return hashlib.sha256(repr(sorted(traits)).encode()).hexdigest()


def _end_unlisted(
    said: Statement, others: Others, authorities: Mapping[str, int], unchanged: frozenset[int]
) -> int:
    """A whole register leaves out what is no longer registered, in the areas it lists."""
    listed: Collection[int] | None = None
    if said.edition.authorities is not None:
        listed = {authorities[name] for name in said.edition.authorities}
    unlisted = [
        row
        for row in _registered(said, others)
        if row.cqc_id not in said.found
        and row.id not in unchanged
        and (listed is None or row.local_authority_id in listed)
        and not others.stands(row.from_edition_id)
    ]
    return end(SERVICES, said, unlisted)


def _registered(said: Statement, others: Others) -> Iterator[Row[Any]]:
    """What is held as registered on the edition's day: by newest facts, or by facts that held then."""
    held = rows_of(SERVICES, ["local_authority_id"])
    now = Service.holds(said.at.day), Service.ended_on.is_(None)
    yield from db.session.execute(held.where(*now))
    if others.is_newest:
        return  # Former facts ended in an edition of that day or before.
    marks = (Service.cqc_id, Service.id, Service.held_from, ServiceVersion.from_edition_id, Service.held_to)
    former: Any = select(*marks, Service.to_edition_id, ServiceVersion.local_authority_id).join_from(
        ServiceVersion, Service, Service.id == ServiceVersion.service_id
    )
    then = ServiceVersion.holds(said.at.day), ServiceVersion.ended_on.is_(None)
    yield from db.session.execute(former.where(*then))
