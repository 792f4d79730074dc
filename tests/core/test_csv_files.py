"""Lists as files for a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from flask import Flask

from quality.core.csv_files import Value, cell, csv_response, file_name
from quality.cqc import RatingWord


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "＝1", "\n@x"])
def test_a_text_that_a_spreadsheet_would_run_is_told_to_be_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "Yes"),
        (False, "No"),
        (-3, -3),
        (date(2026, 3, 31), "2026-03-31"),
        (RatingWord.GOOD, "good"),
        ("Ash House - annexe", "Ash House - annexe"),
        ("'Mollies' House", "'Mollies' House"),
    ],
)
def test_a_value_stands_in_a_cell_as(value: Value, shown: object) -> None:
    assert cell(value) == shown


def test_a_file_begins_with_a_byte_order_mark_and_reads_back_as_it_was() -> None:
    app, rows = Flask("csv"), [["Åsa, “the” home", 'a "quoted"\nline'], ["ß", ""]]
    with app.test_request_context():
        answer = csv_response("list", ["One", "Two"], rows)
        data = answer.get_data()
        answer.close()
    assert data.startswith(b"\xef\xbb\xbf")
    assert int(answer.headers["Content-Length"]) == len(data)
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == "attachment; filename=list.csv"
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == [["One", "Two"], *rows]


def test_a_long_list_is_sent_whole() -> None:
    with Flask("csv").test_request_context():
        answer = csv_response("list", ["One"], ([f"{number:09}" * 20] for number in range(20_000)))
        assert len(answer.get_data().splitlines()) == 20_001
        answer.close()


def test_rows_that_fail_half_way_give_no_file() -> None:
    def rows() -> object:
        yield ["first"]
        raise RuntimeError("the database went away")

    with Flask("csv").test_request_context(), pytest.raises(RuntimeError):
        csv_response("list", ["One"], rows())  # type: ignore[arg-type]


def test_a_file_is_named_in_plain_letters() -> None:
    assert file_name("services", "Bristol, City of", "“Café”", "", "2026-03-31") == (
        "services-bristol-city-of-cafe-2026-03-31"
    )
    assert len(file_name("x" * 500)) == 120
