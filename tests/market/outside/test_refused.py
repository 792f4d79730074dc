"""A file of outside figures that does not add up changes nothing, and one sentence says where and why."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from quality.market.models import OutsideSeries
from quality.market.outside.loading import load_outside
from quality.market.outside.reading import read_outside
from quality.market.outside.told import OutsideFileError
from tests.databases import Database
from tests.market.outside.files import (
    EXAMPLE,
    LG_HEADINGS,
    NORTHMERE,
    SOUTHMERE,
    Row,
    a_claim,
    a_figure,
    a_month,
    a_written_file,
    a_year,
    an_ascof_file,
    an_lg_file,
    ascof_headings,
    write_csv,
)

YEAR = "2023 to 2024"


def refusal(session: Database, path: Path) -> str:
    """The sentence that refuses a file; nothing is stored of it."""
    with pytest.raises(OutsideFileError) as refused:
        load_outside(path)
    assert session.scalar(select(func.count()).select_from(OutsideSeries)) == 0
    assert "\n" not in refused.value.sentence
    return refused.value.sentence


def changed(position: int, cell: str) -> Row:
    """A good row but for one cell."""
    row = [*NORTHMERE, *a_year(1, 8, 1)]
    row[position] = cell
    return row


@pytest.mark.parametrize(
    ("position", "cell", "sentence"),
    [
        (
            15,
            "11.0",
            'Row 3 (Northmere), column P (2023 to 2024 - 6b numerator), is "11.0", '
            "which is more than the denominator, 10.",
        ),
        (15, "9.5", '6b numerator), is "9.5", where there must be a whole number or one of [c], [x], [z].'),
        (15, "-1", 'is "-1", where there must be a whole number'),
        (15, "", 'is "", where there must be a whole number'),
        (16, "[u]", '(2023 to 2024 - 6b denominator), is "[u]", where there must be a whole number'),
        (17, "101.0", 'column R (2023 to 2024 - 6b outcome), is "101.0", where there must be a number from 0 to 100'),
        (17, "nan", 'is "nan", where there must be a number from 0 to 100'),
        (1, "", 'Row 3, column B (Local authority), is "", where there must be 1 to 120 ordinary characters.'),
        (1, "North\x00mere", "is \"North\N{REPLACEMENT CHARACTER}mere\", where there must be 1 to 120 ordinary"),
        (2, "Northmere", 'column C (ONS area code), is "Northmere", which is not an ONS code like E10000012'),
        (2, SOUTHMERE[2], "Rows 2 and 3 are both of Northmere."),
    ],
)  # fmt: skip
def test_a_bad_cell_is_refused_with_its_row_and_column(
    session: Database, tmp_path: Path, position: int, cell: str, sentence: str
) -> None:
    good = [*SOUTHMERE, *a_year(1, 8, 1)]
    assert sentence in refusal(session, an_ascof_file(tmp_path, good, changed(position, cell)))


def test_a_share_of_none_is_refused(session: Database, tmp_path: Path) -> None:
    row = [*NORTHMERE, *["0.0"] * 15]
    assert refusal(session, an_ascof_file(tmp_path, row)).endswith(
        'column Q (2023 to 2024 - 6b denominator), is "0.0", and nothing can be a share of none.'
    )


def test_a_row_that_is_cut_off_is_refused(session: Database, tmp_path: Path) -> None:
    row = [*NORTHMERE, *a_year(1, 8, 1)][:-1]
    assert refusal(session, an_ascof_file(tmp_path, row)) == (
        "Row 2 has 17 cells, and there are 18 headings: it may be cut off."
    )


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (f"{YEAR} - 6b numerator", "6b", f'Row 1, the heading "{YEAR} - 6b numerator" is missing.'),
        (
            f"{YEAR} - good numerator",
            f"{YEAR} - 6b outcome",
            f'Row 1, the heading "{YEAR} - 6b outcome" stands over two columns, G and R.',
        ),
        ("Local authority", "Council", 'Row 1, the heading "Local authority" is missing.'),
        ("ONS area code", "Code", "ascof.csv is none of the files we read"),
    ],
)
def test_headings_that_are_not_those_of_the_layout_are_refused(
    session: Database, tmp_path: Path, before: str, after: str, sentence: str
) -> None:
    headings = [after if heading == before else heading for heading in ascof_headings(YEAR)]
    path = write_csv(tmp_path / "ascof.csv", headings, [*NORTHMERE, *a_year(1, 8, 1)])
    assert sentence in refusal(session, path)


def test_a_year_that_is_no_financial_year_is_refused(session: Database, tmp_path: Path) -> None:
    path = an_ascof_file(tmp_path, [*NORTHMERE, *a_year(1, 8, 1)], years=("2023 to 2025",))
    assert "is not of a financial year" in refusal(session, path)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (a_month("March 2024", "77"), 'Row 2 (Northmere), column C (period), is "March 2024", which is not a'),
        (a_month("Mar 2091", "77"), 'is "Mar 2091", which is in the future.'),
        (a_month("Mar 2024", "177"), 'column G (value), is "177", where there must be a number from 0 to 100'),
        (
            ["E10999999", "Northmere", "Mar 2024", "Cheerfulness", "Percentage", "Homes", "7"],
            'column D (indicator), is "Cheerfulness", and only "Percentage of care homes',
        ),
        (
            [*a_month("Mar 2024", "7")[:4], "Count", "Homes", "7"],
            'column E (measure), is "Count", and only "Percentage" is read.',
        ),
    ],
)  # fmt: skip
def test_a_bad_row_of_lg_informs_is_refused(
    session: Database, tmp_path: Path, row: Row, sentence: str
) -> None:
    assert sentence in refusal(session, an_lg_file(tmp_path, row))


def test_the_same_month_twice_is_refused(session: Database, tmp_path: Path) -> None:
    path = an_lg_file(tmp_path, a_month("Mar 2024", "77"), a_month("Mar 2024", "78"))
    assert refusal(session, path) == "Rows 2 and 3 are both of Northmere in Mar 2024."


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (a_figure("most"), '“value” is "most", and should be as it was published, like "83.16%"'),
        (a_figure("103%"), '“value” is "103%"'),
        (a_figure(more="as_at = 2091-01-01"), "“as_at” is 2091-01-01, which is before 2000 or in the future"),
        (a_figure(more="k = 1\nn = 2"), "“k” and “n” are there, but “denominator_stated” is not true"),
        (a_figure() * 2, 'the figure "Northmere, March 2024, 83.2%" is there twice'),
        (a_figure().replace("E10999999", "Northmere Town"), "“area_code” should be one line of at most 9"),
        (
            a_figure().replace("E10999999", "X10999999"),
            '“area_code” is "X10999999", which is not an ONS code',
        ),
        (a_claim(more='shown_with = ["Essex"]'), "“shown_with” should be a list of ONS codes like E10000012"),
        (a_claim(more="rank = 4"), "“rank” is not a name that is known here"),
        (a_claim().replace("cannot_be_said", "not_said"), "“cannot_be_said” is missing"),
        ("", "there should be one or more “figure” or “claim” tables"),
        ("[[series", "written.toml is not a TOML file"),
    ],
)
def test_a_bad_figure_or_claim_is_refused_with_its_place(
    session: Database, tmp_path: Path, said: str, sentence: str
) -> None:
    told = refusal(session, a_written_file(tmp_path, said))
    assert told.startswith("written.toml")
    assert sentence in told


def test_more_than_all_is_refused(session: Database, tmp_path: Path) -> None:
    path = a_written_file(tmp_path, a_figure(more="k = 3\nn = 2"), stated="true")
    assert "(Northmere): “k” should be a whole number from 0 to 2, and is 3" in refusal(session, path)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "a.csv holds no headings"),
        ("a.csv", b"\xff\xfea\x00", "a.csv is not text in UTF-8"),
        ("a.csv", ",".join(LG_HEADINGS).encode() + b'\n"E1', "a.csv, row 2, is not proper CSV"),
        ("a.csv", b"area_code,indicator\n", 'Row 1, the heading "area_name" is missing.'),
        ("a.csv", ",".join(LG_HEADINGS).encode(), "a.csv has headings, and no row below them."),
        ("a.csv", b"name,share\nNorthmere,83\n", "a.csv is none of the files we read"),
        ("a.toml", b"", "“read_on” is missing: it is the day somebody read the sources"),
        ("a.csv", b"x" * 20_000_001, "a.csv is larger than 20 MB"),
    ],
)
def test_what_is_no_file_of_outside_figures_is_refused_in_one_sentence(
    session: Database, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert sentence in refusal(session, path)


@pytest.mark.parametrize("kind", ["ascof", "lg", "written"])
@given(data=st.data())
def test_a_file_changed_anywhere_is_read_or_refused_in_one_sentence(kind: str, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        good = {
            "ascof": lambda: an_ascof_file(Path(folder), [*NORTHMERE, *a_year(1, 8, 1)]),
            "lg": lambda: an_lg_file(Path(folder), a_month("Mar 2024", "77")),
            "written": lambda: a_written_file(Path(folder), a_figure() + a_claim()),
        }
        path = good[kind]()
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 5))):
            start = data.draw(st.integers(0, len(content)))
            content[start : start + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
        path.write_bytes(content)
        assert "\n" not in _read_or_refused(path)


def _read_or_refused(path: Path) -> str:
    """The titles of the series, or the sentence that refuses the file."""
    try:
        return ", ".join(series.words.title for series in read_outside(path)[0].series)
    except OutsideFileError as error:
        return error.sentence


def test_the_command_refuses_with_one_sentence_and_status_2(
    app: Flask, session: Database, tmp_path: Path
) -> None:
    answer = app.test_cli_runner().invoke(args=["market", "outside", "load", str(tmp_path / "none.csv")])
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr == "none.csv cannot be read: No such file or directory.\n"


def test_the_example_can_be_read() -> None:
    assert read_outside(EXAMPLE)[0].warnings == []
