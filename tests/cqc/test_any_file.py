"""Whatever a file holds, it is read exactly or refused with a sentence; nothing else ever happens."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.cqc import DOMAINS, CqcFileError, RatingWord
from tests.builders.cqc_files import (
    Table,
    a_row,
    as_excel_keeps_texts,
    latest_ratings_rows,
    write_csv,
    write_csv_gz,
    write_ods,
    write_xlsx,
)
from tests.cqc.opening import open_ratings


def write_xlsx_as_excel(path: Path, rows: Table) -> Path:
    return as_excel_keeps_texts(write_xlsx(path, rows))


WRITERS: list[Callable[[Path, Table], Path]] = [
    write_csv,
    write_csv_gz,
    write_xlsx,
    write_xlsx_as_excel,
    write_ods,
]
# A machine that is busy with something else must not fail a test: only what happens counts, not how long it takes.
some = settings(deadline=None, max_examples=25)
every_format = pytest.mark.parametrize("write", WRITERS)

# Line breaks are left out: XML and spreadsheet programs may turn one kind into another.
texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=40
)
names = texts.map(str.strip).filter(lambda text: text not in {"", "-", "*"} and not text.startswith("="))
days = st.dates(date(2000, 1, 1), date(2026, 6, 30))
facts = st.fixed_dictionaries(
    {
        "Location ID": st.from_regex(r"\A1-[1-9][0-9]{8,10}\Z"),
        "Location Name": names,
        "Location City": names,
        "Service / Population Group": names,
        "Provider Name": names,
        "Domain": st.sampled_from(DOMAINS),
        "Latest Rating": st.sampled_from([word.words for word in RatingWord]),
        "Care Home?": st.sampled_from(["Y", "N", ""]),
    }
)


def read_or_refused(path: Path) -> None:
    with contextlib.suppress(CqcFileError):
        list(open_ratings(path).rows())


@cache
def good_file(write: Callable[[Path, Table], Path]) -> bytes:
    with TemporaryDirectory() as folder:
        return write(Path(folder) / "ratings.bin", latest_ratings_rows()).read_bytes()


@every_format
@some
@given(rows=st.lists(st.tuples(facts, days), min_size=1, max_size=4))
def test_every_value_survives(
    write: Callable[[Path, Table], Path], rows: list[tuple[dict[str, str], date]]
) -> None:
    table = [*latest_ratings_rows([]), *(a_row({**fact, "Publication Date": day}) for fact, day in rows)]
    table.append(a_row({"Publication Date": "29/05/2024"}))  # It settles the order of day and month.
    with TemporaryDirectory() as folder:
        read = list(open_ratings(write(Path(folder) / "ratings.bin", table)).rows())

    assert len(read) == len(rows) + 1
    for row, (fact, day) in zip(read, rows, strict=False):
        assert row.service_id == fact["Location ID"]
        assert row.service_name == fact["Location Name"]
        assert row.town == fact["Location City"]
        assert row.service_group == fact["Service / Population Group"]
        assert row.provider_name == fact["Provider Name"]
        assert row.domain == fact["Domain"]
        assert row.word.words == row.published_text == fact["Latest Rating"]
        assert row.care_home == {"Y": True, "N": False, "": None}[fact["Care Home?"]]
        assert row.published_on == day


@every_format
@some
@given(data=st.data())
def test_a_file_with_bytes_changed_lost_or_added_is_read_or_refused(
    write: Callable[[Path, Table], Path], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ratings.bin"
        content = bytearray(good_file(write))
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(content)))
            content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
        path.write_bytes(content)
        read_or_refused(path)


@pytest.mark.parametrize("write", [write_xlsx, write_xlsx_as_excel, write_ods])
@some
@given(data=st.data())
def test_a_spreadsheet_with_its_xml_changed_is_read_or_refused(
    write: Callable[[Path, Table], Path], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ratings.bin"
        with zipfile.ZipFile(io.BytesIO(good_file(write))) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = data.draw(st.sampled_from(sorted(parts)))
        at = data.draw(st.integers(0, len(parts[name])))
        wrong = data.draw(
            st.one_of(st.binary(max_size=9), st.sampled_from([b"-1", b"9" * 5000, b"<", b"</", b'"', b">"]))
        )
        parts[name] = parts[name][:at] + wrong + parts[name][at + data.draw(st.integers(0, 30)) :]
        with zipfile.ZipFile(path, "w") as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
        read_or_refused(path)


@every_format
@some
@given(data=st.data())
def test_a_table_with_any_cell_changed_is_read_or_refused(
    write: Callable[[Path, Table], Path], data: st.DataObject
) -> None:
    table = latest_ratings_rows()
    for _ in range(data.draw(st.integers(1, 5))):
        row = data.draw(st.integers(0, len(table) - 1))
        column = data.draw(st.integers(0, len(table[row]) - 1))
        table[row][column] = data.draw(
            st.one_of(texts, days, st.integers(), st.floats(allow_nan=False), st.none())
        )
    with TemporaryDirectory() as folder:
        read_or_refused(write(Path(folder) / "ratings.bin", table))


@some
@given(
    content=st.binary(max_size=200),
    start=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08"]),
)
def test_any_bytes_at_all_are_refused(content: bytes, start: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ratings.bin"
        path.write_bytes(start + content)
        with pytest.raises(CqcFileError):
            list(open_ratings(path).rows())
