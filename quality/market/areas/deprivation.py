"""Loading the Index of Multiple Deprivation: how every neighbourhood of England ranks, 1 being the most deprived."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from quality.core.clock import now, today
from quality.core.database import db
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import record
from quality.market.areas.files import AreaFileError, CsvTable, open_table, plain_heading, sha256_of
from quality.market.models import Deprivation, Lookup, LookupKind
from quality.services.bulk import insert_rows

# How many neighbourhoods (lower layer super output areas) each census drew in England; ONS, Open Geography portal.
NEIGHBOURHOODS = {2011: 32_844, 2021: 33_755}
# When each edition was published; Ministry of Housing, Communities and Local Government, and its forerunners.
PUBLISHED = {2015: date(2015, 9, 30), 2019: date(2019, 9, 26), 2025: date(2025, 10, 30)}
# The census whose neighbourhoods each of them ranks.
_CENSUS = {2015: 2011, 2019: 2011, 2025: 2021}
_LSOA = (r"lsoacode(2011|2021)", r"lsoa(11|21)(code|cd)")
_RANK = (r"imdrank", r"indexofmultipledeprivationimdrank.*", r"indexofmultipledeprivationrank.*")
_CODE = re.compile(r"E01\d{6}")
_WHOLE = re.compile(r"([0-9]{1,5})(?:\.0+)?")


def fifth_of(rank: int, census: int) -> int:
    """The fifth of England's neighbourhoods that a rank is in: 1 the most deprived, 5 the least.

    The rank times five over the number of neighbourhoods, rounded up. Of the 33,755 of 2021 each fifth has 6,751; of
    the 32,844 of 2011 they have 6,568 or 6,569. Fifths are pairs of the deciles that the ministry publishes.
    """
    return -(-rank * 5 // NEIGHBOURHOODS[census])


def load_deprivation(path: Path, *, edition: int, published: date | None = None) -> Lookup:
    """Load an edition of the English indices of deprivation, named by its year, in place of the same one before.

    The file is CSV with the headings of the ministry's File 1 or File 7, or shorter ones: a column of neighbourhoods
    that says of which census they are, and one of ranks. It may hold a part of England. Raises AreaFileError, and
    stores nothing, for anything else.
    """
    told_on = _told_on(edition, published)
    digest = sha256_of(path)
    with open_table(path) as table:
        census, ranks = _read(table, path.name)
    if not ranks:
        raise AreaFileError(f"{path.name} has headings and no rows. Nothing was changed.")
    if _CENSUS.get(edition, census) != census:
        raise AreaFileError(
            f"{path.name} ranks neighbourhoods of {census}, and the indices of {edition} those of {_CENSUS[edition]}: "
            "the edition or the file is another."
        )
    lookup = Lookup(
        kind=LookupKind.DEPRIVATION,
        name=f"English indices of deprivation {edition}",
        file_name=path.name[:255],
        sha256=digest,
        rows=len(ranks),
        stored=len(ranks),
        census=census,
        told_on=told_on,
        loaded_at=now(),
    )
    return _store(lookup, ranks.items())


def _told_on(edition: int, published: date | None) -> date:
    told_on = published or PUBLISHED.get(edition)
    if told_on is None or not date(2000, 1, 1) <= told_on <= today():
        raise AreaFileError(
            f"When the indices of {edition} were published is not known here: say so with --published, a day that is "
            "past."
        )
    return told_on


def _read(table: CsvTable, name: str) -> tuple[int, dict[str, int]]:
    lsoa, rank = table.column(*_LSOA), table.column(*_RANK)
    if lsoa is None or rank is None:
        lacking = "neighbourhoods (like “LSOA code (2021)”)" if lsoa is None else "ranks (like “IMD Rank”)"
        raise AreaFileError(
            f"{name} has no column of {lacking}. Load the ministry’s File 1 or File 7, saved as CSV."
        )
    census = 2021 if "21" in plain_heading(table.headings[lsoa]) else 2011
    ranks: dict[str, int] = {}
    for number, cells in table.rows:
        code = cells[lsoa].strip().upper()
        if not _CODE.fullmatch(code):
            raise AreaFileError(
                f"{name}, row {number}: “{code[:20]}” is not the code of an English neighbourhood."
            )
        if code in ranks:
            raise AreaFileError(f"{name}, row {number}: {code} is there twice.")
        ranks[code] = _rank(cells[rank], census, f"{name}, row {number}")
    return census, ranks


def _rank(text: str, census: int, where: str) -> int:
    most = NEIGHBOURHOODS[census]
    # The ministry's own files write 19,102 where a spreadsheet was saved, and others 19102.0.
    matched = _WHOLE.fullmatch(text.strip().replace(",", ""))
    rank = int(matched[1]) if matched else 0
    if not 1 <= rank <= most:
        raise AreaFileError(
            f"{where}: the rank is “{text[:20]}”, and should be a whole number from 1 to {most:,}, which is how many "
            f"neighbourhoods of {census} England has."
        )
    return rank


def _store(lookup: Lookup, ranks: Iterable[tuple[str, int]]) -> Lookup:
    before = db.session.scalar(
        select(Lookup).where(Lookup.kind == LookupKind.DEPRIVATION, Lookup.name == lookup.name)
    )
    if before is not None:
        db.session.execute(delete(Deprivation).where(Deprivation.lookup_id == before.id))
        db.session.execute(delete(Lookup).where(Lookup.id == before.id))
    db.session.add(lookup)
    db.session.flush()
    insert_rows(Deprivation, ("lookup_id", "lsoa", "rank"), ((lookup.id, *one) for one in ranks))
    details: dict[str, Any] = {
        "name": lookup.name,
        "file_name": lookup.file_name,
        "sha256": lookup.sha256,
        "stored": lookup.stored,
        "before_sha256": before.sha256 if before else None,
    }
    record(Kind.LOOKUP_LOADED, council=NATIONAL, about=("area_lookup", lookup.id), by=None, details=details)
    return lookup
