"""CQC's directory is read with its preamble, and its words become those of the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from quality.cqc import CqcFileError, ServiceRow, open_cqc_file
from quality.cqc.areas import authority, region
from quality.cqc.kinds import TOLD
from tests.builders.cqc_files import write_csv
from tests.builders.cqc_files_headings import DIRECTORY_2016, DIRECTORY_2026
from tests.builders.cqc_files_register import directory_rows, write_zip


@pytest.mark.parametrize("headings", [DIRECTORY_2016, DIRECTORY_2026])
def test_a_service_is_read_from_either_spelling_of_the_headings(
    tmp_path: Path, headings: Sequence[str]
) -> None:
    opened = open_cqc_file(write_csv(tmp_path / "directory.csv", directory_rows(headings=headings)))

    (row,) = opened.rows()

    assert (opened.kind, opened.as_at, opened.warnings) == ("directory", date(2026, 9, 16), [])
    assert opened.told == TOLD["directory"]
    assert isinstance(row, ServiceRow)
    assert (row.row_number, row.service_id, row.provider_id) == (6, "1-900000001", "1-800000001")
    assert (row.address_1, row.postcode, row.phone) == ("4 Orchard Lane, Northmere", "ZZ1 1AA", "01632960001")
    assert (row.local_authority, row.region) == ("County Durham", "Yorkshire and The Humber")
    assert row.service_types == ("Care home service with nursing", "Care home service without nursing")
    assert row.activities == ("Treatment of disease, disorder or injury",)
    assert row.specialisms == ("Dementia", "Older People")
    assert (row.beds, row.care_home, row.town) == (None, None, None)


def test_a_directory_without_its_preamble_asks_for_its_date(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "directory.csv", directory_rows(preamble=False))

    with pytest.raises(CqcFileError, match="give the day with --as-at"):
        open_cqc_file(path)
    assert open_cqc_file(path, as_at=date(2026, 9, 16)).as_at == date(2026, 9, 16)


def test_the_date_in_the_name_must_agree_with_that_of_the_preamble(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "17_september_2026_CQC_directory.csv", directory_rows())

    with pytest.raises(CqcFileError) as refused:
        open_cqc_file(path)
    assert refused.value.sentence == (
        "The file's name says 17 September 2026 and the file itself says it is as at 16 September 2026: "
        "please say which is right by giving the as-at date when you load it (--as-at)."
    )


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("Date of latest check", "16/13/2016 - 00:00", "which is not a date that exists"),
        ("Date of latest check", "09/Jam/2018 - 00:00", "which is not a date that exists"),
        ("Date of latest check", "17/Sep/2026 - 00:00", "which is after the file's as-at date"),
        ("Service types", "Nursing homes|\x01", "which holds an invisible control character"),
        ("Name", "", "is blank, and every row needs it"),
    ],
)
def test_a_value_that_cannot_be_right_is_named(tmp_path: Path, heading: str, value: str, said: str) -> None:
    path = write_csv(tmp_path / "directory.csv", directory_rows(changes={heading: value}))

    with pytest.raises(CqcFileError) as refused:
        list(open_cqc_file(path).rows())
    assert refused.value.sentence.startswith(f'In row 6, "{heading}" is ')
    assert said in refused.value.sentence


def test_a_zip_of_one_directory_is_read_and_names_both(tmp_path: Path) -> None:
    inner = write_csv(tmp_path / "16_september_2026_CQC_directory.csv", directory_rows(preamble=False))

    opened = open_cqc_file(write_zip(tmp_path / "directory.zip", inner))

    assert (opened.format, opened.file_name, opened.as_at) == ("csv.zip", "directory.zip", date(2026, 9, 16))
    assert len(list(opened.rows())) == 1


@pytest.mark.parametrize(
    ("spelt", "known"),
    [
        ("Barking & Dagenham", "Barking and Dagenham"),
        ("Bath & N E Somerset", "Bath and North East Somerset"),
        ("Bournemouth", "Bournemouth, Christchurch and Poole"),
        ("Bristol", "Bristol, City of"),
        ("Corporation of London", "City of London"),
        ("Durham", "County Durham"),
        ("Herefordshire", "Herefordshire, County of"),
        ("Kingston-upon-Hull", "Kingston upon Hull, City of"),
        ("Kingston upon Hull, City of", "Kingston upon Hull, City of"),
        ("Richmond-upon-Thames", "Richmond upon Thames"),
        ("St Helens", "St. Helens"),
        ("Telford & Wrekin", "Telford and Wrekin"),
        ("Telford and the Wrekin", "Telford and Wrekin"),
        ("Essex", "Essex"),
        ("Stoke-on-Trent", "Stoke-on-Trent"),
        ("Unspecified", None),
    ],
)
def test_an_authority_has_one_spelling(spelt: str, known: str | None) -> None:
    assert authority(spelt) == known


@pytest.mark.parametrize(
    ("spelt", "known"),
    [
        ("East", "East of England"),
        ("East (ADASS Region)", "East of England"),
        ("East of England", "East of England"),
        ("Yorkshire & Humberside", "Yorkshire and The Humber"),
        ("Yorkshire and Humber (ADASS Region)", "Yorkshire and The Humber"),
        ("Greater London (ADASS Region)", "London"),
        ("South West (ADASS Region)", "South West"),
        ("East Midlands", "East Midlands"),
        ("", None),
    ],
)
def test_a_region_has_one_spelling(spelt: str, known: str | None) -> None:
    assert region(spelt) == known
