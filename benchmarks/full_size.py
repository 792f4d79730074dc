"""`python -m benchmarks.full_size FOLDER`: write an invented set of CQC's monthly files, as large as the real one.

The register (122 columns) and Latest ratings (28), as ODS and as CSV, for a month and for as many after it as are asked
for. The ODS has the mark-up that spreadsheet programs write, cell by cell, and so unpacks to 0.4 and 1.2 GB.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmarks.invented_register import RATING_ROWS, SERVICES, Month
from benchmarks.ods_writing import Rows, write_ods
from tests.builders.cqc_files import HEADINGS_2026, Cell
from tests.builders.register_headings import HEADINGS_REGISTER_2026

REGISTER, RATINGS = "HSCA_Active_Locations", "Latest_ratings"
FORMATS = ("ods", "csv")


def main() -> int:
    """Write the files and print their paths."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.full_size", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--months", type=int, default=2, help="how many months in a row")
    parser.add_argument("--services", type=int, default=SERVICES)
    parser.add_argument("--rating-rows", type=int, default=RATING_ROWS)
    parser.add_argument("--format", choices=FORMATS, action="append", help="both unless given")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for number in range(asked.months):
        month = Month(number, asked.services, asked.rating_rows, asked.seed)
        for kind in asked.format or FORMATS:
            for path in (write_register(asked.folder, month, kind), write_ratings(asked.folder, month, kind)):
                print(path, file=sys.stdout)
    return 0


def write_register(folder: Path, month: Month, kind: str = "ods") -> Path:
    """Write one month's register, named as CQC names it."""
    path = folder / f"{month.as_at:%d_%B_%Y}_{REGISTER}.{kind}"
    rows = _with(HEADINGS_REGISTER_2026, month.register())
    if kind == "csv":
        return _write_csv(path, rows)
    dual = ("Location ID", "Location Name", "Primary ID")
    readme = _readme(
        "Active locations for providers registered under the Health and Social Care Act (HSCA)", month
    )
    return write_ods(
        path,
        [
            ("README", readme),
            (REGISTER, rows),
            ("Dual_Registration_Locations", _with(dual, month.dual_registrations())),
        ],
    )


def write_ratings(folder: Path, month: Month, kind: str = "ods") -> Path:
    """Write one month's Latest ratings, named as CQC names it."""
    path = folder / f"{month.as_at:%d_%B_%Y}_{RATINGS}.{kind}"
    found = ([row.get(heading, "") for heading in HEADINGS_2026] for row in month.ratings())
    rows = _with(HEADINGS_2026, found)
    if kind == "csv":
        return _write_csv(path, rows)
    readme = _readme("Care directory with ratings for providers and locations", month)
    return write_ods(path, [("README", readme), ("Locations", rows)])


def _readme(title: str, month: Month) -> list[list[Cell]]:
    return [[title], [""], [f"Source: CQC database as at {month.as_at:%d %B %Y}"]]


def _with(headings: Sequence[str], rows: Rows) -> Iterator[Sequence[Cell]]:
    yield headings
    yield from rows


def _write_csv(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows(
            [f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in row] for row in rows
        )
    return path


if __name__ == "__main__":
    sys.exit(main())
