"""A file that does not add up is refused with one sentence that says where and why."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from quality.cqc import CqcFileError, Limits
from tests.builders.cqc_files import (
    HEADINGS_2026,
    PROVIDERS_HEADINGS,
    Table,
    a_row,
    latest_ratings_rows,
    write_csv,
    write_csv_gz,
    write_ods,
    write_xlsx,
)
from tests.cqc.opening import AS_AT, open_ratings


def refusal(path: Path, limits: Limits | None = None, *, as_at: date | None = AS_AT) -> str:
    """The sentence with which the file is refused, whenever that is."""
    with pytest.raises(CqcFileError) as caught:
        list(open_ratings(path, limits or Limits(), as_at=as_at).rows())
    sentence = caught.value.sentence
    assert sentence == str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def with_row(**changes: str) -> Table:
    """A good file with one more row, the 14th, that has these changes."""
    by_heading = {NAMES[name]: value for name, value in changes.items()}
    return [*latest_ratings_rows(), a_row(by_heading)]


NAMES = {
    "id": "Location ID",
    "name": "Location Name",
    "home": "Care Home?",
    "group": "Service / Population Group",
    "domain": "Domain",
    "rating": "Latest Rating",
    "inherited": "Inherited Rating (Y/N)",
    "provider": "Provider ID",
    "town": "Location City",
}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"rating": "Quite good"},
            'In row 14, "Latest Rating" is "Quite good", which is not a rating we know.',
        ),
        ({"rating": ""}, 'In row 14, "Latest Rating" is blank, and every row needs it.'),
        ({"id": ""}, 'In row 14, "Location ID" is blank, and every row needs it.'),
        ({"name": " "}, 'In row 14, "Location Name" is blank, and every row needs it.'),
        ({"name": "-"}, 'In row 14, "Location Name" is "-", where there must be something.'),
        ({"group": ""}, 'In row 14, "Service / Population Group" is blank, and every row needs it.'),
        (
            {"domain": "Kind"},
            'In row 14, "Domain" is "Kind", which is not one of '
            "Overall, Safe, Effective, Caring, Responsive, Well-led.",
        ),
        ({"home": "Maybe"}, 'In row 14, "Care Home?" is "Maybe", where there must be Y, N or nothing.'),
        (
            {"inherited": "1"},
            'In row 14, "Inherited Rating (Y/N)" is "1", where there must be Y, N or nothing.',
        ),
        (
            {"town": "North\0mere"},
            'In row 14, "Location City" is "North�mere", which holds an invisible control character.',
        ),
    ],
)
def test_a_wrong_value_is_named_with_its_row_and_heading(
    tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    assert refusal(write_csv(tmp_path / "ratings.csv", with_row(**changes))) == sentence


@pytest.mark.parametrize("wrong", ["1-9000 00001", "1-90000000a", "rx999", "1–900000001", "1-", "9" * 31])
def test_an_id_with_spaces_small_letters_or_a_dash_of_another_kind_is_refused(
    tmp_path: Path, wrong: str
) -> None:
    sentence = refusal(write_csv(tmp_path / "ratings.csv", with_row(id=wrong)))

    assert sentence.startswith(f'In row 14, "Location ID" is "{wrong}", which is not a CQC id')
    assert '"Provider ID"' in refusal(write_csv(tmp_path / "ratings.csv", with_row(provider=wrong)))


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_a_spreadsheets_sheet_is_named_too(tmp_path: Path, write: Callable[..., Path]) -> None:
    path = write(
        tmp_path / "ratings.bin", with_row(rating="Quite good"), before={"README": [["Read me"], []]}
    )

    assert refusal(path).startswith('In row 14 of the sheet "Locations", "Latest Rating" is "Quite good"')


def test_a_long_value_is_cut_in_the_message(tmp_path: Path) -> None:
    assert '"xxxx' in (said := refusal(write_csv(tmp_path / "ratings.csv", with_row(rating="x" * 5000))))
    assert len(said) < 200


def test_a_renamed_heading_is_named_with_the_closest_there(tmp_path: Path) -> None:
    table = latest_ratings_rows()
    table[0][table[0].index("Latest Rating")] = "Rating"

    assert refusal(write_csv(tmp_path / "ratings.csv", table)) == (
        'In row 1, the heading "Latest Rating" is missing (the closest there is "Rating").'
    )


@pytest.mark.parametrize("heading", ["Location ID", "Publication Date", "Brand Name"])
def test_a_missing_heading_is_named(tmp_path: Path, heading: str) -> None:
    headings = [text for text in HEADINGS_2026 if text != heading]

    sentence = refusal(write_csv(tmp_path / "ratings.csv", latest_ratings_rows(headings=headings)))

    assert sentence.startswith(f'In row 1, the heading "{heading}" is missing (')


def test_a_heading_that_stands_twice_is_refused_with_both_columns(tmp_path: Path) -> None:
    table = latest_ratings_rows(headings=[*HEADINGS_2026, "Domain"])

    assert refusal(write_csv(tmp_path / "ratings.csv", table)) == (
        'In row 1, the heading "Domain" stands over two columns, S and AC.'
    )


def test_the_sheet_of_providers_is_not_taken_for_that_of_locations(tmp_path: Path) -> None:
    table: Table = [list(PROVIDERS_HEADINGS), a_row(headings=PROVIDERS_HEADINGS)]

    sentence = refusal(write_csv(tmp_path / "ratings.csv", table))

    assert sentence.startswith(
        "The file has the sheet of providers of CQC's Latest ratings, and its sheet of locations is missing"
    )


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ratings.csv", [["Name", "Age"], ["Brook", "4"]])

    assert refusal(path) == (
        "This is not one of CQC's files that we read: "
        'no row has CQC\'s headings, the first of which is "Location ID" or "Name".'
    )


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_columns_separated_by_another_mark_are_pointed_out(tmp_path: Path, mark: str, name: str) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(mark.join(HEADINGS_2026))

    assert f"separated by {name}" in refusal(path)


def test_headings_without_rows_are_refused(tmp_path: Path) -> None:
    assert refusal(write_csv(tmp_path / "ratings.csv", latest_ratings_rows([]))) == (
        "The file has CQC's headings and no rows below them."
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", 'The file "ratings.csv" is empty.'),
        (b"\n\n ,,\n", "nothing is written in it"),
        (b"%PDF-1.7\n%\xe2\xe3", "The file is a PDF, whatever its name says"),
        (b"\x89PNG\r\n\x1a\n\0\0", "The file is an image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "The file is an image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook, or one with a password"),
        (b"\n<!DOCTYPE html><html>", "The file is a web page"),
        ("Location ID,".encode("utf-16"), "may be UTF-16"),
        ("Location ID,".encode("utf-16-le"), "may be UTF-16"),
        (gzip.compress(b"%PDF-1.7", mtime=0), "The file is a PDF"),
        (gzip.compress(b"", mtime=0), "nothing is written in it"),
        (b"\x1f\x8bnot really", "Nothing in the file can be unpacked"),
    ],
)
def test_what_is_not_a_csv_file_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "ratings.csv"
    path.write_bytes(content)

    assert said in refusal(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere.csv") == 'There is no file "nowhere.csv".'
    assert refusal(tmp_path).endswith("is not a file.")


def test_a_file_over_the_size_limit_is_refused_unread(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ratings.csv", latest_ratings_rows())

    assert refusal(path, Limits(file_bytes=1000)).startswith('The file "ratings.csv" is 0 MB, and at most')


@pytest.mark.parametrize("mark", [",", "x", '"\n",'])
def test_a_row_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("Read me\n" + mark * 2_000_000)

    assert refusal(path) in {
        "Row 2 holds more than 1,000,000 characters.",
        "Row 2 holds a cell of more than 131,072 characters.",
    }


def test_more_rows_than_a_spreadsheet_has_are_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ratings.csv", latest_ratings_rows())

    assert refusal(path, Limits(rows=10)) == "The file has more than 10 rows."


def test_a_windows_1252_file_is_recognised_and_the_row_named(tmp_path: Path) -> None:
    table = with_row(name="Molly’s House")

    assert refusal(write_csv(tmp_path / "ratings.csv", table, encoding="cp1252")).startswith(
        "In row 14, there is a character that is not UTF-8 (the file may be Windows-1252)"
    )


def test_a_csv_file_cut_off_within_a_row_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ratings.csv", latest_ratings_rows())
    path.write_bytes(path.read_bytes()[:-150])

    assert "cells under 28 headings: the file may have been cut off there" in refusal(path)


def test_a_csv_file_cut_off_within_quotation_marks_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ratings.csv", latest_ratings_rows())
    path.write_bytes(path.read_bytes() + b'1-900000003,,"Unit 5, Br')

    assert refusal(path).startswith("Row 14 begins a cell with a quotation mark that is never closed")


def test_a_row_with_more_cells_than_headings_is_refused(tmp_path: Path) -> None:
    table = [*latest_ratings_rows(), [*a_row(), "", "stray"]]

    assert (
        refusal(write_csv(tmp_path / "ratings.csv", table))
        == "In row 14, there are 30 cells under 28 headings."
    )


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_a_gzip_file_cut_off_anywhere_is_refused(tmp_path: Path, kept: float) -> None:
    path = write_csv_gz(tmp_path / "ratings.csv.gz", latest_ratings_rows())
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])

    assert "cut off" in refusal(path)


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
@pytest.mark.parametrize("kept", [0.01, 0.5, 0.999])
def test_a_spreadsheet_cut_off_anywhere_is_refused(
    tmp_path: Path, write: Callable[[Path, Table], Path], kept: float
) -> None:
    path = write(tmp_path / "ratings.bin", latest_ratings_rows())
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])

    assert refusal(path) == "The spreadsheet is damaged or was cut off: please download it again."


def test_a_changed_byte_in_a_spreadsheet_is_noticed_even_outside_its_rows(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "ratings.ods", latest_ratings_rows())
    content = bytearray(path.read_bytes())
    content[content.index(b"application/vnd.oasis") + 3] ^= 1
    path.write_bytes(content)

    assert "damaged" in refusal(path)
