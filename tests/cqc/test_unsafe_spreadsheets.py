"""A spreadsheet that would harm the machine, or carries programs, is refused before it is unpacked."""

from __future__ import annotations

import gzip
import re
import resource
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904  # type: ignore[import-untyped]

from quality.cqc import CqcFileError, Limits
from tests.builders.cqc_files import (
    HEADINGS_2026,
    ODS_END,
    ODS_START,
    as_excel_keeps_texts,
    latest_ratings_rows,
    write_csv_gz,
    write_ods,
    write_ods_content,
    write_xlsx,
)
from tests.cqc.opening import open_ratings
from tests.cqc.test_bad_files import refusal

CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


def rewritten(path: Path, changes: Mapping[str, str | None], *, to: str = "changed.bin") -> Path:
    """The archive again with parts replaced or added."""
    target = path.with_name(to)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, text in changes.items():
            new.writestr(name, text or "")
    return target


def an_ods_table(rows: str) -> str:
    headings = "".join(CELL.format("", heading) for heading in HEADINGS_2026)
    table = f"<table:table><table:table-row>{headings}</table:table-row>{rows}</table:table>"
    return f"{ODS_START}{table}{ODS_END}"


def test_a_part_that_unpacks_to_far_more_than_its_size_is_refused(tmp_path: Path) -> None:
    path = write_ods_content(tmp_path / "bomb.ods", ODS_START + " " * 30_000_000 + ODS_END)

    assert refusal(path).startswith("A part of the file unpacks to more than 150 times its size")


def test_parts_that_together_unpack_to_too_much_are_refused(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "ratings.ods", latest_ratings_rows())

    assert "and at most 0 MB are read" in refusal(path, Limits(unpacked_bytes=5000))


def test_a_directory_that_understates_a_parts_size_gains_nothing(tmp_path: Path) -> None:
    path = write_ods_content(tmp_path / "liar.ods", ODS_START + " " * 30_000_000 + ODS_END)
    content = bytearray(path.read_bytes())
    entry = content.index(b"content.xml", content.index(b"PK\x01\x02")) - 46
    content[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    path.write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert refusal(path) == "The spreadsheet is damaged or was cut off: please download it again."
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000, "it was unpacked after all"


def test_an_archive_of_very_many_files_is_refused(tmp_path: Path) -> None:
    path = write_ods_content(tmp_path / "many.ods", "", more={f"Pictures/{n}.png": "" for n in range(600)})

    assert refusal(path) == "The file holds 603 files, and a spreadsheet holds 500 at most."


def test_a_gzip_bomb_is_stopped_while_it_unpacks(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    headings = ",".join(HEADINGS_2026) + "\n"
    path.write_bytes(gzip.compress((headings + (" " * 600 + "\n") * 40_000).encode()))

    assert refusal(path) == "The file unpacks to more than 20 MB, which no file of CQC's of its size does."


def test_a_gzip_file_that_unpacks_past_the_limit_is_refused(tmp_path: Path) -> None:
    path = write_csv_gz(tmp_path / "ratings.csv.gz", latest_ratings_rows())

    assert "unpacks to more than 0 MB" in refusal(path, Limits(unpacked_bytes=2000))


def test_a_row_repeated_a_million_times_is_refused_when_it_passes_the_last_row(tmp_path: Path) -> None:
    row = f'<table:table-row table:number-rows-repeated="2000000">{CELL.format("", "x")}</table:table-row>'

    assert refusal(write_ods_content(tmp_path / "rows.ods", an_ods_table(row))) == (
        "The spreadsheet has more than 1,048,576 rows."
    )


def test_a_cell_repeated_beyond_the_columns_is_refused(tmp_path: Path) -> None:
    cell = CELL.format(' table:number-columns-repeated="999999999"', "x" * 1000)
    path = write_ods_content(
        tmp_path / "columns.ods", an_ods_table(f"<table:table-row>{cell}</table:table-row>")
    )

    assert refusal(path) == "Row 2 has more than 256 columns."


def test_a_cell_of_a_million_characters_is_refused(tmp_path: Path) -> None:
    row = f"<table:table-row>{CELL.format('', 'x' * 1_000_000)}</table:table-row>"

    assert refusal(write_ods_content(tmp_path / "cell.ods", an_ods_table(row))) == (
        "In row 2, a cell holds more than 32,767 characters."
    )


def test_a_tag_of_millions_of_characters_is_refused(tmp_path: Path) -> None:
    style = ' table:style-name="' + "x" * 3_000_000 + '"'
    row = f"<table:table-row>{CELL.format(style, 'x')}</table:table-row>"

    assert "holds a tag of more than a million characters" in refusal(
        write_ods_content(tmp_path / "tag.ods", an_ods_table(row))
    )


def test_shared_texts_beyond_what_we_hold_in_memory_are_refused(tmp_path: Path) -> None:
    path = as_excel_keeps_texts(write_xlsx(tmp_path / "ratings.xlsx", latest_ratings_rows()))

    assert "of different texts" in refusal(path, Limits(shared_text_bytes=100))


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "_rels/.rels"]
)
def test_entities_declared_in_any_part_we_read_of_a_workbook_are_refused(tmp_path: Path, part: str) -> None:
    path = as_excel_keeps_texts(write_xlsx(tmp_path / "ratings.xlsx", latest_ratings_rows()))
    with zipfile.ZipFile(path) as archive:
        xml = re.sub(r"^<\?.*?\?>", "", archive.read(part).decode())

    assert "declares entities in its XML" in refusal(rewritten(path, {part: LAUGHS + xml}))


def test_entities_declared_in_an_opendocument_file_are_refused(tmp_path: Path) -> None:
    content = an_ods_table("").replace("?>", "?>" + LAUGHS, 1)

    assert "declares entities in its XML" in refusal(write_ods_content(tmp_path / "laughs.ods", content))


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "XL/VBAPROJECT.BIN"])
def test_a_workbook_with_macros_is_refused(tmp_path: Path, name: str) -> None:
    path = write_xlsx(tmp_path / "ratings.xlsx", latest_ratings_rows())

    assert refusal(rewritten(path, {name: "x"})).startswith("The spreadsheet carries macros")


def test_a_workbook_that_calls_itself_macro_enabled_is_refused_whatever_its_name(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "ratings.xlsx", latest_ratings_rows())
    with zipfile.ZipFile(path) as archive:
        types = archive.read("[Content_Types].xml").decode()
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert plain in types
    types = types.replace(plain, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")

    assert "of a kind that carries macros" in refusal(rewritten(path, {"[Content_Types].xml": types}))


@pytest.mark.parametrize("name", ["Basic/Standard/Module1.xml", "Scripts/python/m.py"])
def test_an_opendocument_file_with_macros_is_refused(tmp_path: Path, name: str) -> None:
    path = write_ods(tmp_path / "ratings.ods", latest_ratings_rows())

    assert "carries macros" in refusal(rewritten(path, {name: "x"}))


def test_an_opendocument_file_with_a_password_is_refused(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "ratings.ods", latest_ratings_rows())
    manifest = '<m:manifest xmlns:m="urn:x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'

    assert "has a password" in refusal(rewritten(path, {"META-INF/manifest.xml": manifest}))


def test_a_workbook_that_counts_its_dates_from_1904_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "ratings.xlsx", latest_ratings_rows())
    book = openpyxl.load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)

    assert "counts its dates from 1904" in refusal(path)


def test_an_archive_that_is_no_spreadsheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ratings.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ratings.csv", "Location ID")
        archive.writestr("ratings2.csv", "Location ID")

    assert refusal(path).startswith("The file is an archive, and not a spreadsheet: it holds 2 files")


@pytest.mark.parametrize(
    "missing", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"]
)
def test_a_workbook_without_one_of_its_parts_is_damaged(tmp_path: Path, missing: str) -> None:
    path = as_excel_keeps_texts(write_xlsx(tmp_path / "ratings.xlsx", latest_ratings_rows()))
    target = tmp_path / "less.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name != missing:
                new.writestr(name, old.read(name))

    with pytest.raises(CqcFileError, match="damaged"):
        list(open_ratings(target).rows())
