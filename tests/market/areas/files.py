"""Files in the shapes that ONS and the ministry publish, with postcodes and neighbourhoods that were made up."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

# The headings of the directory of 2025, and some of those of 2023.
ONSPD_2025 = (
    *(
        "pcd7",
        "pcd8",
        "pcds",
        "dointr",
        "doterm",
        "usrtypind",
        "east1m",
        "north1m",
        "gridind",
        "oa21cd",
        "cty25cd",
    ),
    *("ced25cd", "lad25cd", "wd25cd", "nhser24cd", "ctry25cd", "rgn25cd", "pcon24cd", "ttwa15cd", "itl25cd"),
    *(
        "npark16cd",
        "lsoa21cd",
        "msoa21cd",
        "wz11cd",
        "sicbl24cd",
        "bua24cd",
        "ruc21ind",
        "oac11ind",
        "lat",
        "long",
    ),
    *("lep21cd1", "lep21cd2", "pfa23cd", "imd20ind", "icb23cd"),
)
ONSPD_2023 = (
    *(
        "pcd",
        "pcd2",
        "pcds",
        "dointr",
        "doterm",
        "oscty",
        "oslaua",
        "lsoa11",
        "msoa11",
        "ru11ind",
        "lat",
        "long",
    ),
    *("imd", "icb", "lsoa21", "msoa21"),
)
FILE_7 = (
    "LSOA code (2021)",
    "LSOA name (2021)",
    "Local Authority District code (2024)",
    "Local Authority District name (2024)",
    "Index of Multiple Deprivation (IMD) Score",
    "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
)


def directory(path: Path, *places: dict[str, str], headings: Sequence[str] = ONSPD_2025) -> Path:
    """An ONS Postcode Directory with these postcodes, each a few cells by heading."""
    return write(path, headings, ([place.get(heading, "") for heading in headings] for place in places))


def ranks(path: Path, *told: tuple[str, int], headings: Sequence[str] = FILE_7) -> Path:
    """The ministry's File 7 with these neighbourhoods and ranks."""
    return write(path, headings, ([lsoa, "", "", "", "", str(rank), ""] for lsoa, rank in told))


def write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """A CSV file."""
    path.write_text(_csv(headings, rows), encoding="utf-8-sig", newline="")
    return path


def packed(path: Path, **parts: str) -> Path:
    """A ZIP archive of these texts, as Data/NAME.csv each."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(f"Data/{name}.csv", text)
    return path


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue()
