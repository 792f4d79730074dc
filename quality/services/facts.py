"""What CQC said of all services as at a day, as something that a statement can select from."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Subquery,
    and_,
    case,
    cast,
    func,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from quality.services.models import Provider, ProviderVersion, Service, ServiceVersion

# The columns of a service that lists show, narrow and sort by.
FACTS = (
    "id",
    "cqc_id",
    "name",
    "is_care_home",
    "location_type",
    "primary_category",
    "address_1",
    "address_2",
    "town",
    "county",
    "postcode",
    "beds",
    "is_dormant",
    "registered_on",
    "ended_on",
    "primary_cqc_id",
    "trait_set_id",
)
_OF_VERSION = (*FACTS[2:], "provider_id", "local_authority_id")


def facts_as_at(day: date | None, name: str = "facts") -> Subquery:
    """Every service that was known on a day, with its facts as they were then; without a day, as they are now.

    Beside FACTS it has `provider_id`, `local_authority_id`, `gone_on` (the day from which CQC listed it no longer), and
    `is_open`: listed, and its registration not ended. One that was listed no longer is known with its last facts.
    """
    gone_on = Service.held_to if day is None else case((Service.held_to <= day, Service.held_to))
    now = select(
        *(getattr(Service, name) for name in (*FACTS, "provider_id", "local_authority_id")),
        gone_on.label("gone_on"),
        and_(_not_yet(Service.held_to, day), _not_yet(Service.ended_on, day)).label("is_open"),
    )
    if day is None:
        return now.subquery(name)
    before = select(
        ServiceVersion.service_id.label("id"),
        Service.cqc_id,
        *(getattr(ServiceVersion, name) for name in _OF_VERSION),
        cast(null(), Date).label("gone_on"),
        _not_yet(ServiceVersion.ended_on, day).label("is_open"),
    ).join(Service, Service.id == ServiceVersion.service_id)
    return union_all(now.where(Service.held_from <= day), before.where(ServiceVersion.holds(day))).subquery(
        name
    )


def providers_as_at(day: date | None) -> Subquery:
    """The `id`, `cqc_id` and `name` of every provider, called as it was on a day; without a day, or where nobody
    knows, as it is now.
    """
    now = select(Provider.id, Provider.cqc_id)
    if day is None:
        return now.add_columns(Provider.name).subquery("providers")
    held_then = and_(
        ProviderVersion.provider_id == Provider.id, Provider.held_from > day, ProviderVersion.holds(day)
    )
    name = func.coalesce(ProviderVersion.name, Provider.name).label("name")
    return now.add_columns(name).outerjoin(ProviderVersion, held_then).subquery("providers")


def is_left_out(service: Any, day: date | None) -> ColumnElement[bool]:
    """True where a service is not counted, because another registration of the same place is.

    That is the one CQC names as primary, as long as it is registered itself and not dormant: one that closed, provides
    no care at present, or is not held at all, leaves the place to the second. `service` has the columns `cqc_id` and
    `primary_cqc_id` as on the day; without a day, as now.
    """
    then = facts_as_at(day, "registered").c
    # Without a primary registration the bare comparison would be null, and its negation as well. What is registered is
    # asked for once and not for each service: PostgreSQL would take longer to compile that than to run it.
    is_second = func.coalesce(service.primary_cqc_id, service.cqc_id) != service.cqc_id
    is_active = and_(then.is_open, then.is_dormant.is_not(true()))
    return and_(is_second, service.primary_cqc_id.in_(select(then.cqc_id).where(is_active)))


def _not_yet(end: InstrumentedAttribute[date | None], day: date | None) -> ColumnElement[bool]:
    """True while what ends on this day has not ended on that one."""
    return end.is_(None) if day is None else or_(end.is_(None), end > day)
