"""Reading ASCOF 6b: residential services rated Good or Outstanding, by council, class of council, region and England.

The Adult Social Care Outcomes Framework is published by DHSC and NHS England; the layout is that of its table 6b, a
row for each area and for each year three columns, numerator, denominator and outcome.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from quality.cqc.errors import quoted
from quality.market.models.outside import OutsideLayout
from quality.market.outside.definitions import known_series
from quality.market.outside.sheet import MARKERS, Cells, read_cells
from quality.market.outside.told import OutsideFileError, ToldFigure, ToldFile, ToldSeries

NAME, CODE = "Local authority", "ONS area code"
_THEIR_CODE = "Local authority code"
_COLUMN = re.compile(
    r"(?P<year>(?P<first>[0-9]{4}) to (?P<last>[0-9]{4})) - (?P<part>.+) (?P<what>numerator|denominator|outcome)"
)
_PARTS = ("outstanding", "good", "other", "not yet rated")
_NEEDED = ("numerator", "denominator", "outcome")


@dataclass(frozen=True)
class _Counts:
    """The cells of one row and year that say how many of how many."""

    k: int
    n: int
    parts: tuple[int, int, int, int] | None  # As _PARTS has them, where the file gives all four.


@dataclass
class _Reading:
    """What is found on the way through the rows."""

    told: ToldFile
    figures: list[ToldFigure] = field(default_factory=list)
    # By year, the rows whose numerator counts what has no rating yet.
    unrated_as_good: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def is_ascof(headings: list[str]) -> bool:
    """True for the headings of ASCOF 6b, in whole or in part."""
    return CODE in headings and any(_COLUMN.fullmatch(heading) for heading in headings)


def read_ascof(name: str, text: str, headings: list[str]) -> ToldFile:
    """What a file of ASCOF 6b tells, of all its years. OutsideFileError when it does not add up."""
    years = _years(headings)
    rows = read_cells(name, text, headings)
    last = date(int(max(years)[-4:]), 3, 31)
    series = ToldSeries(known_series("ascof-6b"), speaks_until=last)
    reading = _Reading(ToldFile(OutsideLayout.ASCOF_6B, [series], rows_read=len(rows)), series.figures)
    seen: dict[str, int] = {}
    for cells in rows:
        named = replace(cells, name=cells.needed(NAME, 120))
        code = named.area_code(CODE)
        if seen.setdefault(code or named.name, named.number) != named.number:
            raise OutsideFileError(
                f"Rows {seen[code or named.name]} and {named.number} are both of {named.name}."
            )
        for year in years:
            _read_year(named, code, year, reading)
    _warn(reading, headings)
    return reading.told


def _years(headings: list[str]) -> list[str]:
    """The years the headings speak of, each with all columns of 6b."""
    found = [match for heading in headings if (match := _COLUMN.fullmatch(heading))]
    years = list(dict.fromkeys(match["year"] for match in found))
    needed = [NAME, CODE, *(_heading(year, "6b", what) for year in years for what in _NEEDED)]
    missing = next((heading for heading in needed if heading not in headings), None)
    if missing is not None:
        raise OutsideFileError(f"Row 1, the heading {quoted(missing)} is missing.")
    for match in found:
        if int(match["last"]) != int(match["first"]) + 1 or not match["first"].startswith("20"):
            raise OutsideFileError(f"Row 1, the heading {quoted(match[0])} is not of a financial year.")
    return years


def _heading(year: str, part: str, what: str) -> str:
    return f"{year} - {part} {what}"


def _read_year(cells: Cells, code: str | None, year: str, reading: _Reading) -> None:
    outcome = _heading(year, "6b", "outcome")
    published = cells.percent(outcome)
    counts = _counts(cells, year)
    if published is None:
        marker = cells.text(outcome)
        reading.told.set_aside[f"{year}: marked {marker}, {MARKERS[marker]}"] += 1
        return
    value, precision = published
    note = "" if counts is None else _check(cells, year, counts, (value, precision), reading)
    reading.figures.append(
        ToldFigure(
            area_code=code,
            area_name=cells.name,
            period=year,
            value_text=value,
            precision=precision,
            period_end=date(int(year[-4:]), 3, 31),
            k=counts.k if counts else None,
            n=counts.n if counts else None,
            note=note,
        )
    )


def _counts(cells: Cells, year: str) -> _Counts | None:
    """How many of how many; nothing where one of the two is marked."""
    k, n = (cells.whole(_heading(year, "6b", what)) for what in _NEEDED[:2])
    if k is None or n is None:
        return None
    if k > n:
        raise cells.wrong(_heading(year, "6b", "numerator"), f"which is more than the denominator, {n:,}")
    if n == 0:
        raise cells.wrong(_heading(year, "6b", "denominator"), "and nothing can be a share of none")
    headings = [_heading(year, part, "numerator") for part in _PARTS]
    if not all(heading in cells.columns for heading in headings):
        return _Counts(k, n, None)
    parts = [cells.whole(heading) for heading in headings]
    outstanding, good, other, unrated = parts
    if outstanding is None or good is None or other is None or unrated is None:
        return _Counts(k, n, None)
    return _Counts(k, n, (outstanding, good, other, unrated))


def _check(cells: Cells, year: str, counts: _Counts, published: tuple[str, int], reading: _Reading) -> str:
    """Warn of what does not add up; what has to be said beside the figure."""
    value, precision = published
    exact = Fraction(100 * counts.k, counts.n)
    # A figure half way between two may have been rounded either way.
    if abs(exact - Fraction(value)) > Fraction(1, 2 * 10**precision):
        reading.told.warnings.append(
            f"{cells.place}, {year}: {value} is published, and {counts.k:,} of {counts.n:,} is {float(exact):.4g}."
        )
    if counts.parts is None:
        return ""
    outstanding, good, other, unrated = counts.parts
    adds_up = outstanding + good + other + unrated == counts.n
    if adds_up and unrated and outstanding + good + unrated == counts.k:
        reading.unrated_as_good[year].append(cells.number)
        return f"{unrated:,} of the {counts.n:,} had no rating yet, and the {counts.k:,} count them as well."
    if not adds_up or outstanding + good != counts.k:
        reading.told.warnings.append(
            f"{cells.place}, {year}: {counts.k:,} of {counts.n:,} is not what its parts add up to "
            f"({outstanding:,} outstanding, {good:,} good, {other:,} other, {unrated:,} not yet rated)."
        )
        return ""
    return f"{unrated:,} of the {counts.n:,} had no rating yet." if unrated else ""


def _warn(reading: _Reading, headings: list[str]) -> None:
    for year, rows in reading.unrated_as_good.items():
        listed = f"{'row' if len(rows) == 1 else 'rows'} {', '.join(map(str, rows))}"
        reading.told.warnings.append(
            f"{year}: in {len(rows)} of {reading.told.rows_read} rows the numerator counts services that had no "
            f"rating yet as well as those rated Good or Outstanding ({listed}). It is kept as published."
        )
    known = {NAME, CODE, _THEIR_CODE, ""}
    for heading in headings:
        match = _COLUMN.fullmatch(heading)
        if heading not in known and (match is None or match["part"] not in {"6b", *_PARTS}):
            reading.told.warnings.append(f"The column {quoted(heading)} is not one we read.")
