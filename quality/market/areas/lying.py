"""Which services lie in an area, or belong to it, on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from quality.core.database import db
from quality.market.areas.kinds import Area, AreaKind, NoLookup
from quality.market.areas.membership import authorities_in
from quality.market.areas.official import districts, with_code
from quality.market.models import Lookup, LookupKind, Place
from quality.services.facts import facts_as_at
from quality.services.models import LocalAuthority, Provider, ProviderVersion

_WHOLE = (AreaKind.COUNTRY, AreaKind.REGION, AreaKind.AUTHORITY)
_NO_LOOKUP = (
    "Which services lie in {area} is told by their postcodes, and no lookup of postcodes is loaded. Get the ONS "
    "Postcode Directory from ONS’s Open Geography portal (Open Government Licence v3.0), and load its CSV or ZIP with "
    "“flask market lookup load FILE”."
)


def service_ids_in(area: Area, as_at: date) -> list[int]:
    """The database's numbers of the services that lay in an area, or belonged to it, on a day; sorted.

    They are the services that CQC listed on the day; where they lie, and whose they are, is told by CQC's facts as they
    held then. A service lies in a district when CQC places it in the county and its postcode in the district, so that
    districts never add up to more than the county. Raises NoLookup where postcodes decide and no lookup is loaded.
    """
    facts = facts_as_at(as_at).c
    wanted = select(facts.id).where(facts.gone_on.is_(None), _lies_in(area, as_at, facts))
    return sorted(set(db.session.scalars(wanted)))


def postcode_lookup() -> Lookup | None:
    """The lookup of postcodes that is loaded."""
    return db.session.scalar(select(Lookup).where(Lookup.kind == LookupKind.POSTCODES))


def needed_lookup(area_words: str) -> Lookup:
    """The lookup of postcodes that is loaded. Raises NoLookup, which tells where to get one, when there is none."""
    lookup = postcode_lookup()
    if lookup is None:
        raise NoLookup(_NO_LOOKUP.format(area=area_words))
    return lookup


def _lies_in(area: Area, as_at: date, facts: Any) -> ColumnElement[bool]:
    if area.kind in (AreaKind.SERVICE, AreaKind.PROVIDER, AreaKind.BRAND):
        return _belongs_to(area, as_at, facts)
    if area.kind in _WHOLE:
        return _in_authorities(authorities_in(area, as_at), facts)
    if area.kind is AreaKind.DISTRICT:
        return _in_district(area, as_at, facts)
    if area.kind is AreaKind.ICB:
        needed_lookup(area.words)
        return and_(facts.postcode.in_(select(Place.postcode).where(Place.icb_code == area.code)))
    members = [one for one in map(with_code, area.members) if one is not None]
    return or_(false(), *(_lies_in(one, as_at, facts) for one in members))


def _belongs_to(area: Area, as_at: date, facts: Any) -> ColumnElement[bool]:
    if area.kind is AreaKind.SERVICE:
        return and_(facts.cqc_id == area.code)
    providers = select(Provider.id).where(Provider.cqc_id == area.code)
    return _among(
        facts.provider_id, providers if area.kind is AreaKind.PROVIDER else _of_brand(area.code, as_at)
    )


def _in_authorities(names: tuple[str, ...], facts: Any) -> ColumnElement[bool]:
    return _among(facts.local_authority_id, select(LocalAuthority.id).where(LocalAuthority.name.in_(names)))


def _among(column: Any, numbers: Select[int]) -> ColumnElement[bool]:
    """That a column has one of these few numbers, which are asked for first.

    SQLite uses an index below a union for numbers that it is given, and reads everything for those it has to select.
    """
    return and_(column.in_(list(db.session.scalars(numbers))))


def _in_district(area: Area, as_at: date, facts: Any) -> ColumnElement[bool]:
    needed_lookup(area.words)
    county = with_code(districts()[area.code].county)
    names = authorities_in(county, as_at) if county else ()
    places = select(Place.postcode).where(Place.district_code == area.code)
    return and_(_in_authorities(names, facts), facts.postcode.in_(places))


def _of_brand(brand_id: str, as_at: date) -> Select[int]:
    """The providers that belonged to a brand on a day; by their newest facts where nobody knows earlier ones."""
    before = select(ProviderVersion.provider_id).where(ProviderVersion.holds(as_at))
    then = before.where(ProviderVersion.brand_id == brand_id)
    now = select(Provider.id).where(
        Provider.brand_id == brand_id,
        or_(Provider.held_from.is_(None), Provider.held_from <= as_at, Provider.id.not_in(before)),
    )
    return select(then.union(now).subquery().c.provider_id)
