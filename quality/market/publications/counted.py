"""The figures of a publication, counted from the market as it is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from quality.market.areas.kinds import Area
from quality.market.areas.membership import authorities_in
from quality.market.figures.basis import Basis
from quality.market.figures.benchmarks import Benchmark, Comparators, Line, benchmark
from quality.market.figures.comparators import ALL, comparators, england, region_around
from quality.market.figures.counting import Fate
from quality.market.figures.market import Market
from quality.market.figures.rules import Rule
from quality.market.figures.scopes import Scope
from quality.market.figures.share import Share
from quality.market.publications.snapshot import ComparatorsSaid, Figure, LeftOut, Role, ScopeSaid
from quality.market.publications.suppressing import suppress
from quality.market.publications.wording import scope_of
from quality.scoring.proportions import Comparison, Interval
from quality.scoring.ranks import Rank, chance_in_words

__all__ = ["Asked", "compared_with", "scopes_said"]

_PLACES = 6
_TOP = 4


@dataclass(frozen=True)
class Asked:
    """What is to be counted, by its word, and whom it is set beside."""

    word: str
    others: Comparators


def scopes_said(
    held: Market, own: Area, asked: Sequence[Asked], rule: Rule, day: date, *, council: int, show_small: bool
) -> tuple[ScopeSaid, ...]:
    """The figures of all that is asked, suppressed together where small ones are not shown."""
    bases = [(one, Basis(day, scope_of(one.word, council), rule)) for one in asked]
    said = [_scope(held, own, one, basis) for one, basis in bases]
    if show_small or not bases:
        return tuple(said)
    return suppress(said, _places(held, own, council, Basis(day, Scope(), rule)))


def compared_with(compare: str, word: str, *, held: Market, own: Area, council: int, basis: Basis) -> Asked:
    """Whom a scope is set beside. Nobody, where it is what the council contracts: others' contracts are not known."""
    if basis.scope.contracted_by is None:
        return Asked(word, comparators(compare, market=held, area=own, council=council, basis=basis))
    definition = (
        f"Services in {own.name} that the council notes it contracts on the day. Which ones others contract is not "
        "known here."
    )
    return Asked(word, Comparators("none", "Beside nobody", definition, ()))


def _places(held: Market, own: Area, council: int, basis: Basis) -> dict[str, frozenset[str]]:
    """The authorities that make up England and the region, each by its code or its name."""
    everybody = comparators(ALL, market=held, area=own, council=council, basis=basis).areas
    found = {england().code: frozenset(_known_by(one) for one in everybody)}
    region = region_around(own)
    if region:
        names = set(authorities_in(region, basis.day))
        found[_known_by(region)] = frozenset(_known_by(one) for one in everybody if one.name in names)
    return found


def _known_by(area: Area) -> str:
    return area.code or area.name


def _scope(held: Market, own: Area, asked: Asked, basis: Basis) -> ScopeSaid:
    others = asked.others
    told = ComparatorsSaid(key=others.key, words=others.words, definition=others.definition)
    if basis.scope.contracted_by is not None:
        figures: tuple[Figure, ...] = (_figure(Role.OWN, held.share(own, basis), None),)
        place = ""
    else:
        found = benchmark(held, own, others, region=region_around(own), england=england(), basis=basis)
        figures, place = _figures(found), _place(own, found.place) if found.place else ""
    return ScopeSaid(key=asked.word, words=basis.scope.words, comparators=told, figures=figures, place=place)


def _figures(found: Benchmark) -> tuple[Figure, ...]:
    """The council's, its region's, England's, and every comparator's."""
    figures = [_figure(Role.OWN, found.own, found.against_england)]
    if found.region:
        figures.append(_figure(Role.REGION, found.region, None))
    figures.append(_figure(Role.ENGLAND, found.england, None))
    figures += [_line(one.area, one) for one in found.lines]
    shown = {line.area for line in found.lines}
    return (*figures, *(_line(area, None) for area in found.comparators.areas if area not in shown))


def _figure(role: Role, share: Share, against: Comparison | None) -> Figure:
    left_out = tuple(
        LeftOut(key=fate.key, words=fate.words, count=share.left_out[fate])
        for fate in Fate
        if fate in share.left_out
    )
    shown = _with(_nobody(role, share.area), (share.k, share.n), share.interval, against)
    return replace(shown, registered=share.registered, left_out=left_out)


def _line(area: Area, line: Line | None) -> Figure:
    nobody = _nobody(Role.COMPARATOR, area)
    if line is None:
        return nobody
    return _with(nobody, (line.k, line.n), line.interval, line.against_england)


def _with(
    nobody: Figure, counted: tuple[int, int], interval: Interval | None, against: Comparison | None
) -> Figure:
    k, n = counted
    return replace(
        nobody,
        k=k,
        n=n,
        share=round(k / n, _PLACES) if n else None,
        low=round(float(interval.low), _PLACES) if interval else None,
        high=round(float(interval.high), _PLACES) if interval else None,
        against_england=against.value if against else None,
    )


def _nobody(role: Role, area: Area) -> Figure:
    return Figure(
        role=role,
        area_code=area.code,
        area_name=area.name,
        k=0,
        n=0,
        share=None,
        low=None,
        high=None,
        against_england=None,
        is_suppressed=False,
        registered=None,
        left_out=(),
    )


def _place(own: Area, place: Rank) -> str:
    shared = f", a place it shares with {place.shared_with}" if place.shared_with else ""
    words = (
        f"{own.name} is number {place.rank} of {place.of}{shared}. With 95% certainty its place is between "
        f"{place.low} and {place.high}."
    )
    if place.of > _TOP:
        among, third = place.chance_among_top(_TOP), place.chance_in_top_third()
        words += (
            f" “Among the top four” would hold {chance_in_words(among)}, “in the top third” "
            f"{chance_in_words(third)}."
        )
    return words
