"""What the tests and the fuzzer share: good files to spoil, and the one rule for what may become of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from quality.cqc import CqcFileError, open_cqc_file
from quality.cqc.limits import Limits
from tests.builders.cqc_files import (
    README,
    Table,
    as_excel_keeps_texts,
    latest_ratings_rows,
    write_csv,
    write_csv_gz,
    write_ods,
    write_xlsx,
)
from tests.builders.cqc_files_headings import REGISTER_2017
from tests.builders.cqc_files_register import (
    deactivated_rows,
    directory_rows,
    dual_rows,
    rated_provider_rows,
    register_rows,
    write_zip,
)

AS_AT = date(2026, 10, 1)
# A spoilt file must not keep a test busy: it may ask for a hundredth of what a real one may.
SMALL = Limits(file_bytes=3_000_000, unpacked_bytes=20_000_000, rows=10_000, ratio_counts_from=200_000)
TABLES: dict[str, Callable[[], Table]] = {
    "latest ratings": latest_ratings_rows,
    "register": register_rows,
    "old register": lambda: [["HSCA Active Locations"], [], *register_rows(headings=REGISTER_2017)],
    "deactivated": deactivated_rows,
    "directory": directory_rows,
}
Write = Callable[[Path, Table], Path]


def _with_sheets(write: Callable[..., Path], path: Path, table: Table) -> Path:
    return write(
        path,
        table,
        before={"README": README},
        after={"Providers": rated_provider_rows(), "Dual": dual_rows()},
    )


def _xlsx(path: Path, table: Table) -> Path:
    return as_excel_keeps_texts(_with_sheets(write_xlsx, path, table))


def _ods(path: Path, table: Table) -> Path:
    return _with_sheets(write_ods, path, table)


def _zip(path: Path, table: Table) -> Path:
    return write_zip(path, write_csv(path.with_suffix(".csv"), table))


WRITERS: dict[str, Write] = {
    "csv": write_csv,
    "csv.gz": write_csv_gz,
    "xlsx": _xlsx,
    "ods": _ods,
    "zip": _zip,
}


@cache
def good(table: str, writer: str) -> bytes:
    """The bytes of a file that is read without fault."""
    with TemporaryDirectory() as folder:
        return WRITERS[writer](Path(folder) / "good.bin", TABLES[table]()).read_bytes()


def part_of(content: bytes, part: str) -> bytes:
    """One part of an archive, unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(part)


def with_part(content: bytes, part: str, data: bytes) -> bytes:
    """The archive with another content of one part, its checksum right."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, data if name == part else old.read(name))
    return target.getvalue()


def read_or_refused(content: bytes) -> int | str:
    """Read a file of these bytes to its end: the number of its rows, or the sentence it is refused with.

    Any other outcome is an exception, and a fault of ours.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "spoilt.bin"
        path.write_bytes(content)
        try:
            opened = open_cqc_file(path, SMALL, as_at=AS_AT, names=True)
            rows = sum(1 for _ in opened.rows())
            return rows + sum(1 for _ in opened.provider_rows())
        except CqcFileError as error:
            sentence = error.sentence
    if not sentence or "\n" in sentence:
        raise AssertionError(f"Not one sentence: {sentence!r}")
    return sentence
