"""Reading what other bodies publish as one large CSV file, plain or in a ZIP archive, row by row."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from quality.core.errors import Refused

# The whole ONS Postcode Directory has 2.7 million rows and unpacks to about 1.3 GB, which is six times its packed size.
_MOST_BYTES = 5_000_000_000
_MOST_RATIO = 100
_RATIO_COUNTS_FROM = 50_000_000
_LONGEST_LINE = 100_000
_SMALL, _MOST_PARTS = 200_000, 1_000
_BROKEN = (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, zlib.error)


class AreaFileError(Refused):
    """A file of areas or of a lookup that cannot be taken in. Nothing of it was stored."""


@dataclass(frozen=True)
class CsvTable:
    """An opened file: its name (in an archive, that of the part), its headings as written, and its rows to come.

    A row comes with its number, counted from 1 for the headings, and has as many cells as there are headings.
    """

    name: str
    headings: list[str]
    rows: Iterator[tuple[int, list[str]]]

    def column(self, *patterns: str) -> int | None:
        """The first column that has the first of these patterns, by `plain_heading`; the next pattern if none has."""
        plain = [plain_heading(one) for one in self.headings]
        for pattern in patterns:
            for position, heading in enumerate(plain):
                if re.fullmatch(pattern, heading):
                    return position
        return None


def plain_heading(text: str) -> str:
    """A heading without anything but its letters and digits, in small letters."""
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise AreaFileError(f"{path.name} cannot be read: {error.strerror or error}.") from None


@contextmanager
def open_table(path: Path) -> Iterator[CsvTable]:
    """Open a CSV file, or the largest CSV file in a ZIP archive. Raises AreaFileError, also while rows are read."""
    try:
        archive = ZipFile(path) if is_zipfile(path) else None
        part = _largest_csv(archive, path) if archive else None
        file: BinaryIO = archive.open(part) if archive and part else path.open("rb")  # type: ignore[assignment]
    except _BROKEN as error:
        raise AreaFileError(f"{path.name} cannot be read: {_reason(error)}.") from None
    with file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        rows = _rows(text, path.name)
        _, headings = next(rows, (1, []))
        if len(headings) < 2:
            raise AreaFileError(f"{path.name} is no CSV file with headings in its first row.")
        yield CsvTable(
            Path(part.filename if part else path.name).name, headings, _full(rows, len(headings), path.name)
        )
    if archive:
        archive.close()


def small_tables(path: Path) -> Iterator[list[dict[str, str]]]:
    """The small CSV files beside the largest in a ZIP archive, such as ONS's lists of names, by plain headings.

    What cannot be read is left out: these files are a help, and the archive has been judged by its largest.
    """
    if not is_zipfile(path):
        return
    with ZipFile(path) as archive:
        for part in archive.infolist()[:_MOST_PARTS]:
            if part.filename.casefold().endswith(".csv") and part.file_size <= _SMALL:
                try:
                    text = archive.read(part).decode("utf-8-sig")
                    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
                except (*_BROKEN, UnicodeDecodeError, csv.Error):
                    continue
                headings = [plain_heading(one) for one in rows[0]] if rows else []
                yield [dict(zip(headings, cells, strict=False)) for cells in rows[1:]]


def _largest_csv(archive: ZipFile, path: Path) -> ZipInfo:
    parts = [one for one in archive.infolist() if one.filename.casefold().endswith(".csv")]
    if not parts:
        raise AreaFileError(f"{path.name} is an archive without a CSV file in it.")
    part = max(parts, key=lambda one: one.file_size)
    if part.flag_bits & 1:
        raise AreaFileError(f"{path.name} has a password: please pack it again without one.")
    is_repetitive = part.file_size > max(_RATIO_COUNTS_FROM, part.compress_size * _MOST_RATIO)
    if part.file_size > _MOST_BYTES or is_repetitive:
        raise AreaFileError(f"{path.name} unpacks to far more than any real lookup does.")
    return part


def _rows(text: TextIO, name: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, cells in enumerate(csv.reader(_lines(text, name), strict=True), 1):
            yield number, cells
    except UnicodeDecodeError:
        raise AreaFileError(f"{name} is not text in UTF-8: please save it again as CSV UTF-8.") from None
    except csv.Error as error:
        raise AreaFileError(f"{name}, row {number + 1}: this is no CSV ({error}).") from None
    except _BROKEN as error:
        raise AreaFileError(f"{name} is damaged or was cut off: {_reason(error)}.") from None


def _lines(text: TextIO, name: str) -> Iterator[str]:
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise AreaFileError(f"{name} has a line of more than {_LONGEST_LINE:,} characters.")
        yield line


def _full(rows: Iterator[tuple[int, list[str]]], width: int, name: str) -> Iterator[tuple[int, list[str]]]:
    for number, cells in rows:
        if not any(cells):
            continue
        if len(cells) < width:
            raise AreaFileError(
                f"{name}, row {number}: there are {len(cells)} cells and {width} headings, so the file may be cut off."
            )
        yield number, cells


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or "it cannot be unpacked"
