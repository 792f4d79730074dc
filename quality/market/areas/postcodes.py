"""Loading a lookup of postcodes: only those that services here have are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from quality.core.clock import now
from quality.core.database import db
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import record
from quality.market.areas.files import AreaFileError, CsvTable, open_table, sha256_of, small_tables
from quality.market.models import Lookup, LookupKind, Place
from quality.services.bulk import insert_rows
from quality.services.models import Service, ServiceVersion

# The columns of the ONS Postcode Directory and of the National Statistics Postcode Lookup, by the headings they have
# had since 2011: oslaua, laua, lad25cd; ru11ind, ruc21ind; icb, icb23cd.
_POSTCODE = ("pcds", "pcd8", "pcd7", "pcd2", "pcd", "postcode")
_COLUMNS = {
    "district_code": (r"(os)?laua", r"lad(\d\d)?cd"),
    "lsoa11": (r"lsoa11(cd)?",),
    "lsoa21": (r"lsoa21(cd)?",),
    "icb_code": (r"icb(\d\d)?(cd)?",),
    "rural_urban": (r"ruc?21(ind|cd)?", r"ruc?11(ind|cd)?"),
}
_FITS = {
    "district_code": re.compile(r"E0[6-9]\d{6}"),
    "lsoa11": re.compile(r"E01\d{6}"),
    "lsoa21": re.compile(r"E01\d{6}"),
    "icb_code": re.compile(r"E54\d{6}"),
    "rural_urban": re.compile(r"[UR][A-Z]{1,2}\d|[A-F]\d"),
}
# ONS writes codes that end so where a postcode lies in no area of that sort.
_NOWHERE = "999999"


@dataclass(frozen=True)
class LookupLoad:
    """What loading a lookup did. `lacking` are postcodes of services that the file does not have."""

    lookup: Lookup
    lacking: list[str]
    warnings: list[str]


def load_postcodes(path: Path, *, name: str = "") -> LookupLoad:
    """Load an ONS Postcode Directory, or a file shaped like it, in place of the one before.

    It is read row by row and only the postcodes of services are kept, so it is loaded again when there are new
    services. Raises AreaFileError, and stores nothing, for a file without the columns, or without any of our postcodes.
    """
    spelt = _spellings()
    if not spelt:
        raise AreaFileError("No service is held yet, so no postcode is needed: load CQC’s files first.")
    digest = sha256_of(path)
    with open_table(path) as table:
        postcode, columns = _columns(table, path.name)
        found, rows = _find(table, postcode, columns, spelt)
        name = name or Path(table.name).stem
    if not found:
        raise AreaFileError(
            f"None of the {len(spelt):,} postcodes of services is in {path.name}. Nothing was changed."
        )
    places = [(one, *codes) for plain, codes in found.items() for one in sorted(spelt[plain])]
    lookup = Lookup(
        kind=LookupKind.POSTCODES, name=name[:120], sha256=digest, rows=rows, boards=_board_names(path)
    )
    _store(lookup, path, places)
    lacking = sorted(min(spellings) for plain, spellings in spelt.items() if plain not in found)
    return LookupLoad(lookup, lacking, _warnings(columns))


def _spellings() -> dict[str, set[str]]:
    """The postcodes of services, now and before, without spaces; with every way CQC spells each."""
    spelt: dict[str, set[str]] = {}
    for model in (Service, ServiceVersion):
        for postcode in db.session.scalars(select(model.postcode).distinct()):
            if plain := _plain(postcode):
                spelt.setdefault(plain, set()).add(postcode)
    return spelt


def _columns(table: CsvTable, name: str) -> tuple[int, dict[str, int]]:
    postcode = table.column(*_POSTCODE)
    if postcode is None:
        raise AreaFileError(f"{name} has no column of postcodes: the ONS Postcode Directory calls it pcds.")
    found = {field: table.column(*patterns) for field, patterns in _COLUMNS.items()}
    columns = {field: position for field, position in found.items() if position is not None}
    if "district_code" not in columns:
        raise AreaFileError(
            f"{name} has no column of districts: the ONS Postcode Directory calls it oslaua or, like lad25cd, by year."
        )
    return postcode, columns


def _find(
    table: CsvTable, postcode: int, columns: dict[str, int], spelt: dict[str, set[str]]
) -> tuple[dict[str, tuple[str, ...]], int]:
    found: dict[str, tuple[str, ...]] = {}
    count = 0
    for _, cells in table.rows:
        count += 1
        plain = _plain(cells[postcode])
        if plain in spelt:
            places = {field: _code(field, cells[position]) for field, position in columns.items()}
            found[plain] = tuple(places.get(field, "") for field in _COLUMNS)
    return found, count


def _board_names(path: Path) -> dict[str, str]:
    """The names of integrated care boards, from the list that ONS packs beside the directory: ICB23CD and ICB23NM."""
    names: dict[str, str] = {}
    for rows in small_tables(path):
        for row in rows:
            told = {re.sub(r"\d", "", heading): value.strip() for heading, value in row.items()}
            if _FITS["icb_code"].fullmatch(told.get("icbcd", "")) and told.get("icbnm", "").isprintable():
                names[told["icbcd"]] = told.get("icbnm", "")[:120]
    return {code: name for code, name in names.items() if name and not code.endswith(_NOWHERE)}


def _store(lookup: Lookup, path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    db.session.execute(delete(Place))
    db.session.execute(delete(Lookup).where(Lookup.kind == LookupKind.POSTCODES))
    places = list(rows)
    lookup.file_name, lookup.stored, lookup.loaded_at = path.name[:255], len(places), now()
    db.session.add(lookup)
    db.session.flush()
    columns = ("lookup_id", "postcode", *_COLUMNS)
    insert_rows(Place, columns, ((lookup.id, *place) for place in places))
    details: dict[str, Any] = {
        "name": lookup.name,
        "file_name": lookup.file_name,
        "sha256": lookup.sha256,
        "stored": lookup.stored,
    }
    record(Kind.LOOKUP_LOADED, council=NATIONAL, about=("area_lookup", lookup.id), by=None, details=details)


def _warnings(columns: dict[str, int]) -> list[str]:
    told = {
        "lsoa21": "no neighbourhoods of 2021 (lsoa21), so deprivation of 2025 cannot be told",
        "icb_code": "no integrated care boards (icb)",
        "rural_urban": "no rural and urban classification (ruc21ind or ru11ind)",
    }
    return [f"The file has {what}." for field, what in told.items() if field not in columns]


def _code(field: str, text: str) -> str:
    code = text.strip().upper()
    return code if _FITS[field].fullmatch(code) and not code.endswith(_NOWHERE) else ""


def _plain(postcode: str) -> str:
    return "".join(postcode.split()).upper()
