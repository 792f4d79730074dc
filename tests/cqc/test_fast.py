"""The fast reader of OpenDocument spreadsheets gives exactly what the stream reader gives, or leaves it to that one."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.cqc import fast
from quality.cqc.errors import CqcFileError
from quality.cqc.fast import FastOdsSource
from quality.cqc.limits import DEFAULT_LIMITS
from quality.cqc.ods import OdsSource
from tests.builders.cqc_files import ODS_END, ODS_START, latest_ratings_rows, write_ods, write_ods_content

_TEXTS = st.sampled_from(
    [
        *(
            "",
            " ",
            "Good",
            "Larkfield House",
            " spaces around ",
            "Smith &amp; Co",
            "&#8217;",
            "&lt;b&gt;",
            "one\ntwo",
        ),
        *(
            "a\u00a0b",
            "caf\u00e9 \U0001f600",
            "!",
            "?",
            "two<text:s/>spaces",
            '<text:a href="x">link</text:a>',
            "]]",
        ),
    ]
)
_KINDS = st.sampled_from(
    [
        *("", ' table:style-name="ce1"', ' office:value-type="string" calcext:value-type="string"'),
        *(
            ' office:value-type="date" office:date-value="2020-03-14"',
            ' office:value-type="float" office:value="5.25"',
        ),
        *(' office:value-type="float" office:value=""', ' office:value-type="float" office:value=" 7"'),
        *(' office:value-type="boolean" office:boolean-value="true"', ' table:number-columns-repeated="3"'),
        *(
            ' office:value-type="percentage" office:value="0.5"',
            ' table:formula="of:=[.A1]"',
            ' title="a&amp;b > c"',
        ),
        *(' office:value-type="string" office:value="9"', ' table:number-columns-repeated="300"'),
    ]
)
_BLANKS = st.sampled_from(
    [
        *(
            "<table:table-cell/>",
            '<table:table-cell table:number-columns-repeated="4"/>',
            "<table:covered-table-cell/>",
        ),
        *(
            '<table:table-cell office:value-type="float" office:value="3"/>',
            "<table:table-cell></table:table-cell>",
        ),
        *("<table:table-cell><text:p/></table:table-cell>", '<table:table-cell table:formula="of:=1"/>'),
    ]
)


def _cell(kind: str, texts: list[str], note: bool) -> str:
    said = "<office:annotation><text:p>a note</text:p></office:annotation>" if note else ""
    return f"<table:table-cell{kind}>{said}{''.join(f'<text:p>{text}</text:p>' for text in texts)}</table:table-cell>"


_PLAIN = st.builds(_cell, _KINDS, st.lists(_TEXTS, min_size=1, max_size=1), st.just(False))
_CELLS = st.one_of(
    _PLAIN, _PLAIN, _BLANKS, st.builds(_cell, _KINDS, st.lists(_TEXTS, max_size=3), st.booleans())
)
_ROWS = st.builds(
    lambda again, cells: f"<table:table-row{again}>{''.join(cells)}</table:table-row>",
    st.sampled_from(["", "", ' table:style-name="ro1"', ' table:number-rows-repeated="3"']),
    st.lists(_CELLS, max_size=6),
)
_BETWEEN = st.sampled_from(
    [
        *(
            "",
            "",
            "",
            "",
            "\n  ",
            "</table:table-rows><table:table-rows>",
            "<text:soft-page-break/>",
        ),
        *(
            '<table:table-row table:number-rows-repeated="5"/>',
            "<!-- a comment -->",
            "<table:table-row/>",
            "\r\n",
        ),
    ]
)
_SHEETS = st.builds(
    lambda name, rows, end: (
        f'<table:table table:name="{name}"><table:table-column/><table:table-rows>'
        f"{rows}</table:table-rows>{end}</table:table>"
    ),
    st.sampled_from(["README", "Locations", "A &amp; B", ""]),
    st.lists(st.tuples(_BETWEEN, _ROWS, st.integers(1, 4)), max_size=8).map(
        lambda rows: "".join(between + row * times for between, row, times in rows)
    ),
    st.sampled_from(["", "", "<table:table-row/>", "<table:named-expressions/>", "\n"]),
)


def _everything(source: OdsSource, headings: int) -> list[object]:
    """All that a reader gives, or else the sentence it refuses the file with: rows may come before that, or not."""
    found: list[object] = []
    try:
        for sheet in source.sheets():
            found += [sheet.name, sheet.top]
            found += sheet.rows(headings)
    except CqcFileError as refusal:
        return [str(refusal)]
    return found


def _both(path: Path, headings: int = 1) -> tuple[list[object], list[object]]:
    limits = replace(DEFAULT_LIMITS, rows=60, columns=100, cell_characters=2_000)
    return _everything(FastOdsSource(path, limits), headings), _everything(OdsSource(path, limits), headings)


def _read_both(content: str, headings: int = 1) -> tuple[list[object], list[object]]:
    with TemporaryDirectory() as folder:
        return _both(write_ods_content(Path(folder) / "built.ods", content), headings)


@settings(max_examples=400, deadline=None)
@given(sheets=st.lists(_SHEETS, max_size=3), headings=st.integers(0, 5))
def test_whatever_a_sheet_is_written_like_both_readers_give_the_same(
    sheets: list[str], headings: int
) -> None:
    found, expected = _read_both(ODS_START + "".join(sheets) + ODS_END, headings)
    # Where two sheets are wrong, the stream reader may come to the second before it has given out the first.
    both_refuse = len(sheets) > 1 and isinstance(expected[0], str) and expected[0].endswith(".")
    assert str(found[0]).endswith(".") if both_refuse else found == expected


@settings(max_examples=200, deadline=None)
@given(
    sheet=_SHEETS,
    at=st.floats(0, 1),
    cut=st.integers(0, 30),
    put=st.sampled_from(["", "<", ">", "&", '"', "x", "\x00"]),
)
def test_what_the_stream_reader_can_read_of_a_damaged_sheet_the_fast_one_reads_the_same(
    sheet: str, at: float, cut: int, put: str
) -> None:
    whole = ODS_START + sheet + ODS_END
    place = int(at * len(whole))
    found, expected = _read_both(whole[:place] + put + whole[place + cut :])
    if not expected or "damaged" not in str(expected[0]):
        assert found == expected


def test_rows_that_repeat_what_is_said_of_a_service_are_read_fast_and_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = [
        {"Location ID": f"1-90000{number:04}", "Location Name": f"House {number}", "URL": "x" * (number % 3)}
        for number in range(40)
    ]
    rows = latest_ratings_rows(services)
    path = write_ods(tmp_path / "ratings.ods", rows, before={"README": [["Notes"]]})
    expected = [sheet.top + list(sheet.rows(1)) for sheet in OdsSource(path, DEFAULT_LIMITS).sheets()]
    # The padding at the end is the only row that the fast reader may hand on.
    monkeypatch.setattr(fast, "_MOST_UNUSUAL", 1)
    monkeypatch.setattr(OdsSource, "_rows", None)
    found = [sheet.top + list(sheet.rows(1)) for sheet in FastOdsSource(path, DEFAULT_LIMITS).sheets()]
    assert all(this == that for this, that in zip_longest(found, expected))
    assert len(found[1]) > len(rows)


def test_an_unusual_row_far_down_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{number}</text:p></table:table-cell></table:table-row>"
        for number in range(1, 50)
    )
    comment = rows.replace("<text:p>30<", "<text:p><!-- thirty -->30<")
    found, expected = _read_both(f'{ODS_START}<table:table table:name="A">{comment}</table:table>{ODS_END}')
    assert found == expected
    assert [row for row in found if row == (30, ["30"])] == [(30, ["30"])]


def test_a_sheet_of_only_unusual_rows_is_left_to_the_stream_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fast, "_MOST_UNUSUAL", 10)
    cell = "<table:table-cell><text:p><text:span>a</text:span></text:p></table:table-cell>"
    row = f"<table:table-row>{cell}</table:table-row>"
    found, expected = _read_both(f'{ODS_START}<table:table table:name="A">{row * 50}</table:table>{ODS_END}')
    assert found == expected
    assert len(found) > 50


_CONTENT = latest_ratings_rows(
    [{"Location ID": f"1-90000{number:04}", "Location Name": f"House {number}"} for number in range(300)]
)
