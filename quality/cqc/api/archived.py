"""The replies in an archive, a TAR.GZ or a ZIP: one file after the other, and none of them unpacked to the disk."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Self
from zipfile import BadZipFile, ZipFile

from quality.cqc.archives import archive, check_parts, count_parts
from quality.cqc.errors import CqcFileError, quoted
from quality.cqc.limits import MEGABYTE, Limits

# CQC has had some 120,000 locations, and about half as many providers.
MOST_FILES = 250_000
_MOST_OF_A_REPLY = 20 * MEGABYTE
_DAMAGED = "The archive is damaged or was cut off: please make it again."
_MARK, _MARK_AT = b"ustar", 257  # Every TAR archive has this word here.
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_START = 4_096
# What stands before a file in a TAR archive to tell of it is read as a whole; it is a name, mostly.
_TELLING = {
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
}
_MOST_TOLD = MEGABYTE


class Packing(StrEnum):
    """How replies are packed."""

    TAR_GZ = "tar.gz"
    ZIP = "zip"


def packing_of(path: Path, limits: Limits) -> Packing | None:
    """How the file packs replies, by its content whatever its name; None when it holds none, or cannot be read.

    CqcFileError for a ZIP of more files than are looked at.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_START)
        # What is too large is refused by whoever reads it, and not looked through before.
        if start.startswith(_ZIP) and path.stat().st_size <= limits.file_bytes:
            return Packing.ZIP if _is_zip_of_replies(path, start) else None
        with gzip.open(path) as unpacked:
            is_tar = unpacked.read(_MARK_AT + len(_MARK))[_MARK_AT:] == _MARK
    except (OSError, EOFError, zlib.error):
        return None
    return Packing.TAR_GZ if is_tar else None


def replies_in(path: Path, packing: Packing, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Name and content of each JSON file. CqcFileError for an archive that is damaged, locked, a bomb, or empty."""
    read = _in_zip if packing is Packing.ZIP else _in_tar
    is_empty = True
    for name, content in read(path, limits):
        is_empty = False
        yield name, content
    if is_empty:
        raise CqcFileError("The archive holds no reply: those are files whose names end in .json.")


def _is_zip_of_replies(path: Path, start: bytes) -> bool:
    """True for one with JSON files that is no spreadsheet; of a damaged one, when it begins with them."""
    _check_count(count_parts(path))
    try:
        with ZipFile(path) as opened:
            names = opened.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return b".json" in start
    is_spreadsheet = "[Content_Types].xml" in names or "META-INF/manifest.xml" in names
    return not is_spreadsheet and any(map(_is_reply, names))


def _in_zip(path: Path, limits: Limits) -> Iterator[tuple[str, bytes]]:
    _check_count(count_parts(path))
    with archive(path, _DAMAGED) as opened:
        parts = [part for part in opened.infolist() if _is_reply(part.filename)]
        for part in parts:
            _check_one(part.filename, part.file_size)
        check_parts(parts, limits)
        for part in parts:
            yield part.filename, opened.read(part)


def _in_tar(path: Path, limits: Limits) -> Iterator[tuple[str, bytes]]:
    count = 0
    with _tar(path, limits) as opened:
        while (member := opened.next()) is not None:
            count += 1
            _check_count(count)
            # The library remembers every file it came past, and a small archive can name millions.
            opened.members.clear()
            if not member.isfile() or not _is_reply(member.name):
                continue
            _check_one(member.name, member.size)
            file = opened.extractfile(member)
            if file is not None:
                yield member.name, file.read()


def _is_reply(name: str) -> bool:
    """True for a JSON file, but not for what a Macintosh puts beside each file."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return (
        last.casefold().endswith(".json") and not last.startswith("._") and not name.startswith("__MACOSX/")
    )


def _check_count(count: int) -> None:
    if count > MOST_FILES:
        raise CqcFileError(
            f"The archive holds more than {MOST_FILES:,} files, and no more are read from one."
        )


def _check_one(name: str, size: int) -> None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if name.startswith(("/", "\\")) or ".." in parts or parts[0][1:] == ":":
        raise CqcFileError(
            f"The archive holds a file with the name {quoted(name)}, which leads out of it: please make it again."
        )
    if size > _MOST_OF_A_REPLY:
        raise CqcFileError(f"{quoted(name)} in the archive is larger than any reply.")


@contextmanager
def _tar(path: Path, limits: Limits) -> Iterator[_Tar]:
    try:
        with (
            gzip.open(path) as unpacked,
            _Tar.open(fileobj=_Limited(unpacked, limits), mode="r|", tarinfo=_Member) as opened,
        ):
            yield opened
    except (tarfile.TarError, OSError, EOFError, zlib.error):
        raise CqcFileError(_DAMAGED) from None


class _Tar(tarfile.TarFile):
    """A TAR archive, with the library's list of the files it came past."""

    members: list[tarfile.TarInfo]


class _Member(tarfile.TarInfo):
    """A file in a TAR archive, of which no more is told than fits in memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """The file that a header describes. CqcFileError where the header is followed by a huge one."""
        found = super().frombuf(buf, encoding, errors)
        if found.type in _TELLING and found.size > _MOST_TOLD:
            raise CqcFileError(_DAMAGED)
        return found


class _Limited(io.RawIOBase):
    """What is unpacked, up to a limit."""

    def __init__(self, unpacked: gzip.GzipFile, limits: Limits) -> None:
        self._unpacked, self._left = unpacked, limits.unpacked_bytes

    def read(self, size: int = -1) -> bytes:
        """The next bytes. CqcFileError past the limit."""
        piece = self._unpacked.read(size)
        self._left -= len(piece)
        if self._left < 0:
            raise CqcFileError("The archive unpacks to more than is read from any file.")
        return piece
