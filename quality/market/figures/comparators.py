"""Whom an authority is set beside: by a rule that anybody can apply again, or by a list that the council gave."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quality.core.errors import Invalid
from quality.core.pages import day as in_words
from quality.core.pages import plural
from quality.market.areas.finding import NO_AREA
from quality.market.areas.kinds import Area, AreaKind, AuthorityClass
from quality.market.areas.membership import authorities_at, authorities_in, authorities_of_class, region_of
from quality.market.areas.official import ENGLAND, regions, with_code, with_name
from quality.market.areas.sets import area_of_set, sets_of
from quality.market.figures.basis import Basis
from quality.market.figures.benchmarks import Comparators
from quality.market.figures.market import Market
from quality.market.figures.rules import find_rule
from quality.market.figures.scopes import Scope
from quality.market.models import AreaSet

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
    return [*_OFFERED.items(), *((f"set:{one.key}", one.name) for one in sets_of(council))]


def comparators(key: str, *, market: Market, area: Area, council: int, basis: Basis) -> Comparators:
    """The set of this key as at a day, with the area if it is an authority. Invalid for an unknown key."""
    for one in sets_of(council):
        if key == f"set:{one.key}":
            return _of_list(one, market, area, basis)
    if key not in _MAKERS:
        raise Invalid("compare", f"“{key}” is no list to compare with. Choose one of those offered.")
    return _MAKERS[key](market, area, basis)


def _of_list(one: AreaSet, market: Market, area: Area, basis: Basis) -> Comparators:
    names = set(authorities_in(area_of_set(one), basis.day))
    areas = [each for each in _everybody(market, basis) if each.name in names]
    shown = {each.code for each in areas}
    # What is published says for good what the list was, and which of its members no line stands for.
    left = [member.words for code in one.members if code not in shown and (member := with_code(code))]
    noted = f"As noted on {in_words(one.noted_at)} it has {plural(len(one.members), 'member')}"
    beside = f"; not set beside as authorities of the day: {', '.join(left)}" if left else ""
    definition = f"A list that the council gave: {_sentence(one.source)} {noted}{beside}."
    return _set(f"set:{one.key}", one.name, definition, area, areas)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _by_size(market: Market, area: Area, basis: Basis) -> Comparators:
    # Size is of all that is registered, rated or not; so it is counted with the rule that leaves nobody out for that.
    everybody = market.counts(Basis(basis.day, Scope(basis.scope.kind), find_rule("unrated-counted")))
    large = [
        one
        for one in _everybody(market, basis)
        if everybody.n[market.authority_numbers(one, basis.day)].sum() >= LARGE
    ]
    definition = (
        f"Authorities in which at least {LARGE} services of this scope are registered, dormant ones and second "
        "registrations of a place left out. It is about size only: such authorities need not be alike."
    )
    return _set(SIZE, _OFFERED[SIZE], definition, area, large)


def _of_region(market: Market, area: Area, basis: Basis) -> Comparators:
    region = region_around(area)
    inside = set(authorities_in(region, basis.day)) if region else set()
    areas = [one for one in _everybody(market, basis) if one.name in inside]
    definition = f"All upper-tier authorities of {region.name if region else 'no region'}."
    return _set(REGION, _OFFERED[REGION], definition, area, areas)


def _counties(market: Market, area: Area, basis: Basis) -> Comparators:
    names = set(authorities_of_class(AuthorityClass.COUNTY, basis.day))
    areas = [one for one in _everybody(market, basis) if one.name in names]
    definition = "All counties with two tiers, by their ONS codes (E10…)."
    return _set(COUNTIES, _OFFERED[COUNTIES], definition, area, areas)


def _all(market: Market, area: Area, basis: Basis) -> Comparators:
    definition = "All authorities with social care responsibilities on the day."
    return _set(ALL, _OFFERED[ALL], definition, area, _everybody(market, basis))


def england() -> Area:
    """England as an area."""
    return regions()[ENGLAND]


def region_around(area: Area) -> Area | None:
    """The region that an authority lies in; none for another area, and where nobody knows."""
    if area.kind is not AreaKind.AUTHORITY:
        return None
    return next(iter(with_name(region_of(area.name))), None)


def _everybody(market: Market, basis: Basis) -> list[Area]:
    """Every authority of the day: those of ONS's list, then those that only CQC's data name, such as invented ones."""
    listed = [with_code(one.code) for one in authorities_at(basis.day)]
    others = [
        name
        for name in market.held.authorities.values()
        if not with_name(name) and name.casefold() not in NO_AREA
    ]
    return [one for one in listed if one] + [Area("", name, AreaKind.AUTHORITY) for name in sorted(others)]


def _set(key: str, words: str, definition: str, area: Area, areas: Sequence[Area]) -> Comparators:
    if area.kind is not AreaKind.AUTHORITY or area in areas:
        return Comparators(key, words, definition, tuple(areas))
    beside = f"{definition} {area.name} is not one of them and is set beside them all the same."
    return Comparators(key, words, beside, (*areas, area))


_MAKERS: dict[str, Callable[[Market, Area, Basis], Comparators]] = {
    SIZE: _by_size,
    REGION: _of_region,
    COUNTIES: _counties,
    ALL: _all,
}
