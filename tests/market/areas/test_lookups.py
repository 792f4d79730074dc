"""Loading what tells where postcodes lie, and how deprived neighbourhoods are."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from quality.history.kinds import Kind
from quality.history.queries import details_of
from quality.market.areas import AreaKind, NoSuchArea, find_area, postcode_lookup
from quality.market.areas.deprivation import NEIGHBOURHOODS, fifth_of, load_deprivation
from quality.market.areas.files import AreaFileError
from quality.market.areas.postcodes import load_postcodes
from quality.market.models import Deprivation, Lookup, Place
from quality.services.models import Service
from tests.builders.register import an_edition, was
from tests.builders.services import a_service
from tests.databases import Database
from tests.market.areas.files import FILE_7, ONSPD_2023, directory, packed, ranks, write

HARLOW = {
    "pcds": "CM20 9ZZ",
    "lad25cd": "E07000073",
    "lsoa21cd": "E01021818",
    "icb23cd": "E54000025",
    "ruc21ind": "UN1",
}
BOARD = "E54000025,QM7,NHS Invented Board\r\nE54999999,,Nowhere\r\n"
EARLY, LATE = date(2024, 1, 1), date(2025, 1, 1)


def test_only_postcodes_of_services_are_kept_now_and_before(session: Database, tmp_path: Path) -> None:
    service = a_home(session, "CM20 9ZZ")
    was(session, service, an_edition(session, EARLY), an_edition(session, LATE), postcode="CM16 9ZZ")
    moved = {**HARLOW, "pcds": "CM16 9ZZ", "lad25cd": "E07000072"}
    loaded = load_postcodes(directory(tmp_path / "ONSPD.csv", HARLOW, moved, {"pcds": "AB1 0AA"}))
    assert places(session) == {"CM20 9ZZ": "E07000073", "CM16 9ZZ": "E07000072"}
    assert (loaded.lookup.rows, loaded.lookup.stored, loaded.lacking, loaded.warnings) == (3, 2, [], [])
    assert loaded.lookup.name == "ONSPD"


def test_a_postcode_is_found_however_cqc_spells_it(session: Database, tmp_path: Path) -> None:
    a_home(session, "CM209ZZ")
    a_home(session, "cm20 9zz")
    load_postcodes(directory(tmp_path / "ONSPD.csv", HARLOW))
    assert places(session) == {"CM209ZZ": "E07000073", "cm20 9zz": "E07000073"}


def test_the_headings_of_2023_are_read_too(session: Database, tmp_path: Path) -> None:
    a_home(session, "CM20 9ZZ")
    told = {
        "pcds": "CM20 9ZZ",
        "oslaua": "E07000073",
        "lsoa11": "E01021818",
        "ru11ind": "C1",
        "icb": "E54000025",
    }
    load_postcodes(directory(tmp_path / "ONSPD.csv", told, headings=ONSPD_2023))
    place = session.scalars(select(Place)).one()
    assert (place.lsoa11, place.lsoa21, place.rural_urban, place.icb_code) == (
        "E01021818",
        "",
        "C1",
        "E54000025",
    )


def test_the_largest_csv_of_a_zip_archive_is_read(session: Database, tmp_path: Path) -> None:
    a_home(session, "CM20 9ZZ")
    whole = directory(tmp_path / "whole.csv", HARLOW).read_text(encoding="utf-8-sig")
    path = packed(
        tmp_path / "ONSPD.zip", ONSPD_AUG_2025_UK=whole, names="\ufeffICB23CD,ICB23CDH,ICB23NM\r\n" + BOARD
    )
    assert load_postcodes(path).lookup.name == "ONSPD_AUG_2025_UK"
    assert places(session) == {"CM20 9ZZ": "E07000073"}


def test_the_names_of_boards_in_the_archive_are_kept(session: Database, tmp_path: Path) -> None:
    a_home(session, "CM20 9ZZ")
    assert find_area("E54000077", LATE).name == "Integrated care board E54000077"
    whole = directory(tmp_path / "whole.csv", HARLOW).read_text(encoding="utf-8-sig")
    broken = 'ICB23CD\xff,"x'
    path = packed(
        tmp_path / "ONSPD.zip", ONSPD=whole, names="ICB23CD,ICB23CDH,ICB23NM\r\n" + BOARD, broken=broken
    )
    assert load_postcodes(path).lookup.boards == {"E54000025": "NHS Invented Board"}
    found = find_area("nhs invented board", LATE)
    assert (found, found.kind) == (find_area("E54000025", LATE), AreaKind.ICB)
    with pytest.raises(NoSuchArea, match="There is no integrated care board E54000077 in the lookup"):
        find_area("E54000077", LATE)


def test_codes_that_stand_for_nowhere_are_not_kept(session: Database, tmp_path: Path) -> None:
    a_home(session, "CM20 9ZZ")
    load_postcodes(
        directory(
            tmp_path / "ONSPD.csv",
            {**HARLOW, "lad25cd": "W06000001", "icb23cd": "E54999999", "ruc21ind": "9"},
        )
    )
    place = session.scalars(select(Place)).one()
    assert (place.district_code, place.icb_code, place.rural_urban) == ("", "", "")


def test_a_later_lookup_takes_the_place_of_the_one_before(session: Database, tmp_path: Path) -> None:
    a_home(session, "CM20 9ZZ")
    a_home(session, "CM16 9ZZ")
    assert load_postcodes(directory(tmp_path / "a.csv", HARLOW)).lacking == ["CM16 9ZZ"]
    load_postcodes(directory(tmp_path / "b.csv", {**HARLOW, "pcds": "CM16 9ZZ", "lad25cd": "E07000072"}))
    assert places(session) == {"CM16 9ZZ": "E07000072"}
    held = session.scalars(select(Lookup)).one()
    assert postcode_lookup() == held
    assert details_of(Kind.LOOKUP_LOADED, "area_lookup", held.id)[-1]["file_name"] == "b.csv"


def test_what_a_file_does_not_tell_is_said(session: Database, tmp_path: Path) -> None:
    a_home(session, "CM20 9ZZ")
    path = write(tmp_path / "few.csv", ("pcds", "laua"), [("CM20 9ZZ", "E07000073")])
    assert len(load_postcodes(path).warnings) == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is no CSV file with headings"),
        ("pcds,ctry\nCM20 9ZZ,E", "has no column of districts"),
        ("laua,ctry\nE07000073,E", "has no column of postcodes"),
        ("pcds,laua\nAB1 0AA,E07000073", "None of the 1 postcodes of services is in lookup.csv."),
        ("pcds,laua,lsoa21\nCM20 9ZZ,E07000073", "row 2: there are 2 cells and 3 headings"),
        ('pcds,laua\n"CM20 9ZZ"x,E07000073', "row 2: this is no CSV"),
        ("pcds,laua\n" + "x" * 200_000, "has a line of more than 100,000 characters"),
        ("pcds,laua\nCM20\xe9", "is not text in UTF-8"),
    ],
)
def test_a_file_that_is_no_lookup_changes_nothing(
    session: Database, tmp_path: Path, text: str, sentence: str
) -> None:
    a_home(session, "CM20 9ZZ")
    load_postcodes(directory(tmp_path / "good.csv", HARLOW))
    path = tmp_path / "lookup.csv"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(AreaFileError) as refused:
        load_postcodes(path)
    assert sentence in refused.value.sentence
    assert places(session) == {"CM20 9ZZ": "E07000073"}


def test_archives_that_cannot_be_used_are_refused(session: Database, tmp_path: Path) -> None:
    a_home(session, "CM20 9ZZ")
    whole = packed(tmp_path / "cut.zip", ONSPD="pcds,laua\n" + "CM20 9ZY,E07000073\n" * 5_000)
    content = bytearray(whole.read_bytes())
    content[60:120] = bytes(60)
    whole.write_bytes(content)
    bomb = packed(tmp_path / "bomb.zip", ONSPD="pcds,laua\n" + "0" * 60_000_000)
    for path, words in (
        (whole, "damaged or was cut off"),
        (bomb, "far more than any real"),
        (packed(tmp_path / "x.zip"), "without a CSV"),
    ):
        with pytest.raises(AreaFileError, match=words):
            load_postcodes(path)


def test_nothing_is_loaded_before_there_are_services(session: Database, tmp_path: Path) -> None:
    with pytest.raises(AreaFileError, match="load CQC’s files first"):
        load_postcodes(directory(tmp_path / "ONSPD.csv", HARLOW))


def test_the_editions_of_deprivation_stand_beside_each_other(session: Database, tmp_path: Path) -> None:
    load_deprivation(ranks(tmp_path / "new.csv", ("E01021818", 12)), edition=2025)
    short = ("lsoa11_code", "IMD_decile", "IMD_rank", "lsoa11_name")
    load_deprivation(write(tmp_path / "old.csv", short, [("E01021818", "6.0", "19102.0", "")]), edition=2019)
    load_deprivation(ranks(tmp_path / "again.csv", ("E01021818", 13), ("E01021819", 14)), edition=2025)
    held = session.execute(
        select(Lookup.name, Lookup.census, Lookup.stored, Lookup.told_on).order_by(Lookup.name)
    )
    assert [tuple(row) for row in held] == [
        ("English indices of deprivation 2019", 2011, 1, date(2019, 9, 26)),
        ("English indices of deprivation 2025", 2021, 2, date(2025, 10, 30)),
    ]
    assert sorted(session.scalars(select(Deprivation.rank))) == [13, 14, 19102]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("E01021818", "0")], "row 2: the rank is “0”, and should be a whole number from 1 to 33,755"),
        ([("E01021818", "33756")], "row 2: the rank is “33756”"),
        ([("E01021818", "first")], "row 2: the rank is “first”"),
        ([("W01000001", "3")], "row 2: “W01000001” is not the code of an English neighbourhood"),
        ([("E01021818", "3"), ("E01021818", "4")], "row 3: E01021818 is there twice"),
        ([], "has headings and no rows"),
    ],
)
def test_ranks_that_are_unfit_change_nothing(
    session: Database, tmp_path: Path, rows: list[tuple[str, str]], sentence: str
) -> None:
    path = write(tmp_path / "imd.csv", ("LSOA code (2021)", "IMD Rank"), rows)
    with pytest.raises(AreaFileError) as refused:
        load_deprivation(path, edition=2025)
    assert sentence in refused.value.sentence
    assert session.scalar(select(func.count()).select_from(Lookup)) == 0


def test_an_edition_that_is_not_known_needs_its_day(session: Database, tmp_path: Path) -> None:
    path = ranks(tmp_path / "imd.csv", ("E01021818", 12))
    with pytest.raises(AreaFileError, match="--published"):
        load_deprivation(path, edition=2010)
    assert load_deprivation(path, edition=2010, published=date(2011, 3, 24)).told_on == date(2011, 3, 24)


def test_the_indices_of_another_year_are_not_taken_for_those(session: Database, tmp_path: Path) -> None:
    with pytest.raises(
        AreaFileError, match="ranks neighbourhoods of 2021, and the indices of 2019 those of 2011"
    ):
        load_deprivation(ranks(tmp_path / "imd.csv", ("E01021818", 12)), edition=2019)


def test_a_file_without_the_columns_of_deprivation_is_refused(session: Database, tmp_path: Path) -> None:
    with pytest.raises(AreaFileError, match="no column of ranks"):
        load_deprivation(write(tmp_path / "imd.csv", FILE_7[:3], []), edition=2025)
    with pytest.raises(AreaFileError, match="no column of neighbourhoods"):
        load_deprivation(write(tmp_path / "imd.csv", FILE_7[3:], []), edition=2025)


@given(st.sampled_from([2011, 2021]), st.data())
def test_a_fifth_holds_a_fifth_of_the_neighbourhoods(census: int, data: st.DataObject) -> None:
    most = NEIGHBOURHOODS[census]
    rank = data.draw(st.integers(1, most))
    fifth = fifth_of(rank, census)
    assert (fifth - 1) * most < rank * 5 <= fifth * most
    assert 1 <= fifth <= 5


def test_the_borders_of_fifths_are_where_they_are_documented() -> None:
    assert [fifth_of(rank, 2021) for rank in (1, 6_751, 6_752, 33_755)] == [1, 1, 2, 5]
    assert [fifth_of(rank, 2011) for rank in (1, 6_568, 6_569, 32_844)] == [1, 1, 2, 5]


@pytest.mark.parametrize(
    ("name", "lsoa", "edition"),
    [
        ("imd2025_essex_southend_thurrock_lsoa21.csv", "lsoa21_code", 2025),
        ("imd2019_essex_southend_thurrock_lsoa11.csv", "lsoa11_code", 2019),
    ],
)
def test_fifths_of_real_neighbourhoods_are_pairs_of_the_published_deciles(
    session: Database, shared_data: Path, name: str, lsoa: str, edition: int
) -> None:
    path = shared_data / "reference" / name
    held = load_deprivation(path, edition=edition)
    stored = dict(session.execute(select(Deprivation.lsoa, Deprivation.rank)).all())
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            decile = int(float(row["IMD_decile"]))
            assert fifth_of(stored[row[lsoa]], held.census or 0) == (decile + 1) // 2


def a_home(session: Database, postcode: str) -> Service:
    return a_service(session, postcode=postcode)


def places(session: Database) -> dict[str, str]:
    return dict(session.execute(select(Place.postcode, Place.district_code)).all())
