"""CQC's Latest ratings are read, whatever the format, the order of columns or what stands around the table."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import odfdo
import pytest

from quality.cqc import RatingRow, RatingWord
from tests.builders.cqc_files import (
    BROOK_END,
    HEADINGS_2021,
    HEADINGS_2026,
    LARKFIELD,
    PROVIDERS_HEADINGS,
    README,
    Table,
    a_row,
    as_excel_keeps_texts,
    latest_ratings_rows,
    write_csv,
    write_csv_gz,
    write_ods,
    write_ods_content,
    write_xlsx,
)
from tests.cqc.opening import open_ratings

Write = Callable[[Path, Table], Path]
WRITERS: dict[str, Write] = {"csv": write_csv, "csv.gz": write_csv_gz, "xlsx": write_xlsx, "ods": write_ods}
every_format = pytest.mark.parametrize(("name", "write"), WRITERS.items(), ids=list(WRITERS))


def read(path: Path) -> list[RatingRow]:
    return list(open_ratings(path).rows())


@every_format
def test_every_format_gives_the_same_rows(tmp_path: Path, name: str, write: Write) -> None:
    opened = open_ratings(write(tmp_path / f"ratings.{name}", latest_ratings_rows()))

    rows = list(opened.rows())

    assert opened.format == name
    assert opened.kind == "latest_ratings_locations"
    assert opened.headings == HEADINGS_2026
    assert opened.rows_read == len(rows) == 12
    assert opened.warnings == []
    assert rows[0] == RatingRow(
        row_number=2,
        service_id="1-900000001",
        service_name="Larkfield House",
        care_home=True,
        location_type="Social Care Org",
        primary_category="Residential social care",
        address_1="4 Orchard Lane",
        address_2=None,
        town="Northmere",
        postcode="ZZ1 1AA",
        local_authority="Northmere",
        region="East of England",
        url="http://www.cqc.org.uk/location/1-900000001",
        provider_id="1-800000001",
        provider_name="Larkfield Care Limited",
        brand_id=None,
        brand_name=None,
        service_group="Overall",
        domain="Overall",
        word=RatingWord.GOOD,
        published_text="Good",
        published_on=date(2020, 3, 14),
        report_type="Location",
        inherited=False,
    )
    assert [row.row_number for row in rows] == list(range(2, 14))
    assert {(row.service_id, row.address_2, row.brand_id, row.care_home) for row in rows} == {
        ("1-900000001", None, None, True),
        ("1-900000002", "Mill Road", "BD999", False),
    }


@every_format
def test_columns_are_found_by_heading_in_any_order(tmp_path: Path, name: str, write: Write) -> None:
    shuffled = [*HEADINGS_2026[1::2], *reversed(HEADINGS_2026[::2])]
    assert sorted(shuffled) == sorted(HEADINGS_2026)

    mixed = read(write(tmp_path / f"mixed.{name}", latest_ratings_rows(headings=shuffled)))

    assert mixed == read(write(tmp_path / f"usual.{name}", latest_ratings_rows()))


def test_the_26_columns_of_2021_give_what_the_28_of_2026_do(tmp_path: Path) -> None:
    old = read(write_csv(tmp_path / "old.csv", latest_ratings_rows(headings=HEADINGS_2021)))

    assert old == read(write_csv(tmp_path / "new.csv", latest_ratings_rows()))


def test_the_domain_may_be_called_key_question_as_it_was_before_2021(tmp_path: Path) -> None:
    table = latest_ratings_rows()
    table[0][table[0].index("Domain")] = "Key Question"

    assert [row.domain for row in read(write_csv(tmp_path / "old.csv", table))][:2] == ["Overall", "Safe"]


def test_headings_are_known_whatever_their_capitals_and_spaces(tmp_path: Path) -> None:
    table = latest_ratings_rows()
    table[0] = [f"  {heading} ".upper().replace(" / ", "/") for heading in HEADINGS_2026]

    assert len(read(write_csv(tmp_path / "loud.csv", table))) == 12


@every_format
def test_lines_above_the_headings_are_passed_over_and_counted(
    tmp_path: Path, name: str, write: Write
) -> None:
    above: Table = [["CQC ratings"], [], ["This data was produced on 16 September 2026"], []]

    opened = open_ratings(write(tmp_path / f"ratings.{name}", above + latest_ratings_rows()), as_at=None)

    assert opened.as_at == date(2026, 9, 16)
    assert next(opened.rows()).row_number == 6


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_the_sheet_of_locations_is_found_among_others_whatever_its_name(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    providers: Table = [list(PROVIDERS_HEADINGS), a_row(headings=PROVIDERS_HEADINGS)]
    path = write(
        tmp_path / "ratings.bin",
        latest_ratings_rows(),
        sheet="Tabelle 2",
        before={"README": README, "Providers": providers},
        after={"Notes": [["as at 03 March 2003"]]},
    )

    opened = open_ratings(path, as_at=None)

    assert len(list(opened.rows())) == 12
    assert opened.as_at == date(2026, 10, 1)


def test_blank_rows_are_passed_over_and_counted(tmp_path: Path) -> None:
    table: Table = [*latest_ratings_rows(), [""] * 28, [], a_row()]

    for name, write in WRITERS.items():
        assert [row.row_number for row in read(write(tmp_path / f"ratings.{name}", table))][-2:] == [13, 16]


def test_a_workbook_as_excel_saves_it_gives_the_same_rows(tmp_path: Path) -> None:
    plain = write_xlsx(tmp_path / "plain.xlsx", latest_ratings_rows(), before={"README": README})
    rows = read(plain)

    assert read(as_excel_keeps_texts(plain)) == rows


def test_an_opendocument_file_as_odfdo_saves_it_gives_the_same_rows(tmp_path: Path) -> None:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Locations")
    for values in latest_ratings_rows():
        row = odfdo.Row()
        row.set_values(values)
        table.append_row(row)
    document.body.append(table)
    document.save(tmp_path / "ratings.ods")

    assert read(tmp_path / "ratings.ods") == read(write_csv(tmp_path / "ratings.csv", latest_ratings_rows()))


def test_the_mark_up_inside_a_cell_is_read_as_text(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "ratings.ods", latest_ratings_rows())
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").decode()
    note = "<office:annotation><text:p>Ring them first</text:p></office:annotation>"
    name = "<text:p>Lark<text:span>field</text:span><text:s/>&amp;<text:line-break/>Son</text:p>"
    content = content.replace("<text:p>Larkfield House</text:p>", f"{name}{note}<text:p>Ltd</text:p>", 1)

    assert read(write_ods_content(path, content))[0].service_name == "Larkfield &\nSon\nLtd"


def test_text_is_stripped_and_cqcs_marks_for_blank_are_none(tmp_path: Path) -> None:
    row = a_row(
        {"Location Name": "  Larkfield House ", "Location City": " - ", "Location Region": "*", "URL": "\t"}
    )

    found = read(write_csv(tmp_path / "ratings.csv", [*latest_ratings_rows([]), row]))[0]

    assert (found.service_name, found.town, found.region, found.url) == ("Larkfield House", None, None, None)


def test_a_rating_keeps_the_word_as_cqc_wrote_it(tmp_path: Path) -> None:
    row = a_row({"Latest Rating": "Requires Improvement"})

    found = read(write_csv(tmp_path / "ratings.csv", [*latest_ratings_rows([]), row]))[0]

    assert (found.word, found.published_text) == (RatingWord.REQUIRES_IMPROVEMENT, "Requires Improvement")


def test_the_ids_of_nhs_places_are_text(tmp_path: Path) -> None:
    row = a_row({"Location ID": "RX999", "Provider ID": "RX9"})

    found = read(write_csv(tmp_path / "ratings.csv", [*latest_ratings_rows([]), row]))[0]

    assert (found.service_id, found.provider_id) == ("RX999", "RX9")


def test_a_service_rated_by_service_group_keeps_both_rows(tmp_path: Path) -> None:
    table = latest_ratings_rows([])
    table.append(a_row({**BROOK_END, "Latest Rating": "Not Rated", "Publication Date": ""}))
    table.append(a_row({**BROOK_END, "Service / Population Group": "Homecare"}))

    overall, homecare = read(write_csv(tmp_path / "ratings.csv", table))

    assert (overall.word, overall.published_on) == (RatingWord.NOT_RATED, None)
    assert (homecare.service_group, homecare.word) == ("Homecare", RatingWord.GOOD)


def test_rows_of_different_services_do_not_borrow_from_each_other(tmp_path: Path) -> None:
    table = latest_ratings_rows([LARKFIELD, BROOK_END, LARKFIELD], domains=["Overall"])

    names = [row.service_name for row in read(write_csv(tmp_path / "ratings.csv", table))]

    assert names == ["Larkfield House", "Brook End Homecare", "Larkfield House"]


def test_a_byte_order_mark_is_no_part_of_the_first_heading(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ratings.csv", latest_ratings_rows(), encoding="utf-8-sig")

    assert open_ratings(path).headings[0] == "Location ID"


def test_the_files_bytes_are_identified(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ratings.csv", latest_ratings_rows())

    assert open_ratings(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_can_be_read_twice(tmp_path: Path) -> None:
    opened = open_ratings(write_ods(tmp_path / "ratings.ods", latest_ratings_rows()))

    assert list(opened.rows()) == list(opened.rows())
    assert opened.rows_read == 12


def test_a_column_nobody_knows_is_left_out_and_said(tmp_path: Path) -> None:
    table = latest_ratings_rows(headings=[*HEADINGS_2026, "Our own notes"])

    assert open_ratings(write_csv(tmp_path / "ratings.csv", table)).warnings == [
        'The column "Our own notes" is not one of CQC\'s, and was left out.'
    ]


def test_a_last_row_without_a_line_break_is_pointed_out(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ratings.csv", latest_ratings_rows())
    path.write_bytes(path.read_bytes().rstrip())

    assert "does not end with a line break" in open_ratings(path).warnings[0]
