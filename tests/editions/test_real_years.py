"""Real files of 2016, 2021 and 2026 in one database, the oldest loaded last: each row is accounted for."""

from __future__ import annotations

import gzip
import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from quality.editions.loading import load_file
from quality.editions.result import LoadResult
from quality.services.models import Edition, Service, ServiceVersion
from tests.databases import Database

pytestmark = pytest.mark.slow

LEAP_DAY, SUMMER = date(2016, 2, 29), date(2026, 7, 31)


def directory_of_2016(shared_data: Path, folder: Path) -> Path:
    """The first 7,000 rows of CQC's directory of February 2016, with its headings put above them."""
    headings = shared_data / "cqc/headings/cqc_directory_csv_2016-2020_15cols.txt"
    path = folder / "directory.csv"
    with (
        gzip.open(shared_data / "cqc/2016-02_CQC_directory_first_7000_no_header.csv.gz", "rb") as rows,
        path.open("wb") as target,
    ):
        quoted = (f'"{heading}"' for heading in headings.read_text().strip().splitlines())
        target.write(f"{','.join(quoted)}\n".encode())
        shutil.copyfileobj(rows, target)
    return path


def adds_up(result: LoadResult) -> bool:
    """Every row read is stored, merged or set aside."""
    return result.rows_read == result.stored + result.merged + sum(result.set_aside.values())


def test_the_oldest_file_loaded_last_says_only_what_held_before(
    session: Database, shared_data: Path, tmp_path: Path
) -> None:
    england = load_file(
        shared_data / "cqc" / "01_February_2021_Latest_ratings_Locations_Domain-Overall.csv.gz"
    )
    county = load_file(
        shared_data / "cqc" / "2026_Latest_ratings_Locations_Lincolnshire.csv",
        as_at=SUMMER,
        confirm=lambda movement: True,
    )
    newest = dict(session.execute(select(Service.cqc_id, Service.name)).all())
    directory = load_file(directory_of_2016(shared_data, tmp_path), as_at=LEAP_DAY, part=True)
    assert [one.rows_read for one in (england, county, directory)] == [74_184, 4_159, 7_000]
    assert all(adds_up(one) for one in (england, county, directory))
    assert directory.effects["services"] == directory.stored
    assert (directory.effects["services_gone"], session.scalar(select(func.count(Edition.id)))) == (0, 3)
    now = dict(session.execute(select(Service.cqc_id, Service.name)).all())
    assert {cqc_id: now[cqc_id] for cqc_id in newest} == newest
    then = select(func.count()).select_from(ServiceVersion).where(ServiceVersion.holds(LEAP_DAY))
    listed = (session.scalar(then) or 0) + (
        session.scalar(select(func.count(Service.id)).where(Service.holds(LEAP_DAY))) or 0
    )
    assert listed == directory.stored
