"""Cells that a person has merged or turned into formulas are refused below the headings, and let be above them."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from quality.cqc import open_cqc_file
from tests.builders.cqc_files import Table, latest_ratings_rows, write_csv, write_ods, write_xlsx
from tests.builders.cqc_files_register import REGISTER_README, register_rows
from tests.cqc.test_bad_registers import AS_AT, refusal
from tests.cqc.test_unsafe_spreadsheets import rewritten

SPANNED = (
    '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1" office:value-type="string">'
    "<text:p>{}</text:p></table:table-cell><table:covered-table-cell/>"
)
TITLE: Table = [["A title", "over two"], *register_rows()]


def in_content(path: Path, old: str, new: str, *, part: str = "content.xml") -> Path:
    with zipfile.ZipFile(path) as archive:
        content = archive.read(part).decode()
    assert old in content
    return rewritten(path, {part: content.replace(old, new, 1)})


def a_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def test_merged_cells_of_an_opendocument_file_are_refused_below_the_headings(tmp_path: Path) -> None:
    path = write_ods(
        tmp_path / "register.ods", register_rows(), sheet="HSCA", before={"README": REGISTER_README}
    )
    merged = in_content(path, a_cell("1-900000001") + a_cell("14/02/2011"), SPANNED.format("1-900000001"))

    assert refusal(merged) == (
        'In row 2 of the sheet "HSCA", the cell in column B is merged with others: '
        "please load the file as CQC published it."
    )


def test_a_title_of_an_opendocument_file_may_be_merged(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "register.ods", TITLE)
    merged = in_content(path, a_cell("A title") + a_cell("over two"), SPANNED.format("A title"))

    assert len(list(open_cqc_file(merged, as_at=AS_AT).rows())) == 2


def workbook(path: Path, table: Table, merge: str) -> Path:
    write_xlsx(path, table, sheet="HSCA")
    book = openpyxl.load_workbook(path)
    book["HSCA"].merge_cells(merge)
    book.save(path)
    return path


def test_merged_cells_of_a_workbook_are_refused_below_the_headings(tmp_path: Path) -> None:
    assert refusal(workbook(tmp_path / "register.xlsx", register_rows(), "F2:F3")) == (
        'In row 3 of the sheet "HSCA", the cell in column F is merged with others: '
        "please load the file as CQC published it."
    )


def test_a_title_of_a_workbook_may_be_merged(tmp_path: Path) -> None:
    opened = open_cqc_file(workbook(tmp_path / "register.xlsx", TITLE, "A1:D1"), as_at=AS_AT)

    assert len(list(opened.rows())) == 2


def test_a_formula_of_an_opendocument_file_that_was_never_counted_is_refused(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "register.ods", register_rows(), sheet="HSCA")
    formula = '<table:table-cell table:formula="of:=1+1"/>'

    assert refusal(in_content(path, a_cell("34"), formula)) == (
        'In row 2 of the sheet "HSCA", the cell in column J is a formula that was saved without its value: '
        "please load the file as CQC published it."
    )


def test_a_formula_of_a_workbook_that_was_never_counted_is_refused(tmp_path: Path) -> None:
    table = register_rows(changes={"Care homes beds": "=17+17"})

    assert refusal(write_xlsx(tmp_path / "register.xlsx", table, sheet="HSCA")) == (
        'In row 2 of the sheet "HSCA", the cell in column J is a formula that was saved without its value: '
        "please load the file as CQC published it."
    )


def test_a_formula_that_was_saved_with_its_value_is_read(tmp_path: Path) -> None:
    written = write_xlsx(tmp_path / "register.xlsx", register_rows(changes={"Care homes beds": "=17+17"}))
    with zipfile.ZipFile(written) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    counted = re.sub(r"<f>17\+17</f><v\s*/>|<f>17\+17</f><v></v>", "<f>17+17</f><v>34</v>", sheet)
    assert counted != sheet
    ods = write_ods(tmp_path / "register.ods", register_rows())
    formula = '<table:table-cell table:formula="of:=17+17" office:value-type="float" office:value="34"/>'

    for path in (
        rewritten(written, {"xl/worksheets/sheet1.xml": counted}),
        in_content(ods, a_cell("34"), formula),
    ):
        assert "beds=34" in str(next(open_cqc_file(path, as_at=AS_AT).rows()))


def test_an_error_of_the_spreadsheet_program_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "register.xlsx", register_rows(changes={"Location Name": "#REF!"}), sheet="HSCA"
    )

    assert refusal(path) == (
        'In row 2 of the sheet "HSCA", the cell in column E holds an error of the spreadsheet program, "#REF!", '
        "where there must be a value."
    )


@pytest.mark.slow
def test_a_million_padded_rows_of_a_workbook_simply_work(tmp_path: Path) -> None:
    written = write_xlsx(tmp_path / "ratings.xlsx", latest_ratings_rows())
    padding = "".join(f'<row r="{row}"><c r="A{row}"/></row>' for row in range(20, 1_000_020))
    path = in_content(written, "</sheetData>", f"{padding}</sheetData>", part="xl/worksheets/sheet1.xml")

    opened = open_cqc_file(path, as_at=date(2026, 6, 30))

    assert len(list(opened.rows())) == 12


@pytest.mark.slow
@pytest.mark.parametrize("padding", [",,\n", "\n", " , , \r\n"])
def test_a_million_padded_rows_of_a_csv_file_simply_work(tmp_path: Path, padding: str) -> None:
    path = tmp_path / "01_October_2026.csv"
    write_csv(path, latest_ratings_rows())
    with path.open("a", newline="") as file:
        file.write(padding * 1_000_000)

    assert len(list(open_cqc_file(path).rows())) == 12
