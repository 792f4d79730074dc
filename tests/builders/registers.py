"""Ratings, registers, directories and lists of ended registrations, written as CQC writes them and loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from quality.core.clock import today
from quality.editions.loading import load_file
from quality.editions.result import LoadResult
from tests.builders.cqc_files import Cell, Table, a_row, latest_ratings_rows, write_csv
from tests.builders.cqc_files_headings import DUAL, PRIMARY
from tests.builders.cqc_files_register import BROOK_END as BROOK_END_WITH_DUAL
from tests.builders.cqc_files_register import LARKFIELD, deactivated_rows, directory_rows, register_rows

Home = Mapping[str, Cell]

BROOK_END: Home = {**BROOK_END_WITH_DUAL, DUAL: "", PRIMARY: ""}
HOUSE, BROOK = "1-900000001", "RZ901"

__all__ = [
    "BROOK",
    "BROOK_END",
    "HOUSE",
    "LARKFIELD",
    "load_deactivated",
    "load_directory",
    "load_register",
    "load_rows",
    "load_table",
]


def load_register(on: date, *homes: Home, **options: Any) -> LoadResult:
    """Load a register of these services as at a day."""
    # No two editions are the same bytes, which would be one: a column that nobody reads says the day.
    table = register_rows(homes, changes={"Location UPRN ID": f"{on:%Y%m%d}"})
    return load_table(table, on, "register.csv", **options)


def load_directory(on: date, *, changes: Home | None = None, **options: Any) -> LoadResult:
    """Load CQC's directory of Larkfield House, with these changes, as at a day."""
    checked = {"Date of latest check": f"{on:%d/%b/%Y} - 00:00", "Local authority": "Northmere"}
    table = directory_rows(preamble=False, changes={**checked, **(changes or {})})
    return load_table(table, on, "directory.csv", **options)


def load_deactivated(on: date, *homes: Home, ended: str, **options: Any) -> LoadResult:
    """Load the list of ended registrations: all of these ended on the same day, like 30/06/2026."""
    table = deactivated_rows(homes, changes={"Location HSCA End Date": ended})
    return load_table(table, on, "deactivated.csv", **options)


def load_rows(
    rows: Sequence[Home], *, as_at: date | None = None, name: str = "ratings.csv", **options: Any
) -> LoadResult:
    """Load *Latest ratings* of these rows, each Larkfield House rated Good but for what is given by heading."""
    table = [latest_ratings_rows()[0], *(a_row(row) for row in rows)]
    return load_table(table, as_at or today(), name, **options)


def load_table(table: Table, on: date, name: str, **options: Any) -> LoadResult:
    """Load a file of these rows as at a day, however much it moves."""
    options.setdefault("confirm", lambda movement: True)
    with TemporaryDirectory() as folder:
        return load_file(write_csv(Path(folder) / name, table), as_at=on, **options)
