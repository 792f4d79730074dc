"""CQC's own files, where they are at hand. Nothing of them is kept here but how many rows there are of what."""

from __future__ import annotations

import gzip
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from quality.cqc import CqcFileError, RatingRow, RatingWord, ServiceRow, open_cqc_file
from tests.builders.cqc_files import write_csv
from tests.builders.cqc_files_headings import (
    DEACTIVATED,
    DIRECTORY_2016,
    DIRECTORY_2026,
    REGISTER_2017,
    REGISTER_2021,
    REGISTER_2026,
)
from tests.builders.cqc_files_register import register_rows

pytestmark = pytest.mark.slow

ENGLAND_2021 = "01_February_2021_Latest_ratings_Locations_Domain-Overall.csv.gz"
FIRST_7000_OF_2016 = "2016-02_CQC_directory_first_7000_no_header.csv.gz"
LINCOLNSHIRE_2026 = "2026_Latest_ratings_Locations_Lincolnshire.csv"


@pytest.fixture
def folder(shared_data: Path) -> Path:
    return shared_data / "cqc"


def ratings_of(path: Path) -> list[RatingRow]:
    return [row for row in open_cqc_file(path).rows() if isinstance(row, RatingRow)]


def test_all_of_england_in_february_2021(folder: Path) -> None:
    opened = open_cqc_file(folder / ENGLAND_2021)
    words: Counter[RatingWord] = Counter()
    latest = date.min
    services = set()

    for row in opened.rows():
        assert isinstance(row, RatingRow)
        words[row.word] += 1
        services.add(row.service_id)
        assert row.published_on is not None
        latest = max(latest, row.published_on)

    assert opened.rows_read == 74_184
    assert opened.as_at == date(2021, 2, 1)
    assert len(opened.headings) == 26
    assert opened.warnings == []
    assert len(services) == 31_966
    assert latest <= date(2021, 2, 1)
    assert words == {
        RatingWord.GOOD: 62_893,
        RatingWord.REQUIRES_IMPROVEMENT: 6_720,
        RatingWord.OUTSTANDING: 3_881,
        RatingWord.INADEQUATE: 616,
        RatingWord.INSUFFICIENT_EVIDENCE: 74,
    }


def test_the_figures_others_computed_for_adult_social_care_in_2021_come_out(folder: Path) -> None:
    categories = {"Residential social care", "Community based adult social care services"}
    newest = {
        row.service_id: row
        for row in sorted(ratings_of(folder / ENGLAND_2021), key=lambda row: row.published_on or date.min)
        if row.service_group == row.domain == "Overall"
        and row.primary_category in categories
        and row.word.is_rating
    }

    def good_of_rated(where: str | None, value: str) -> tuple[int, int]:
        rows = [row for row in newest.values() if where is None or getattr(row, where) == value]
        good = sum(row.word in (RatingWord.GOOD, RatingWord.OUTSTANDING) for row in rows)
        return good, len(rows)

    assert good_of_rated("local_authority", "Essex") == (555, 637)
    assert good_of_rated("region", "East of England") == (2_214, 2_634)
    assert good_of_rated(None, "") == (19_532, 23_115)


def test_one_county_in_2026_saved_again_by_an_american_spreadsheet(folder: Path) -> None:
    with pytest.raises(CqcFileError, match="give the day with --as-at"):
        open_cqc_file(folder / LINCOLNSHIRE_2026)
    opened = open_cqc_file(folder / LINCOLNSHIRE_2026, as_at=date(2026, 7, 31))

    rows = [row for row in opened.rows() if isinstance(row, RatingRow)]

    assert opened.rows_read == len(rows) == 4_159
    assert len(opened.headings) == 28
    assert opened.warnings == []
    assert rows[0].published_on == date(2026, 5, 29)
    assert sum(row.published_on is None for row in rows) == 60
    assert max(row.published_on for row in rows if row.published_on) < date(2026, 8, 1)
    assert Counter(row.domain for row in rows)["Overall"] == 997
    assert Counter(row.word for row in rows) == {
        RatingWord.GOOD: 3_251,
        RatingWord.REQUIRES_IMPROVEMENT: 461,
        RatingWord.REGULATIONS_MET: 180,
        RatingWord.OUTSTANDING: 156,
        RatingWord.NOT_RATED: 42,
        RatingWord.NOT_APPLICABLE: 36,
        RatingWord.INADEQUATE: 27,
        RatingWord.INSUFFICIENT_EVIDENCE: 6,
    }


def test_the_directory_of_2016_with_its_headings_put_above(folder: Path, tmp_path: Path) -> None:
    headings = (folder / "headings/cqc_directory_csv_2016-2020_15cols.txt").read_text().strip().splitlines()
    path = tmp_path / "16_February_2016_CQC_directory.csv"
    with gzip.open(folder / FIRST_7000_OF_2016, "rb") as rows, path.open("wb") as target:
        target.write((",".join(headings) + "\n").encode())
        shutil.copyfileobj(rows, target)
    opened = open_cqc_file(path)

    rows_read = [row for row in opened.rows() if isinstance(row, ServiceRow)]

    assert (opened.kind, opened.as_at, opened.warnings) == ("directory", date(2016, 2, 16), [])
    assert opened.rows_read == len(rows_read) == 7_000
    assert Counter(row.region for row in rows_read)["Yorkshire and The Humber"] == 643
    assert Counter(row.region for row in rows_read)["East of England"] == 744
    assert Counter(len(row.phone or "") for row in rows_read) == {11: 6_739, 0: 199, 10: 61, 12: 1}
    assert sum("Care home service without nursing" in row.service_types for row in rows_read) == 4_094
    assert sum("Older People" in row.specialisms for row in rows_read) == 4_223
    assert sum("Personal care" in row.activities for row in rows_read) == 1_213
    known = {
        row.local_authority
        for row in open_cqc_file(folder / ENGLAND_2021).rows()
        if isinstance(row, RatingRow)
    }
    assert {row.local_authority for row in rows_read} <= known


@pytest.mark.parametrize(
    ("file", "ours"),
    [
        ("hsca_active_locations_2017-08_94cols.txt", REGISTER_2017),
        ("hsca_active_locations_2021-05_wmfs_119cols.txt", REGISTER_2021),
        ("hsca_active_locations_2026-10_122cols.txt", REGISTER_2026),
        ("deactivated_locations_2026-09_first34cols.txt", DEACTIVATED[:34]),
        ("cqc_directory_csv_2016-2020_15cols.txt", DIRECTORY_2016),
        ("cqc_directory_csv_2026_15cols.txt", DIRECTORY_2026),
    ],
)
def test_our_own_fixtures_have_exactly_cqcs_headings(folder: Path, file: str, ours: tuple[str, ...]) -> None:
    lines = (folder / "headings" / file).read_text().splitlines()
    theirs = [line for line in lines if line.strip() and not line.startswith("#")]

    assert [text.partition(" (note;")[0] for text in theirs] == [
        text.partition(" (note;")[0] for text in ours
    ]


@pytest.mark.parametrize(
    "file",
    ["hsca_active_locations_2017-08_94cols.txt", "hsca_active_locations_2021-05_wmfs_119cols.txt"],
)
def test_the_long_notes_in_cqcs_headings_do_not_hide_people(folder: Path, tmp_path: Path, file: str) -> None:
    headings = (folder / "headings" / file).read_text().strip().splitlines()
    table = register_rows(headings=headings)
    for row in table[1:]:
        for position, heading in enumerate(headings):
            if heading.startswith("Registered manager"):
                row[position] = "Invented, Robin"
    opened = open_cqc_file(write_csv(tmp_path / "01_August_2021.csv", table), names=True)

    assert opened.warnings == []
    assert all(
        isinstance(row, ServiceRow) and ("Registered manager", "Invented, Robin") in row.people
        for row in opened.rows()
    )
