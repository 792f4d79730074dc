"""The zip archive that a spreadsheet file is, or that files are packed in: checked first, then read part by part."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from quality.cqc.errors import CqcFileError
from quality.cqc.limits import Limits

_DAMAGED = "The spreadsheet is damaged or was cut off: please download it again."
# What the standard library raises over an archive with bytes changed here and there; it documents only the first.
_BROKEN = (
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ValueError,
    struct.error,
    zlib.error,
)
_PIECE = 1 << 16
_LONGEST_TAG = 1 << 20
_SMALL_PART = 5_000_000
_ENTRY = b"PK\x01\x02"

Attributes = dict[str, str]


@contextmanager
def archive(path: Path, damaged: str = _DAMAGED) -> Iterator[ZipFile]:
    """The opened archive. CqcFileError with the sentence `damaged` when it is, whenever that comes to light."""
    try:
        with ZipFile(path) as opened:
            yield opened
    except _BROKEN:
        raise CqcFileError(damaged) from None


def check_archive(path: Path, limits: Limits, later: str | None = None) -> frozenset[str]:
    """The names of the archive's parts. CqcFileError for a damaged one, a bomb, a locked one, or one with macros.

    The directory is judged before anything is unpacked; then every part is unpacked once and its checksum compared,
    except the part that is `later` read to its end, which compares it too. A directory that understates a part's size
    gains nothing: no more than it states is ever unpacked.
    """
    _check_directory(path, limits)
    with archive(path) as opened:
        check_parts(opened.infolist(), limits)
        _check_macros(opened.namelist())
        for part in opened.namelist():
            if part != later:
                _check_sum(opened, part)
        return frozenset(opened.namelist())


def feed(opened: ZipFile, part: str, parser: expat.XMLParserType) -> Iterator[None]:
    """Feed one part to the parser, and stop after every piece, so that the caller can take what it found.

    The number of bytes is bounded: the directory's size for the part was checked, and no more than that is unpacked.
    CqcFileError for XML that is damaged, declares entities (a way to make a small file huge), or has a tag without end.
    """
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.buffer_text = True
    fed = 0
    try:
        with opened.open(part) as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece)
                fed += len(piece)
                if fed - parser.CurrentByteIndex > _LONGEST_TAG + _PIECE:
                    raise CqcFileError(
                        f"The spreadsheet's part {part} holds a tag of more than a million characters."
                    )
                yield
            parser.Parse(b"", True)
            yield
    except (expat.ExpatError, ValueError, IndexError):
        raise CqcFileError(_DAMAGED) from None


def elements(opened: ZipFile, part: str) -> list[tuple[str, Attributes]]:
    """Every element of a small part, in order: its name and attributes, without their namespaces."""
    if opened.getinfo(part).file_size > _SMALL_PART:
        raise CqcFileError(f"The spreadsheet's part {part} is larger than any real one.")
    found: list[tuple[str, Attributes]] = []

    def start(name: str, attributes: dict[str, Any]) -> None:
        found.append((_local(name), {_local(key): value for key, value in attributes.items()}))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    for _ in feed(opened, part, parser):
        pass
    return found


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_doctype(*_: object) -> None:
    raise CqcFileError("The spreadsheet declares entities in its XML, which no spreadsheet program does.")


def _check_sum(opened: ZipFile, part: str) -> None:
    with opened.open(part) as stream:
        while stream.read(_PIECE):
            pass


def _check_directory(path: Path, limits: Limits) -> None:
    count = count_parts(path)
    if count > limits.parts:
        raise CqcFileError(f"The file holds {count:,} files, and a spreadsheet holds {limits.parts} at most.")


def count_parts(path: Path) -> int:
    """How many parts an archive has, by the mark before each: opening it holds its whole directory in memory."""
    count, before = 0, b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE * 16):
            count += (before + piece).count(_ENTRY)
            before = piece[-len(_ENTRY) + 1 :]
    return count


def check_parts(parts: list[ZipInfo], limits: Limits) -> None:
    """CqcFileError, before anything is unpacked, for parts that are a bomb together or alone, or have a password."""
    total = sum(part.file_size for part in parts)
    if total > limits.unpacked_bytes:
        raise CqcFileError(
            f"The file unpacks to {total / 1e6:,.0f} MB, and at most {limits.unpacked_bytes / 1e6:,.0f} MB are read."
        )
    for part in parts:
        _check_part(part, limits)


def _check_part(part: ZipInfo, limits: Limits) -> None:
    if part.flag_bits & 1:
        raise CqcFileError("The file has a password: please save it without one.")
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise CqcFileError(
            "The file is packed in an unusual way: please save or pack it again in the ordinary one."
        )
    if part.file_size > limits.ratio_counts_from and part.file_size > part.compress_size * limits.ratio:
        raise CqcFileError(
            f"A part of the file unpacks to more than {limits.ratio} times its size, which no file of CQC's does."
        )


def _check_macros(names: list[str]) -> None:
    for name in map(str.casefold, names):
        if name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")):
            raise CqcFileError("The spreadsheet carries macros (programs): please save it without them.")
