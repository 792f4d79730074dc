"""Whatever is done to a file, it is read or refused with one sentence: nothing else ever happens."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError  # type: ignore[import-untyped]

from tests.builders.cqc_files import Table, write_csv, write_ods, write_xlsx
from tests.cqc.fuzzing import TABLES, WRITERS, good, part_of, read_or_refused, with_part

# More may be asked for by hand, for a night: FUZZ_EXAMPLES=100000 pytest tests/cqc/test_fuzzing.py
fuzzed = settings(
    deadline=None,
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "25")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
CORPUS = Path(__file__).parent / "corpus"
PARTS = {
    "ods": ("content.xml", "META-INF/manifest.xml"),
    "xlsx": (
        "xl/worksheets/sheet2.xml",
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "_rels/.rels",
    ),
}
# What has a meaning somewhere in one of the formats.
TOKENS = (
    b"", b"\0", b"\r", b"\n", b'"', b",", b"<", b">", b"&", b"/>", b"-", b"0", b"-1", b"1e9", b"99999999", b"\xff",
    b"\xfe\xff",
    b"&#0;", b"&#xD800;", b"&amp;", b"<!DOCTYPE x>", b"<!--", b"<![CDATA[", b"<?x?>", b' r="A0"', b' r="ZZZZZZ9"',
    b' r="9A"', b' t="s"', b' t="b"', b' t="e"', b"<f>1</f>", b"<v>-1</v>", b"<v>99</v>", b'<mergeCell ref="A2:B9"/>',
    b' table:number-columns-repeated="16384"', b' table:number-rows-repeated="1048576"', b"<table:covered-table-cell/>",
    b"</table:table-row>", b"<table:table-row>", b"<table:table-cell>", b"</table:table>", b"<office:annotation>",
    b' office:value-type="date"', b' office:date-value="x"', b"31/02/2020", b"2/14/2020", b"PK\x01\x02", b"PK\x03\x04",
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes after one to four things were done to them."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        to = min(len(content), at + draw(st.sampled_from([0, 1, 2, 8, 40, 300])))
        put = draw(
            st.one_of(
                st.sampled_from(TOKENS),
                st.binary(max_size=8),
                st.just(content[at:to] * 2),
                st.just(content[at:to][::-1]),
            )
        )
        content = content[:at] if draw(st.integers(0, 9)) == 0 else content[:at] + put + content[to:]
    return content


@pytest.mark.parametrize("writer", WRITERS)
@fuzzed
@given(data=st.data(), table=st.sampled_from(sorted(TABLES)))
def test_a_file_with_any_bytes_changed_is_read_or_refused(
    writer: str, data: st.DataObject, table: str
) -> None:
    read_or_refused(data.draw(spoilt(good(table, writer))))


@pytest.mark.parametrize(
    ("writer", "part"), [(writer, part) for writer, parts in PARTS.items() for part in parts]
)
@fuzzed
@given(data=st.data(), table=st.sampled_from(sorted(TABLES)))
def test_a_spreadsheet_with_any_part_changed_is_read_or_refused(
    writer: str, part: str, data: st.DataObject, table: str
) -> None:
    whole = good(table, writer)

    read_or_refused(with_part(whole, part, data.draw(spoilt(part_of(whole, part)))))


TEXTS = st.one_of(
    st.sampled_from([
        "", " ", "-", "*", "Y", "N", "X", "1-900000001", "rx9", "Good", "Not Rated", "Overall", "nan", "inf", "-0",
        "31/12/2019", "12/31/2019", "05/06/2020", "2020-13-01", "43904", "99999", "1e5", "51.7", "=1+1", "#REF!",
        "09/Jan/2018 - 00:00", "10/1/2010 12:00:00 AM", "Location ID", "Name", "Domain", "\u2028", "\u00a0",
        "\u0661\u0662", "½", "x" * 40_000,
    ]),
    st.text(max_size=12),
)  # fmt: skip


@st.composite
def spoilt_tables(draw: st.DrawFn) -> Table:
    """A table whose cells were swapped or overwritten, or whose rows were doubled, moved or cut."""
    table = [list(row) for row in TABLES[draw(st.sampled_from(sorted(TABLES)))]()]
    for _ in range(draw(st.integers(1, 5))):
        row, other = (table[draw(st.integers(0, len(table) - 1))] for _ in range(2))
        if not row or not other:
            continue
        at, to = draw(st.integers(0, len(row) - 1)), draw(st.integers(0, len(other) - 1))
        deed = draw(st.sampled_from(["swap", "write", "double", "cut", "remove", "lengthen"]))
        if deed == "swap":
            row[at], other[to] = other[to], row[at]
        elif deed == "write":
            row[at] = draw(TEXTS)
        elif deed == "double":
            table.insert(draw(st.integers(0, len(table))), list(row))
        elif deed == "lengthen":
            row.append(draw(TEXTS))
        else:
            del row[at : at + 1 if deed == "remove" else None]
    return table


@pytest.mark.parametrize("write", [write_csv, write_xlsx, write_ods])
@fuzzed
@given(table=spoilt_tables())
def test_a_table_with_any_cells_changed_is_read_or_refused(
    write: Callable[[Path, Table], Path], table: Table, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("spoilt") / "spoilt.bin"
    try:
        write(path, table)
    except (IllegalCharacterError, ValueError):
        return  # A spreadsheet cannot hold such a text.
    read_or_refused(path.read_bytes())


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("table", TABLES)
def test_what_is_spoilt_was_good_before(table: str, writer: str) -> None:
    outcome = read_or_refused(good(table, writer))

    assert isinstance(outcome, int)
    assert outcome > 0


@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.iterdir() if path.suffix == ".bin"))
def test_what_was_once_not_understood_is_still_refused_with_a_sentence(name: str) -> None:
    outcome = read_or_refused((CORPUS / name).read_bytes())

    assert isinstance(outcome, int | str)
