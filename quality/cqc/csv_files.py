"""CSV files, plain or packed with gzip, read as a stream."""

import contextlib
import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from quality.cqc.errors import CqcFileError
from quality.cqc.formats import check_text
from quality.cqc.limits import Limits
from quality.cqc.sheets import TOP_ROWS, Row, Sheet

_PIECE = 1 << 16  # Characters read at once.
_CUT_OFF = "the file seems to have been cut off: please download it again"


@dataclass
class CsvSource:
    """A CSV file, in UTF-8 with or without a byte order mark, its cells separated by commas."""

    path: Path
    packed: bool
    limits: Limits
    warnings: list[str] = field(default_factory=list)

    @property
    def format(self) -> str:
        """`csv` or `csv.gz`."""
        return "csv.gz" if self.packed else "csv"

    @property
    def names(self) -> tuple[str, ...]:
        """The file's name."""
        return (self.path.name,)

    def sheets(self) -> list[Sheet]:
        """The file's only sheet."""
        self._look_at_ends()
        rows = partial(_rows, self.path, self.packed, self.limits)
        return [Sheet(None, list(islice(rows(0), TOP_ROWS)), rows, spreadsheet=False)]

    def _look_at_ends(self) -> None:
        if self.packed:
            try:
                with _bytes(self.path, self.packed, self.limits) as file:
                    check_text(file.read(4096))
            except (EOFError, OSError, zlib.error):
                raise CqcFileError(f"Nothing in the file can be unpacked: {_CUT_OFF}.") from None
            return
        with self.path.open("rb") as file:
            file.seek(-1, io.SEEK_END)
            if file.read(1) not in b"\r\n":
                self.warnings.append(
                    "The file's last row does not end with a line break: check that it was not cut off there."
                )


class _Capped(io.RawIOBase):
    """What gzip unpacks, until it is more than the limits allow."""

    def __init__(self, file: gzip.GzipFile, packed_size: int, limits: Limits) -> None:
        self._file = file
        self._read = 0
        by_ratio = max(packed_size * limits.ratio, limits.ratio_counts_from)
        self._most = min(limits.unpacked_bytes, limits.file_bytes, by_ratio)

    def readable(self) -> bool:
        return True

    # The buffer's type is not spelled out in the standard library's own declaration either.
    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        count = self._file.readinto(buffer)
        self._read += count
        if self._read > self._most:
            raise CqcFileError(
                f"The file unpacks to more than {self._most / 1e6:,.0f} MB, which no file of CQC's of its size does."
            )
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


def _bytes(path: Path, packed: bool, limits: Limits) -> BinaryIO:
    if not packed:
        return path.open("rb")
    capped = _Capped(gzip.GzipFile(path, "rb"), path.stat().st_size, limits)
    return cast(BinaryIO, io.BufferedReader(capped, 128 * 1024))


@dataclass
class _Lines:
    """The lines of a text, until those of one row are more than the limits allow; `row` is the last complete one.

    The text comes in large pieces, so that a row costs no step of its own here.
    """

    text: TextIO
    most: int
    row: int = 0

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._pieces())

    def _pieces(self) -> Iterator[Iterable[str]]:
        begun, held, row = "", 0, self.row
        while piece := self.text.read(_PIECE):
            held = held + len(piece) if self.row == row else len(begun) + len(piece)
            row = self.row
            if held > self.most + _PIECE:
                raise CqcFileError(f"Row {row + 1} holds more than {self.most:,} characters.")
            lines = list(io.StringIO(begun + piece, newline=""))
            # A carriage return may be the first half of the line's end.
            begun = "" if lines[-1].endswith("\n") else lines.pop()
            yield lines
        if begun:
            yield (begun,)


def _rows(path: Path, packed: bool, limits: Limits, _: int) -> Iterator[Row]:
    with io.TextIOWrapper(_bytes(path, packed, limits), encoding="utf-8-sig", newline="") as text:
        lines = _Lines(text, limits.row_characters)
        try:
            for row, cells in enumerate(csv.reader(lines, strict=True), 1):
                if row > limits.rows:
                    raise CqcFileError(f"The file has more than {limits.rows:,} rows.")
                yield row, cells
                lines.row = row
        except UnicodeDecodeError:
            raise _wrong_encoding(path, packed, limits) from None
        except csv.Error as error:
            raise _not_csv(lines.row + 1, str(error)) from None
        except (EOFError, OSError, zlib.error):
            raise CqcFileError(f"After row {lines.row}, the file cannot be unpacked: {_CUT_OFF}.") from None


def _not_csv(row: int, error: str) -> CqcFileError:
    if "unexpected end" in error:
        return CqcFileError(
            f"Row {row} begins a cell with a quotation mark that is never closed: {_CUT_OFF}."
        )
    if "field larger" in error:
        return CqcFileError(f"Row {row} holds a cell of more than {csv.field_size_limit():,} characters.")
    return CqcFileError(f"Row {row} is not proper CSV: a quotation mark stands where none belongs.")


def _wrong_encoding(path: Path, packed: bool, limits: Limits) -> CqcFileError:
    place = "Somewhere"
    with io.TextIOWrapper(_bytes(path, packed, limits), "utf-8-sig", "surrogateescape", newline="") as text:
        lines = _Lines(text, limits.row_characters)
        with contextlib.suppress(csv.Error):
            for row, cells in enumerate(csv.reader(lines), 1):
                lines.row = row
                if any("\udc80" <= character <= "\udcff" for cell in cells for character in cell):
                    place = f"In row {row}"
                    break
    return CqcFileError(
        f"{place}, there is a character that is not UTF-8 (the file may be Windows-1252): "
        "please save the file again as CSV UTF-8."
    )
