"""Which local authorities make up an area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from quality.core.database import db
from quality.cqc import areas as spellings
from quality.market.areas.kinds import Area, AreaKind, AuthorityClass
from quality.market.areas.official import ENGLAND, authorities, same_ground, with_code
from quality.services.models import LocalAuthority


@dataclass(frozen=True)
class ListedAuthority:
    """A local authority that existed on a day: code, name as CQC spells it, name of its region, and class."""

    code: str
    name: str
    region: str
    authority_class: AuthorityClass


def authorities_in(area: Area, as_at: date) -> tuple[str, ...]:
    """The names, as CQC spells them, under which services of an area of whole authorities are held; sorted.

    For England and regions these are all names there have been: CQC begins to use a new council's name some months
    before or after the council begins, and a service is in its region under either. For an authority they are those
    that stood on its ground on the day, see `same_ground`; none, where only part of something else did. For a set, its
    members'. An area that is not made of whole authorities has none.
    """
    if area.kind in (AreaKind.COUNTRY, AreaKind.REGION):
        names = {one.area.name for one in authorities().values() if _lies_in(one.region, area)}
        return tuple(sorted(names | _unlisted(area)))
    if area.kind is AreaKind.AUTHORITY:
        if not area.code:
            return (area.name,)
        # What the reader of CQC's files calls otherwise is held so: Poole is, under the council that followed it.
        return tuple(sorted({spellings.authority(one.name) or one.name for one in same_ground(area, as_at)}))
    found = [with_code(code) for code in area.members]
    whole = [one for one in found if one is not None and one.kind is AreaKind.AUTHORITY]
    return tuple(sorted({name for one in whole for name in authorities_in(one, as_at)}))


def authorities_at(as_at: date) -> tuple[ListedAuthority, ...]:
    """Every upper-tier authority of England that existed on a day, by name: 153 since April 2023."""
    found = [
        ListedAuthority(one.area.code, one.area.name, region_name(one.region), one.authority_class)
        for one in authorities().values()
        if one.area.holds_on(as_at)
    ]
    return tuple(sorted(found, key=lambda one: one.name))


def authorities_of_class(kind: AuthorityClass, as_at: date) -> tuple[str, ...]:
    """The names, as CQC spells them, of all authorities of a class on a day, such as all counties; sorted."""
    return tuple(one.name for one in authorities_at(as_at) if one.authority_class is kind)


def region_of(name: str) -> str:
    """The name of the region a local authority lies in, by the authority's name; empty where nobody knows."""
    for one in authorities().values():
        if one.area.name.casefold() == name.casefold():
            return region_name(one.region)
    named = select(LocalAuthority.region).where(LocalAuthority.name == name)
    return db.session.scalar(named) or ""


def region_name(code: str) -> str:
    """The name of a region by its code."""
    area = with_code(code)
    return area.name if area else ""


def _lies_in(region: str, area: Area) -> bool:
    return area.code in (ENGLAND, region)


def _unlisted(area: Area) -> set[str]:
    """Authorities that CQC's data name and ONS does not list, in the region that the data give them."""
    listed = {one.area.name for one in authorities().values()}
    held = db.session.execute(select(LocalAuthority.name, LocalAuthority.region))
    return {
        name
        for name, region in held
        if name not in listed and (area.kind is AreaKind.COUNTRY or region == area.name)
    }
