"""A ZIP of exactly one of CQC's files is read as if it were that file, within the same limits."""

from __future__ import annotations

import gc
import gzip
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from quality.cqc import Limits, open_cqc_file
from tests.builders.cqc_files import (
    ODS_END,
    ODS_START,
    Table,
    latest_ratings_rows,
    write_csv,
    write_csv_gz,
    write_ods,
    write_ods_content,
    write_xlsx,
)
from tests.builders.cqc_files_register import register_rows, write_zip
from tests.cqc.test_bad_registers import AS_AT, refusal

WRITERS: dict[str, Callable[[Path, Table], Path]] = {
    "csv": write_csv,
    "csv.gz": write_csv_gz,
    "xlsx": write_xlsx,
    "ods": write_ods,
}


@pytest.fixture(autouse=True)
def nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_may_be_packed(tmp_path: Path, name: str) -> None:
    inner = WRITERS[name](tmp_path / f"01_October_2026_HSCA_Active_Locations.{name}", register_rows())
    opened = open_cqc_file(write_zip(tmp_path / "register.zip", inner))

    rows = list(opened.rows())

    assert (opened.format, opened.as_at, opened.kind) == (f"{name}.zip", AS_AT, "register")
    assert rows == list(open_cqc_file(inner).rows())
    assert rows == list(opened.rows())


def test_what_was_unpacked_is_gone_with_the_file(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "r.zip", write_csv(tmp_path / "r.csv", register_rows()))
    opened = open_cqc_file(path, as_at=AS_AT)
    assert list(tmp_path.glob("cqc-*"))

    del opened

    assert not list(tmp_path.glob("cqc-*"))


def test_folders_and_what_a_macintosh_adds_do_not_count(tmp_path: Path) -> None:
    inner = write_csv(tmp_path / "01_October_2026.csv", register_rows())
    path = write_zip(tmp_path / "r.zip", inner)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("CQC/", "")
        archive.writestr("__MACOSX/._01_October_2026.csv", "x")
        archive.writestr("CQC/.DS_Store", "x")

    assert open_cqc_file(path).as_at == AS_AT


def test_two_dates_in_two_names_are_asked_about(tmp_path: Path) -> None:
    inner = write_csv(tmp_path / "01_October_2026.csv", register_rows())
    path = write_zip(tmp_path / "02_October_2026.zip", inner)

    assert refusal(path, as_at=None).startswith(
        "The name of what is packed in it says 1 October 2026 and the file's name says 2 October 2026: please say"
    )
    told = open_cqc_file(path, as_at=date(2026, 10, 2))
    assert told.warnings == [
        "The name of what is packed in it says 1 October 2026; the date you gave, 2 October 2026, was used."
    ]


def test_more_or_less_than_one_file_is_refused(tmp_path: Path) -> None:
    one, two = (write_csv(tmp_path / f"{name}.csv", register_rows()) for name in ("one", "two"))

    assert "it holds 2 files, where CQC's has one" in refusal(write_zip(tmp_path / "two.zip", one, two))
    assert "it holds no file, where CQC's has one" in refusal(write_zip(tmp_path / "none.zip"))


def test_an_archive_within_an_archive_is_refused(tmp_path: Path) -> None:
    inner = write_zip(tmp_path / "in.zip", write_csv(tmp_path / "r.csv", register_rows()))

    assert refusal(write_zip(tmp_path / "out.zip", inner)).startswith("The archive holds another archive")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", 'The file "r.csv" in the archive is empty.'),
        (b"%PDF-1.7", "The file is a PDF"),
        ("Location ID,".encode("utf-16"), "may be UTF-16"),
        (gzip.compress(b"Location ID," * 9, mtime=0)[:20], "cut off"),
        (b"PK\x03\x04 and no more", "damaged or was cut off"),
    ],
)
def test_what_is_packed_is_judged_like_any_file(tmp_path: Path, content: bytes, said: str) -> None:
    inner = tmp_path / "r.csv"
    inner.write_bytes(content)

    assert said in refusal(write_zip(tmp_path / "r.zip", inner))
    gc.collect()  # Until then, the refusal may still hold on to the file.
    assert not list(tmp_path.glob("cqc-*"))


def test_a_bomb_is_refused_at_every_depth(tmp_path: Path) -> None:
    spaces = tmp_path / "spaces.csv"
    spaces.write_bytes(b" " * 30_000_000)
    bomb = write_ods_content(tmp_path / "bomb.ods", ODS_START + " " * 30_000_000 + ODS_END)

    for inner in (spaces, bomb):
        assert "unpacks to more than 150 times its size" in refusal(write_zip(tmp_path / "bomb.zip", inner))


def test_the_limit_of_size_holds_for_what_is_packed(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "r.zip", write_csv(tmp_path / "r.csv", latest_ratings_rows()))

    assert "at most 0 MB are read" in refusal(path, limits=Limits(file_bytes=1_500))


@pytest.mark.parametrize("kept", [0.2, 0.6, 0.99])
def test_a_zip_cut_off_anywhere_is_refused(tmp_path: Path, kept: float) -> None:
    path = write_zip(tmp_path / "r.zip", write_csv(tmp_path / "r.csv", register_rows()))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])

    assert refusal(path) == "The spreadsheet is damaged or was cut off: please download it again."
