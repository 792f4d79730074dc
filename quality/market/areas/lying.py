"""Which services lie in an area, or belong to it, on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select

from quality.core.database import db
from quality.market.areas.kinds import Area, AreaKind, NoLookup
from quality.market.areas.membership import authorities_in
from quality.services.facts import facts_as_at
from quality.services.models import LocalAuthority, Provider, ProviderVersion

_NO_LOOKUP = (
    "Which services lie in {area} is told by their postcodes, and no lookup of postcodes has been loaded. Get the ONS "
    "Postcode Directory from ONS’s Open Geography portal (Open Government Licence v3.0), and load its CSV or ZIP with "
    "“flask market lookup load FILE”."
)


def service_ids_in(area: Area, as_at: date) -> list[int]:
    """The database's numbers of the services that lay in an area, or belonged to it, on a day; sorted.

    Services are those that were known and listed on the day, registered or not; where they lie, and whose they are, is
    told by CQC's facts as they held then. Raises NoLookup where postcodes decide and no lookup is loaded.
    """
    facts = facts_as_at(as_at).c
    return sorted(set(db.session.scalars(_wanted(area, as_at, facts).where(facts.gone_on.is_(None)))))


def _wanted(area: Area, as_at: date, facts: Any) -> Select[int]:
    services: Select[int] = select(facts.id)
    if area.kind is AreaKind.SERVICE:
        return services.where(facts.cqc_id == area.code)
    if area.kind is AreaKind.PROVIDER:
        return services.join(Provider, Provider.id == facts.provider_id).where(Provider.cqc_id == area.code)
    if area.kind is AreaKind.BRAND:
        return services.where(facts.provider_id.in_(_of_brand(area.code, as_at)))
    if _made_of_authorities(area):
        named = select(LocalAuthority.id).where(LocalAuthority.name.in_(authorities_in(area, as_at)))
        return services.where(facts.local_authority_id.in_(named))
    raise NoLookup(_NO_LOOKUP.format(area=area.words))


def _made_of_authorities(area: Area) -> bool:
    return area.kind in (AreaKind.COUNTRY, AreaKind.REGION, AreaKind.AUTHORITY)


def _of_brand(brand_id: str, as_at: date) -> Select[int]:
    """The providers that belonged to a brand on a day; by their newest facts where nobody knows earlier ones."""
    before = select(ProviderVersion.provider_id).where(ProviderVersion.holds(as_at))
    then = before.where(ProviderVersion.brand_id == brand_id)
    now = select(Provider.id).where(
        Provider.brand_id == brand_id,
        or_(Provider.held_from.is_(None), Provider.held_from <= as_at, Provider.id.not_in(before)),
    )
    return select(then.union(now).subquery().c.provider_id)
