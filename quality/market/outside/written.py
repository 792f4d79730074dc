"""Reading figures and claims that people wrote down by hand from a page or an article: TOML, as docs/market.md says."""

from __future__ import annotations

import re
import tomllib
from datetime import date

from quality.core.clock import today
from quality.frameworks.tables import Table
from quality.frameworks.vocabulary import FrameworkDefinitionError
from quality.market.models.outside import ONS_CODE, OutsideLayout
from quality.market.outside.definitions import one_line, series_words
from quality.market.outside.told import OutsideFileError, ToldClaim, ToldFigure, ToldFile, ToldSeries
from quality.ratings.frameworks.definition import day_of

_EARLIEST = date(2000, 1, 1)
_MOST_COUNTED = 1_000_000
_VALUE = re.compile(r"(?P<number>[0-9]{1,3}(?:\.(?P<decimals>[0-9]{1,6}))?) ?%")


def read_written(name: str, text: str) -> ToldFile:
    """What a file of published figures and claims tells. OutsideFileError, naming the place, when it cannot be used."""
    try:
        table = Table(tomllib.loads(text), name)
        read_on = _day(table, "read_on")
        if read_on is None:
            raise table.wrong("“read_on” is missing: it is the day somebody read the sources")
        series = [_series(one, read_on) for one in table.tables("series")]
        table.finish()
        _check_none_twice(table, [one.words.key for one in series], "the series")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise OutsideFileError(f"{name} is not a TOML file: {error}.") from None
    except FrameworkDefinitionError as error:
        raise OutsideFileError(str(error)) from None
    told = ToldFile(OutsideLayout.WRITTEN, series, rows_read=0)
    told.rows_read = told.stored
    return told


def _series(table: Table, read_on: date) -> ToldSeries:
    words = series_words(table)
    table.where = f"{table.where} ({words.key})"
    series = ToldSeries(words, speaks_until=read_on)
    if table.has("figure"):
        series.figures = [_figure(one, stated=words.denominator_stated) for one in table.tables("figure")]
    if table.has("claim"):
        series.claims = [_claim(one) for one in table.tables("claim")]
    if not series.figures and not series.claims:
        raise table.wrong("there should be one or more “figure” or “claim” tables")
    table.finish()
    figures = [f"{one.area_name}, {one.period}, {one.value_text}" for one in series.figures]
    _check_none_twice(table, figures, "the figure")
    return series


def _figure(table: Table, *, stated: bool) -> ToldFigure:
    value = one_line(table, "value", 20)
    found = _VALUE.fullmatch(value)
    if not found or float(found["number"]) > 100:
        raise table.wrong(f'“value” is "{value}", and should be as it was published, like "83.16%"')
    code, name = _area(table)
    figure = ToldFigure(
        area_code=code,
        area_name=name,
        period=one_line(table, "period", 60),
        value_text=value,
        precision=len(found["decimals"] or ""),
        as_at=_day(table, "as_at"),
        period_end=_day(table, "period_end"),
        n=table.whole("n", 1, _MOST_COUNTED) if stated else None,
        note=table.text("note") if table.has("note") else "",
        k=_k(table) if stated else None,
    )
    if not stated and (table.has("k") or table.has("n")):
        raise table.wrong("“k” and “n” are there, but “denominator_stated” is not true")
    table.finish()
    return figure


def _k(table: Table) -> int:
    return table.whole("k", 0, table.whole("n", 1, _MOST_COUNTED))


def _claim(table: Table) -> ToldClaim:
    code, name = _area(table)
    claim = ToldClaim(
        area_code=code,
        area_name=name,
        period=one_line(table, "period", 60),
        words=table.text("claim"),
        can_be_said=table.text("can_be_said"),
        cannot_be_said=table.text("cannot_be_said"),
        as_at=_day(table, "as_at"),
        period_end=_day(table, "period_end"),
        shown_with=_codes(table, "shown_with"),
    )
    table.finish()
    return claim


def _area(table: Table) -> tuple[str | None, str]:
    name = one_line(table, "area_name", 120)
    table.where = f"{table.where} ({name})"
    code = one_line(table, "area_code", 9) if table.has("area_code") else None
    if code is not None and not ONS_CODE.fullmatch(code):
        raise table.wrong(f'“area_code” is "{code}", which is not an ONS code like E10000012')
    return code, name


def _codes(table: Table, name: str) -> tuple[str, ...]:
    values = table.take(name) if table.has(name) else []
    if not isinstance(values, list) or not all(
        isinstance(one, str) and ONS_CODE.fullmatch(one) for one in values
    ):
        raise table.wrong(f"“{name}” should be a list of ONS codes like E10000012")
    return tuple(values)


def _day(table: Table, name: str) -> date | None:
    value = day_of(table, name)
    if value is not None and not _EARLIEST <= value <= today():
        raise table.wrong(f"“{name}” is {value.isoformat()}, which is before 2000 or in the future")
    return value


def _check_none_twice(table: Table, names: list[str], what: str) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise table.wrong(f'{what} "{twice}" is there twice')
