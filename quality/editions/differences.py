"""What an edition changed in the facts of services, fact by fact."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from quality.core.database import db
from quality.core.pages import short_day
from quality.services.models import Edition, LocalAuthority, Provider, Service, ServiceVersion

_NAMES = {
    "name": "Name",
    "provider_id": "Provider",
    "local_authority_id": "Local authority",
    "is_care_home": "Care home",
    "location_type": "Sector",
    "primary_category": "CQC primary category",
    "address_1": "Address",
    "address_2": "Address, second line",
    "town": "Town",
    "county": "County",
    "postcode": "Postcode",
    "url": "Page on CQC's site",
    "phone": "Phone",
    "website": "Website",
    "beds": "Beds",
    "is_dormant": "Dormant",
    "registered_on": "Registered on",
    "ended_on": "Registration ended on",
    "primary_cqc_id": "Registration that counts",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "trait_set_id": "Service types, activities or specialisms",
}


@dataclass(frozen=True)
class Difference:
    """One fact: what it is called, what it was, and what it became; both empty where only the change is told."""

    name: str
    before: str
    after: str


def differences(edition: Edition, service_ids: Collection[int]) -> dict[int, list[Difference]]:
    """What the edition changed in each of these services, in as many queries for many as for one."""
    before = _by_service(ServiceVersion, "to_edition_id", edition, service_ids)
    after = _by_service(ServiceVersion, "from_edition_id", edition, service_ids)
    now = select(Service).where(Service.from_edition_id == edition.id, Service.id.in_(service_ids))
    after |= {one.id: one for one in db.session.scalars(now)}
    pairs = {number: (one, after[number]) for number, one in before.items() if number in after}
    named = {
        column: _named(table, {getattr(one, column) for pair in pairs.values() for one in pair})
        for column, table in (("provider_id", Provider), ("local_authority_id", LocalAuthority))
    }
    return {number: list(_compared(*pair, named)) for number, pair in pairs.items()}


def _by_service(
    table: type[ServiceVersion], column: str, edition: Edition, service_ids: Collection[int]
) -> dict[int, Any]:
    rows = select(table).where(getattr(table, column) == edition.id, table.service_id.in_(service_ids))
    return {one.service_id: one for one in db.session.scalars(rows)}


def _named(table: type[Provider] | type[LocalAuthority], numbers: set[int]) -> dict[int, str]:
    rows = db.session.execute(select(table.id, table.name).where(table.id.in_(numbers)))
    return dict(rows.all())


def _compared(before: Any, after: Any, named: dict[str, dict[int, str]]) -> Iterator[Difference]:
    for column, name in _NAMES.items():
        was, became = getattr(before, column), getattr(after, column)
        if was == became:
            continue
        if column == "trait_set_id":
            yield Difference(name, "", "")
        else:
            names = named.get(column, {})
            yield Difference(name, _said(names.get(was, was)), _said(names.get(became, became)))


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return short_day(value) if isinstance(value, date) else str("" if value is None else value)
