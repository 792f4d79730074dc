"""Reading LG Inform's monthly figures: a row for each area and month, in per cent, without the counts behind them."""

from __future__ import annotations

import re
from calendar import month_abbr, monthrange
from dataclasses import replace
from datetime import date

from quality.core.clock import today
from quality.cqc.errors import quoted
from quality.market.models.outside import OutsideLayout
from quality.market.outside.definitions import known_series
from quality.market.outside.sheet import MARKERS, Cells, read_cells
from quality.market.outside.told import OutsideFileError, ToldFigure, ToldFile, ToldSeries

_NEEDED = ("area_code", "area_name", "period", "indicator", "value")
_PERCENTAGE = "percentage"
_PERIOD = re.compile(r"([A-Z][a-z]{2}) (20[0-9]{2})")
# A series is only taken in when we have said how it differs from ours.
_INDICATORS = {"Percentage of care homes rated overall as good or outstanding": "lg-inform-care-homes"}


def is_lg_inform(headings: list[str]) -> bool:
    """True for the headings of LG Inform's monthly layout, in whole or in part."""
    return {"area_code", "indicator"} <= set(headings)


def read_lg_inform(name: str, text: str, headings: list[str]) -> ToldFile:
    """What a file of LG Inform's tells, a series for each indicator. OutsideFileError when it cannot be used."""
    missing = next((heading for heading in _NEEDED if heading not in headings), None)
    if missing is not None:
        raise OutsideFileError(f"Row 1, the heading {quoted(missing)} is missing.")
    rows = read_cells(name, text, headings)
    told = ToldFile(OutsideLayout.LG_INFORM, [], rows_read=len(rows))
    by_key: dict[str, ToldSeries] = {}
    seen: dict[tuple[str, ...], int] = {}
    for cells in rows:
        named = replace(cells, name=cells.needed("area_name", 120))
        key, end = _key(named), _last_day(named)
        code = named.area_code("area_code")
        what = (key, code or named.name, named.text("period"))
        if seen.setdefault(what, named.number) != named.number:
            raise OutsideFileError(
                f"Rows {seen[what]} and {named.number} are both of {named.name} in {named.text('period')}."
            )
        series = by_key.setdefault(key, ToldSeries(known_series(key), speaks_until=end))
        series.speaks_until = max(series.speaks_until, end)
        _read(named, code, end, series, told)
    told.series = list(by_key.values())
    return told


def _read(cells: Cells, code: str | None, end: date, series: ToldSeries, told: ToldFile) -> None:
    published = cells.percent("value")
    if published is None:
        marker = cells.text("value")
        told.set_aside[f"marked {marker}, {MARKERS[marker]}"] += 1
        return
    value, precision = published
    series.figures.append(
        ToldFigure(code, cells.name, cells.text("period"), value, precision, period_end=end)
    )


def _key(cells: Cells) -> str:
    indicator = cells.text("indicator")
    if indicator not in _INDICATORS:
        raise cells.wrong("indicator", f"and only {quoted(next(iter(_INDICATORS)))} is read")
    if "measure" in cells.columns and cells.text("measure").casefold() != _PERCENTAGE:
        raise cells.wrong("measure", 'and only "Percentage" is read')
    return _INDICATORS[indicator]


def _last_day(cells: Cells) -> date:
    """The last day of the month that a period like `Mar 2024` names."""
    found = _PERIOD.fullmatch(cells.text("period"))
    months = list(month_abbr)
    if not found or found[1] not in months:
        raise cells.wrong("period", 'which is not a month like "Mar 2024"')
    month, year = months.index(found[1]), int(found[2])
    if date(year, month, 1) > today():
        raise cells.wrong("period", "which is in the future")
    return date(year, month, monthrange(year, month)[1])
