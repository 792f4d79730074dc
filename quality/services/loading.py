"""Storing what an edition says of local authorities, providers and services.

The newest edition's facts win. An older edition loaded later adds what no newer one covers and changes nothing else, so
that the order of loading does not decide what is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select, update

from quality.core.database import db
from quality.services.bulk import insert_rows, numbers_by_cqc_id, update_all
from quality.services.models import Edition, LocalAuthority, Provider, Service


class ProviderFacts(NamedTuple):
    """What an edition says of one provider."""

    name: str
    brand_id: str | None
    brand_name: str | None


class ServiceFacts(NamedTuple):
    """What an edition says of one service; the authority by its name, the provider by its CQC id."""

    name: str
    is_care_home: bool | None
    location_type: str | None
    primary_category: str | None
    address_1: str | None
    address_2: str | None
    town: str | None
    postcode: str | None
    local_authority: str
    region: str | None
    url: str | None
    provider_id: str


@dataclass(frozen=True)
class Register:
    """What an edition says of the register: providers and services by CQC id."""

    providers: Mapping[str, ProviderFacts]
    services: Mapping[str, ServiceFacts]


@dataclass(frozen=True)
class Placed:
    """What became of the services of an edition.

    `numbers` are those of all services by CQC id; `held_before` are the CQC ids, by number, of those in it that
    were not new; a newer edition covers the others, of which nothing was stored.
    """

    numbers: Mapping[str, int]
    held_before: Mapping[int, str]
    covered_by_newer: frozenset[str]


def place(register: Register, edition: Edition) -> Placed:
    """Store the register of an edition. The edition is flushed already; the caller records the event."""
    authorities = _place_authorities(register.services.values())
    providers = _place_providers(register.providers, edition.as_at)
    return _place_services(register.services, edition, authorities, providers)


def _place_authorities(services: Collection[ServiceFacts]) -> dict[str, int]:
    known = {one.name: one for one in db.session.scalars(select(LocalAuthority))}
    # CQC gives a few homes no region, or a made-up one: a council's is that of most of its services.
    by_count = Counter((one.local_authority, one.region) for one in services).most_common()
    for (name, region), _ in by_count:
        if name not in known:
            known[name] = LocalAuthority(name=name, region=region or "")
            db.session.add(known[name])
        known[name].region = known[name].region or region or ""
    db.session.flush()
    return {name: one.id for name, one in known.items()}


def _place_providers(found: Mapping[str, ProviderFacts], as_at: date) -> dict[str, int]:
    columns = (Provider.name, Provider.brand_id, Provider.brand_name)
    held = db.session.execute(select(Provider.cqc_id, Provider.id, Provider.as_at, *columns))
    known: dict[str, list[Any]] = {cqc_id: rest for cqc_id, *rest in held}
    named: list[int] = []
    changed: list[dict[str, Any]] = []
    for cqc_id in found.keys() & known.keys():
        number, then, *before = known[cqc_id]
        if then is None or then <= as_at:
            named.append(number)
            if tuple(before) != found[cqc_id]:
                changed.append({"id": number, **found[cqc_id]._asdict()})
    update_all(Provider, named, as_at=as_at)
    if changed:
        db.session.execute(update(Provider), changed)
    day = as_at.isoformat()
    new = ((cqc_id, *facts, day) for cqc_id, facts in found.items() if cqc_id not in known)
    insert_rows(Provider, ("cqc_id", *ProviderFacts._fields, "as_at"), new)
    return numbers_by_cqc_id(Provider)


def _place_services(
    found: Mapping[str, ServiceFacts],
    edition: Edition,
    authorities: Mapping[str, int],
    providers: Mapping[str, int],
) -> Placed:
    columns = (getattr(Service, name) for name in _COLUMNS)
    held = db.session.execute(select(Service.cqc_id, Service.id, Edition.as_at, *columns).outerjoin(Edition))
    known: dict[str, list[Any]] = {cqc_id: rest for cqc_id, *rest in held}
    newer: set[str] = set()
    listed: dict[int, str] = {}
    changed: list[dict[str, Any]] = []
    for cqc_id in found.keys() & known.keys():
        number, then, *before = known[cqc_id]
        if then is not None and then > edition.as_at:
            newer.add(cqc_id)
            continue
        listed[number] = cqc_id
        facts = _columns(found[cqc_id], authorities, providers)
        if tuple(before) != facts:
            changed.append({"id": number, **dict(zip(_COLUMNS, facts, strict=True))})
    update_all(Service, listed, edition_id=edition.id)
    if changed:
        db.session.execute(update(Service), changed)
    new = (
        (cqc_id, *_columns(facts, authorities, providers), edition.id)
        for cqc_id, facts in found.items()
        if cqc_id not in known
    )
    insert_rows(Service, ("cqc_id", *_COLUMNS, "edition_id"), new)
    return Placed(numbers_by_cqc_id(Service), listed, frozenset(newer))


_COLUMNS = (
    "name",
    "is_care_home",
    "location_type",
    "primary_category",
    "address_1",
    "address_2",
    "town",
    "postcode",
    "url",
    "local_authority_id",
    "provider_id",
)


def _columns(
    facts: ServiceFacts, authorities: Mapping[str, int], providers: Mapping[str, int]
) -> tuple[str | int | None, ...]:
    """The facts as the table's columns hold them, in the order of `_COLUMNS`."""
    name, care_home, kind, category, address_1, address_2, town, postcode, authority, _, url, provider = facts
    return (
        name,
        care_home if care_home is None else int(care_home),
        kind or "",
        category or "",
        address_1 or "",
        address_2 or "",
        town or "",
        postcode or "",
        url or "",
        authorities[authority],
        providers[provider],
    )
