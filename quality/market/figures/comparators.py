"""Whom an authority is set beside: by a rule that anybody can apply again, or by a list that the council gave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from quality.market.areas.kinds import Area, AreaKind, AuthorityClass
from quality.market.areas.membership import ListedAuthority, authorities_at, region_of
from quality.market.areas.official import ENGLAND, regions, with_code, with_name
from quality.market.figures.basis import Basis
from quality.market.figures.benchmarks import Comparators
from quality.market.figures.market import Market
from quality.market.figures.rules import find_rule
from quality.market.figures.scopes import Scope

__all__ = ["LARGE", "SIZE", "comparators", "comparators_offered", "england", "region_around"]

LARGE = 200
SIZE, REGION, COUNTIES, ALL = "size", "region", "counties", "all"
_OFFERED = {
    SIZE: f"Authorities with at least {LARGE} services",
    REGION: "Authorities of the region",
    COUNTIES: "All counties",
    ALL: "All authorities",
}


def comparators_offered(council: int) -> list[tuple[str, str]]:
    """The sets to choose from: those that every council has, then the neighbours this one named."""
    return [*_OFFERED.items()]


def comparators(key: str, *, market: Market, area: Area, council: int, basis: Basis) -> Comparators:
    """The set of this key as at a day, the area itself always among them. An unknown key gives the set by size."""
    make = _MAKERS.get(key, _by_size)
    return make(market, area, basis)


def _by_size(market: Market, area: Area, basis: Basis) -> Comparators:
    # Size is of all that is registered, rated or not; so it is counted with the rule that leaves nobody out for that.
    everybody = market.counts(Basis(basis.day, Scope(basis.scope.kind), find_rule("unrated-counted")))
    large = [
        one
        for one in _areas(authorities_at(basis.day))
        if everybody.n[market.authority_numbers(one, basis.day)].sum() >= LARGE
    ]
    definition = (
        f"Authorities in which at least {LARGE} services of this scope are registered, dormant ones and second "
        "registrations of a place left out. It is about size only: such authorities need not be alike."
    )
    return Comparators(SIZE, _OFFERED[SIZE], definition, _with(area, large))


def _of_region(market: Market, area: Area, basis: Basis) -> Comparators:
    region = region_of(area.name)
    areas = _areas(one for one in authorities_at(basis.day) if region and one.region == region)
    definition = f"All upper-tier authorities of {region or 'no region'}."
    return Comparators(REGION, _OFFERED[REGION], definition, _with(area, areas))


def _counties(market: Market, area: Area, basis: Basis) -> Comparators:
    areas = _areas(one for one in authorities_at(basis.day) if one.authority_class is AuthorityClass.COUNTY)
    definition = "All counties with two tiers, by their ONS codes (E10…)."
    return Comparators(COUNTIES, _OFFERED[COUNTIES], definition, _with(area, areas))


def _all(market: Market, area: Area, basis: Basis) -> Comparators:
    definition = "All authorities with social care responsibilities on the day."
    return Comparators(ALL, _OFFERED[ALL], definition, _with(area, _areas(authorities_at(basis.day))))


def england() -> Area:
    """England as an area."""
    return regions()[ENGLAND]


def region_around(area: Area) -> Area | None:
    """The region that an authority lies in; none for another area, and where nobody knows."""
    if area.kind is not AreaKind.AUTHORITY:
        return None
    return next(iter(with_name(region_of(area.name))), None)


def _areas(listed: Iterable[ListedAuthority]) -> list[Area]:
    return [area for area in (with_code(one.code) for one in listed) if area is not None]


def _with(area: Area, areas: Sequence[Area]) -> tuple[Area, ...]:
    return tuple(areas) if area in areas else (*areas, area)


_MAKERS: dict[str, Callable[[Market, Area, Basis], Comparators]] = {
    SIZE: _by_size,
    REGION: _of_region,
    COUNTIES: _counties,
    ALL: _all,
}
