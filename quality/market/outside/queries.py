"""Finding what others published about an area: for a page or a chart to show beside our own figure, never in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased, contains_eager

from quality.core.database import db
from quality.core.pages import day
from quality.market.models.outside import OutsideClaim, OutsideFigure, OutsideLayout, OutsideSeries
from quality.market.outside.told import Difference

__all__ = ["Beside", "BesideClaim", "Source", "claims_for", "outside_for", "outside_table", "outside_trend"]

Said = TypeVar("Said", OutsideFigure, OutsideClaim)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure or claim was published, what it measured, and how that differs from ours."""

    key: str
    title: str
    publisher: str
    address: str
    licence: str
    measure: str
    scope: str
    beside: str
    comparators: str
    denominator_stated: bool
    differences: tuple[Difference, ...]
    file_name: str
    sha256: str
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure that others published, with everything that has to be said beside it.

    `days_apart` is from the day that was asked for to the day it speaks of, negative where it is the earlier; none
    where no day is known or none was asked for.
    """

    source: Source
    area_code: str | None
    area_name: str
    period: str
    as_at: date | None
    period_end: date | None
    days_apart: int | None
    value: Decimal
    value_text: str
    precision: int
    k: int | None
    n: int | None
    note: str

    @property
    def day(self) -> date | None:
        """Where it stands on a line of time: the day the source states or, failing that, the end of its period."""
        return self.as_at or self.period_end

    @property
    def words(self) -> str:
        """The figure in a sentence: what, of how many, of when, and that it is not ours."""
        of = "denominator not stated" if self.n is None else f"{self.k:,} of {self.n:,}"
        when = f"as at {day(self.as_at)}" if self.as_at else self.period
        words = f"Published elsewhere: {self.value}% ({of}), {self.area_name}, {when}."
        return f"{words} {self.note}" if self.note else words


@dataclass(frozen=True, slots=True)
class BesideClaim:
    """Something others published in words, with what can and what cannot be said about it."""

    source: Source
    area_code: str | None
    area_name: str
    period: str
    as_at: date | None
    period_end: date | None
    words: str
    can_be_said: str
    cannot_be_said: str


def outside_for(area_code: str | None, area_name: str, as_at: date, scope: str | None = None) -> list[Beside]:
    """Of every series that is shown beside our scope (all series without one), what it says of an area nearest a day.

    Areas are joined by ONS code; by name, as published, only where neither side has a code. Two periods as near as each
    other give the earlier. A series may give several figures of one period, where it published several.
    """
    found = _figures(_is_of(area_code, area_name), scope)
    return [
        beside
        for _, series in groupby(found, key=lambda figure: figure.series.key)
        for beside in _nearest(list(series), as_at)
    ]


def outside_trend(area_code: str | None, area_name: str, scope: str | None = None) -> list[Beside]:
    """All that stands of an area, series by series in order of time: the points of a chart."""
    return [_beside(figure, None) for figure in _figures(_is_of(area_code, area_name), scope)]


def outside_table(key: str, as_at: date) -> list[Beside]:
    """What a series says of every area it has, by name: all of one period, which is the one nearest a day."""
    shown = _nearest(_figures(OutsideSeries.key == key, None), as_at)
    return sorted(shown, key=lambda one: (one.area_name, one.area_code or ""))


def claims_for(area_code: str | None, area_name: str) -> list[BesideClaim]:
    """What others said in words of an area, or of one whose claims are shown with it, in order of time."""
    claims = db.session.scalars(_standing(select(OutsideClaim).join(OutsideClaim.series), OutsideClaim)).all()
    wanted = [
        claim
        for claim in claims
        if (claim.area_code == area_code and (area_code or claim.area_name == area_name))
        or (area_code is not None and area_code in claim.shown_with)
    ]
    return [_beside_claim(claim) for claim in sorted(wanted, key=lambda one: (one.day or date.max, one.id))]


def _is_of(area_code: str | None, area_name: str) -> ColumnElement[bool]:
    if area_code is not None:
        return OutsideFigure.area_code == area_code
    return and_(OutsideFigure.area_code.is_(None), OutsideFigure.area_name == area_name)


def _figures(where: ColumnElement[bool], scope: str | None) -> list[OutsideFigure]:
    """The figures that stand, by series and time."""
    statement = _standing(select(OutsideFigure).join(OutsideFigure.series).where(where), OutsideFigure)
    if scope is not None:
        statement = statement.where(OutsideSeries.beside == scope)
    figures = db.session.scalars(statement).all()
    return sorted(figures, key=lambda one: (one.series.key, one.day or date.max, one.id))


def _standing(statement: Select[Said], said: type[Said]) -> Select[Said]:
    """Leave out what a newer file of the same series tells again.

    A file that people wrote says all of its series; one of a statistical table only the periods that it has.
    """
    newer, its_figure = aliased(OutsideSeries), aliased(OutsideFigure)
    told_again = exists().where(its_figure.series_id == newer.id, its_figure.period == said.period)
    is_newer = or_(
        newer.speaks_until > OutsideSeries.speaks_until,
        and_(newer.speaks_until == OutsideSeries.speaks_until, newer.id > OutsideSeries.id),
    )
    replaced = exists().where(
        newer.key == OutsideSeries.key,
        is_newer,
        or_(newer.layout == OutsideLayout.WRITTEN, told_again.correlate(newer, said)),
    )
    return statement.where(~replaced.correlate(OutsideSeries, said)).options(contains_eager(said.series))


def _nearest(figures: list[OutsideFigure], as_at: date) -> Iterable[Beside]:
    """The figures of the period nearest a day; those without any day only where nothing else is there."""
    dated = [one for one in figures if one.day is not None]
    if not dated:
        return [_beside(one, as_at) for one in figures]
    nearest = min(dated, key=lambda one: (abs(_days(one, as_at) or 0), one.day))
    return [_beside(one, as_at) for one in dated if one.period == nearest.period]


def _days(figure: OutsideFigure, as_at: date) -> int | None:
    return (figure.day - as_at).days if figure.day else None


def _beside(figure: OutsideFigure, as_at: date | None) -> Beside:
    return Beside(
        source=_source(figure.series),
        area_code=figure.area_code,
        area_name=figure.area_name,
        period=figure.period,
        as_at=figure.as_at,
        period_end=figure.period_end,
        days_apart=_days(figure, as_at) if as_at else None,
        value=figure.value,
        value_text=figure.value_text,
        precision=figure.precision,
        k=figure.k,
        n=figure.n,
        note=figure.note,
    )


def _beside_claim(claim: OutsideClaim) -> BesideClaim:
    return BesideClaim(
        source=_source(claim.series),
        area_code=claim.area_code,
        area_name=claim.area_name,
        period=claim.period,
        as_at=claim.as_at,
        period_end=claim.period_end,
        words=claim.words,
        can_be_said=claim.can_be_said,
        cannot_be_said=claim.cannot_be_said,
    )


def _source(series: OutsideSeries) -> Source:
    return Source(
        key=series.key,
        title=series.title,
        publisher=series.publisher,
        address=series.address,
        licence=series.licence,
        measure=series.measure,
        scope=series.scope,
        beside=series.beside,
        comparators=series.comparators,
        denominator_stated=series.denominator_stated,
        differences=tuple(Difference(**difference) for difference in series.differences),
        file_name=series.file_name,
        sha256=series.sha256,
        loaded_at=series.loaded_at,
    )
