"""Dates are read in every form CQC and spreadsheet programs write them, and an impossible one is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.builders.cqc_files import Cell, Table, a_row, latest_ratings_rows, write_csv, write_ods, write_xlsx
from tests.cqc.opening import open_ratings
from tests.cqc.test_bad_files import refusal

UNSETTLED = (
    'No date under "Publication Date" shows whether its day or its month comes first, '
    "so they were read as DD/MM/YYYY."
)


def table_of(*dates: Cell) -> Table:
    return [*latest_ratings_rows([]), *(a_row({"Publication Date": day}) for day in dates)]


def dates_in(path: Path) -> list[date | None]:
    return [row.published_on for row in open_ratings(path).rows()]


@pytest.mark.parametrize(
    "written",
    [
        "29/05/2024",
        "29/5/2024 00:00",
        "29/05/2024 - 00:00",
        "29/05/2024 12:00:00 AM",
        "05/29/2024",
        "5/29/2024",
        "2024-05-29",
        "2024-05-29T00:00:00Z",
        "2024-05-29 15:19:48",
        "2024-05-29T00:00:00+01:00",
        "45441",
        "45441.5",
        " 29/05/2024 ",
    ],
)
def test_one_day_written_in_many_ways(tmp_path: Path, written: str) -> None:
    assert dates_in(write_csv(tmp_path / "ratings.csv", table_of(written))) == [date(2024, 5, 29)]


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_a_real_date_is_a_date(tmp_path: Path, write: object) -> None:
    assert callable(write)
    path = write(tmp_path / "ratings.bin", table_of(date(2024, 2, 3), "2024-05-29", 45441))

    assert dates_in(path) == [date(2024, 2, 3), date(2024, 5, 29), date(2024, 5, 29)]


def test_a_blank_date_is_none(tmp_path: Path) -> None:
    assert dates_in(write_csv(tmp_path / "ratings.csv", table_of("", "-", "*", " "))) == [None] * 4


def test_one_month_above_12_makes_the_whole_column_american_from_its_first_row(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ratings.csv", table_of("03/04/2024", "05/06/2024", "05/29/2024"))

    assert dates_in(path) == [date(2024, 3, 4), date(2024, 5, 6), date(2024, 5, 29)]


def test_one_day_above_12_makes_the_whole_column_british_from_its_first_row(tmp_path: Path) -> None:
    opened = open_ratings(write_csv(tmp_path / "ratings.csv", table_of("03/04/2024", "29/05/2024")))

    assert [row.published_on for row in opened.rows()] == [date(2024, 4, 3), date(2024, 5, 29)]
    assert opened.warnings == []


def test_a_column_that_does_not_tell_is_read_as_british_and_said_so_once(tmp_path: Path) -> None:
    opened = open_ratings(write_csv(tmp_path / "ratings.csv", table_of("03/04/2024", "05/06/2024")))

    for _ in range(2):
        assert [row.published_on for row in opened.rows()] == [date(2024, 4, 3), date(2024, 6, 5)]
    assert opened.warnings == [UNSETTLED]


def test_a_column_of_both_orders_is_refused_naming_both_rows(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ratings.csv", table_of("03/04/2024", "29/05/2024", "", "05/29/2024"))

    assert refusal(path) == (
        'In row 5, "Publication Date" is "05/29/2024", which can only be MM/DD/YYYY, but the date in row 3 can only be '
        "DD/MM/YYYY, and the column must be one or the other."
    )


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("31/02/2024", "which is not a date that exists"),
        ("29/02/2023", "which is not a date that exists"),
        ("00/01/2024", "which is not a date that exists"),
        ("45/45/2024", "which is not a date that exists"),
        ("2024-13-01", "which is not a date that exists"),
        ("29/05/1999", "which is before the year 2000"),
        ("1899-12-31", "which is before the year 2000"),
        ("29.05.2024", "which is not a date like 29/05/2026 or 2026-05-29"),
        ("29/05/24", "which is not a date like 29/05/2026 or 2026-05-29"),
        ("May 2024", "which is not a date like 29/05/2026 or 2026-05-29"),
        ("99/99/9999 and more", "which is not a date like 29/05/2026 or 2026-05-29"),
        ("################", "which is not a date like 29/05/2026 or 2026-05-29"),
    ],
)
def test_an_impossible_date_is_refused(tmp_path: Path, written: str, reason: str) -> None:
    path = write_csv(tmp_path / "ratings.csv", table_of("29/05/2024", written))

    assert refusal(path) == f'In row 3, "Publication Date" is "{written}", {reason}.'


def test_a_date_after_the_day_the_file_speaks_of_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "01_February_2021_Latest_ratings.csv", table_of("02/02/2021"))

    assert refusal(path, as_at=None).endswith("which is after the file's as-at date, 1 February 2021.")


def test_real_dates_that_a_program_has_swapped_are_noticed(tmp_path: Path) -> None:
    swapped = [date(2024, 1 + n % 12, 1 + n) for n in range(10)]
    path = write_xlsx(tmp_path / "ratings.xlsx", table_of(*swapped, "25/06/2020"))

    assert "a spreadsheet program has swapped day and month" in refusal(path)


def test_a_real_date_late_in_the_month_shows_that_none_was_swapped(tmp_path: Path) -> None:
    early = [date(2024, 1 + n % 12, 1 + n) for n in range(10)]
    path = write_xlsx(tmp_path / "ratings.xlsx", table_of(*early, date(2024, 1, 31), "25/06/2020"))

    assert dates_in(path)[-1] == date(2020, 6, 25)
