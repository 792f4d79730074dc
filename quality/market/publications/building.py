"""From the market as it is held to the snapshot of a publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from quality.core.clock import local
from quality.core.database import db
from quality.core.errors import Invalid
from quality.market.areas.finding import find_area
from quality.market.areas.kinds import Area
from quality.market.figures.basis import Basis
from quality.market.figures.benchmarks import Comparators, Line, benchmark
from quality.market.figures.comparators import comparators, england, region_around
from quality.market.figures.counting import Fate
from quality.market.figures.gathering import market
from quality.market.figures.market import Market
from quality.market.figures.rules import find_rule
from quality.market.figures.scopes import Scope, find_kind
from quality.market.figures.share import Share
from quality.market.outside.queries import Beside, BesideClaim, claims_for, outside_for
from quality.market.publications.snapshot import (
    SCHEMA_VERSION,
    SMALL,
    ComparatorsSaid,
    EditionSaid,
    Figure,
    LeftOut,
    OutsideSaid,
    Role,
    RuleSaid,
    ScopeSaid,
    Snapshot,
)
from quality.scoring.proportions import Comparison, Interval
from quality.scoring.ranks import Rank, chance_in_words
from quality.services.models import Edition, EditionKind, LocalAuthority

__all__ = ["Wanted", "editions_until", "scope_said", "snapshot_of"]

_PLACES = 6
_TOP = 4


@dataclass(frozen=True)
class Wanted:
    """What a publication is to say: whose market, as at which day, by which choices, in which words."""

    council: LocalAuthority
    colour: str
    title: str
    as_at: date
    scopes: tuple[str, ...]
    rule: str
    compare: str
    introduction: str
    notes: str
    show_small: bool
    corrects: int | None = None
    correction: str = ""


def snapshot_of(wanted: Wanted, *, number: int, published_at: datetime) -> Snapshot:
    """Everything that the publication says. Reads only. Refused for a day, scope, rule or list that cannot be had."""
    held = market()
    day = held.check_day(wanted.as_at)
    if not wanted.scopes:
        raise Invalid("scopes", "Choose at least one kind of service.")
    rule = find_rule(wanted.rule)
    own = find_area(wanted.council.name, day, council_id=wanted.council.id)
    said = []
    for word in wanted.scopes:
        basis = Basis(day, Scope(find_kind(word)), rule)
        others = comparators(wanted.compare, market=held, area=own, council=wanted.council.id, basis=basis)
        said.append(scope_said(held, own, others, basis, show_small=wanted.show_small))
    return Snapshot(
        schema_version=SCHEMA_VERSION,
        number=number,
        council=wanted.council.name,
        council_code=wanted.council.council_code or "",
        colour=wanted.colour,
        title=wanted.title,
        as_at=day,
        newest_edition=held.told_on(day),
        published_at=local(published_at),
        introduction=wanted.introduction,
        notes=wanted.notes,
        rule=RuleSaid(key=rule.key, title=rule.title, words=rule.words),
        show_small=wanted.show_small,
        corrects=wanted.corrects,
        correction=wanted.correction,
        scopes=tuple(said),
        editions=editions_until(day),
        outside=_outside(own, day, wanted.scopes),
    )


def scope_said(held: Market, own: Area, others: Comparators, basis: Basis, *, show_small: bool) -> ScopeSaid:
    """The figures of one scope: the council's, its region's, England's, and every comparator's."""
    found = benchmark(held, own, others, region=region_around(own), england=england(), basis=basis)
    against = found.against_england
    figures = [_figure(Role.OWN, found.own, against, show_small=show_small)]
    if found.region:
        figures.append(_figure(Role.REGION, found.region, None, show_small=show_small))
    figures.append(_figure(Role.ENGLAND, found.england, None, show_small=show_small))
    figures += [_line(one.area, one, show_small=show_small) for one in found.lines]
    shown = {line.area for line in found.lines}
    figures += [_line(area, None, show_small=show_small) for area in others.areas if area not in shown]
    is_hidden = figures[0].is_suppressed
    return ScopeSaid(
        key=basis.scope.kind.value,
        words=basis.scope.words,
        comparators=ComparatorsSaid(key=others.key, words=others.words, definition=others.definition),
        figures=tuple(figures),
        place=_place(own, found.place) if found.place and not is_hidden else "",
    )


def editions_until(day: date) -> tuple[EditionSaid, ...]:
    """The files of CQC's that figures as at a day rest on: all that are held up to it, oldest first."""
    asked = select(Edition).where(Edition.kind != EditionKind.RESULTS.value, Edition.as_at <= day)
    return tuple(
        EditionSaid(
            kind=EditionKind(one.kind).words, file_name=one.file_name, as_at=one.as_at, sha256=one.sha256
        )
        for one in db.session.scalars(asked.order_by(Edition.as_at, Edition.id))
    )


def _figure(role: Role, share: Share, against: Comparison | None, *, show_small: bool) -> Figure:
    if share.n <= SMALL and not show_small:
        return _hidden(role, share.area)
    left_out = tuple(
        LeftOut(key=fate.key, words=fate.words, count=share.left_out[fate])
        for fate in Fate
        if fate in share.left_out
    )
    shown = _with(_hidden(role, share.area), (share.k, share.n), share.interval, against)
    return replace(shown, registered=share.registered, left_out=left_out)


def _line(area: Area, line: Line | None, *, show_small: bool) -> Figure:
    hidden = _hidden(Role.COMPARATOR, area)
    if (line.n if line else 0) <= SMALL and not show_small:
        return hidden
    if line is None:
        return _with(hidden, (0, 0), None, None)
    return _with(hidden, (line.k, line.n), line.interval, line.against_england)


def _with(
    hidden: Figure, counted: tuple[int, int], interval: Interval | None, against: Comparison | None
) -> Figure:
    k, n = counted
    return replace(
        hidden,
        k=k,
        n=n,
        share=round(k / n, _PLACES) if n else None,
        low=round(float(interval.low), _PLACES) if interval else None,
        high=round(float(interval.high), _PLACES) if interval else None,
        against_england=against.value if against else None,
        is_suppressed=False,
    )


def _hidden(role: Role, area: Area) -> Figure:
    # What is registered and left out would tell how many count, so it is not told either.
    return Figure(
        role=role,
        area_code=area.code,
        area_name=area.name,
        k=None,
        n=None,
        share=None,
        low=None,
        high=None,
        against_england=None,
        is_suppressed=True,
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


def _outside(own: Area, day: date, scopes: Sequence[str]) -> tuple[OutsideSaid, ...]:
    code = own.code or None
    figures = [one for scope in scopes for one in outside_for(code, own.name, day, scope=scope)]
    said = [_published(one, one.words) for one in figures]
    said += [
        _published(one, f"Published elsewhere, in words: {one.words} {one.cannot_be_said}".strip())
        for one in claims_for(code, own.name)
    ]
    return tuple(said)


def _published(one: Beside | BesideClaim, words: str) -> OutsideSaid:
    source = one.source
    return OutsideSaid(
        title=source.title,
        publisher=source.publisher,
        licence=source.licence,
        address=source.address,
        scope=source.scope,
        words=words,
        differences=tuple(
            f"{each.about}: theirs {each.theirs}; ours {each.ours}" for each in source.differences
        ),
        file_name=source.file_name,
        sha256=source.sha256,
    )
