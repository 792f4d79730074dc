"""Invented files of outside figures, in the layouts that are read."""

from __future__ import annotations

import csv
from pathlib import Path

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "published-elsewhere.toml"
PARTS = ("outstanding", "good", "other", "not yet rated", "6b")
WHATS = ("numerator", "denominator", "outcome")
Row = list[str]


def ascof_headings(*years: str) -> Row:
    """The headings of ASCOF 6b for these years."""
    columns = [f"{year} - {part} {what}" for year in years for part in PARTS for what in WHATS]
    return ["Local authority code", "Local authority", "ONS area code", *columns]


def a_year(outstanding: int, good: int, other: int, unrated: int = 0, *, outcome: str = "") -> Row:
    """The fifteen cells of one year, whose parts add up; `outcome` in place of the figure that is right."""
    n, k = outstanding + good + other + unrated, outstanding + good
    cells = [
        cell for count in (outstanding, good, other, unrated) for cell in (f"{count}.0", f"{n}.0", "0.0")
    ]
    return [*cells, f"{k}.0", f"{n}.0", outcome or f"{100 * k / n:.1f}"]


MARKED = ["[x]"] * 15
NORTHMERE = ["999", "Northmere", "E10999999"]
SOUTHMERE = ["998", "Southmere", "E10999998"]
CLASS = ["S", "Shire Counties", "[z]"]


def write_csv(path: Path, *rows: Row) -> Path:
    """Write rows as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def an_ascof_file(folder: Path, *rows: Row, years: tuple[str, ...] = ("2023 to 2024",)) -> Path:
    """A file of ASCOF 6b with these rows below its headings."""
    return write_csv(folder / "ascof.csv", ascof_headings(*years), *rows)


LG_HEADINGS = ["area_code", "area_name", "period", "indicator", "measure", "unit", "value"]
INDICATOR = "Percentage of care homes rated overall as good or outstanding"


def a_month(period: str, value: str, *, code: str = "E10999999", name: str = "Northmere") -> Row:
    """A row of LG Inform's."""
    return [code, name, period, INDICATOR, "Percentage", "Care Homes", value]


def an_lg_file(folder: Path, *rows: Row) -> Path:
    """A file of LG Inform's with these rows below its headings."""
    return write_csv(folder / "lg.csv", LG_HEADINGS, *rows)


def a_written_file(folder: Path, said: str, *, read_on: str = "2026-01-15", stated: str = "false") -> Path:
    """A file that people wrote: one series about Northmere, which says this."""
    path = folder / "written.toml"
    path.write_text(
        f"""read_on = {read_on}
[[series]]
key = "northmere-page"
title = "How Northmere does"
publisher = "Northmere Council"
licence = "None stated"
measure = "Share rated Good or Outstanding"
scope = "All services"
beside = "all"
denominator_stated = {stated}
[[series.difference]]
about = "Of how many"
theirs = "Not stated."
ours = "Always stated."
{said}
""",
        encoding="utf-8",
    )
    return path


def a_figure(value: str = "83.2%", *, more: str = "as_at = 2024-03-31") -> str:
    """A figure of Northmere's, as somebody writes it down."""
    return f"""[[series.figure]]
area_code = "E10999999"
area_name = "Northmere"
period = "March 2024"
value = "{value}"
{more}
"""


def a_claim(*, name: str = "NHS Northmere", more: str = "") -> str:
    """A claim in words, as somebody writes it down."""
    return f"""[[series.claim]]
area_name = "{name}"
period = "2008/09"
claim = "Among the top four."
can_be_said = "It is a place in an order."
cannot_be_said = "How sure the place is."
{more}
"""
