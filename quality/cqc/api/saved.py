"""Replies of CQC's API that somebody saved, one JSON file each, in a TAR.GZ archive."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from quality.core.clock import today
from quality.cqc.api.replies import location, provider
from quality.cqc.as_at import Told, from_file_name
from quality.cqc.errors import CqcFileError, quoted
from quality.cqc.formats import check_file, sha256
from quality.cqc.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from quality.cqc.rows import LocationReply, ProviderReply

Row = TypeVar("Row")

_MARK, _MARK_AT = b"ustar", 257  # Every TAR archive has this word here.
_MOST_OF_A_REPLY = 20 * MEGABYTE
_DAMAGED = "The archive is damaged or was cut off: please make it again."


@dataclass(frozen=True)
class SavedReplies:
    """An archive of replies, and the day it speaks of. It is read anew each time it is asked."""

    path: Path
    as_at: date
    sha256: str
    with_names: bool
    limits: Limits

    def locations(self) -> Iterator[LocationReply]:
        """Each reply about a location. CqcFileError when one is not as we know it."""
        return self._each("locationId", lambda reply: location(reply, with_names=self.with_names))

    def providers(self) -> Iterator[ProviderReply]:
        """Each reply about a provider. CqcFileError when one is not as we know it."""
        return self._each("locationIds", provider)

    def _each(self, mark: str, meaning: Callable[[dict[str, Any]], Row]) -> Iterator[Row]:
        # A reply about a location names its provider too: only one about a provider lists locations.
        for name, reply in _replies(self.path, self.limits):
            if "locationId" not in reply and "locationIds" not in reply:
                raise CqcFileError(
                    f"{quoted(name)} in the archive is not a reply about a location or a provider: leave it out."
                )
            if mark in reply:
                yield meaning(reply)


def holds_replies(path: Path) -> bool:
    """True for a TAR.GZ archive, whatever its name. Anything else is for others to read, and to refuse."""
    try:
        with gzip.open(path) as unpacked:
            return unpacked.read(_MARK_AT + len(_MARK))[_MARK_AT:] == _MARK
    except (OSError, EOFError, zlib.error):
        return False


def open_replies(
    path: Path, *, as_at: date | None = None, names: bool = False, limits: Limits = DEFAULT_LIMITS
) -> SavedReplies:
    """Open an archive of replies. CqcFileError when its day has to be given, or is still to come."""
    check_file(path, limits)
    day = Told(as_at, (from_file_name(path.name),)).day(today())
    return SavedReplies(path, day, sha256(path), names, limits)


def _replies(path: Path, limits: Limits) -> Iterator[tuple[str, dict[str, Any]]]:
    with _archive(path, limits) as opened:
        for member in opened:
            if member.isfile() and member.name.endswith(".json"):
                yield member.name, _reply(opened, member)


def _reply(opened: tarfile.TarFile, member: tarfile.TarInfo) -> dict[str, Any]:
    file = opened.extractfile(member)
    if file is None or member.size > _MOST_OF_A_REPLY:
        raise CqcFileError(f"{quoted(member.name)} in the archive is larger than any reply.")
    try:
        reply = json.loads(file.read())
    except (ValueError, RecursionError):
        raise CqcFileError(f"{quoted(member.name)} in the archive is not JSON.") from None
    if not isinstance(reply, dict):
        raise CqcFileError(f"{quoted(member.name)} in the archive is not a JSON object.")
    return reply


@contextmanager
def _archive(path: Path, limits: Limits) -> Iterator[tarfile.TarFile]:
    try:
        with (
            gzip.open(path) as unpacked,
            tarfile.open(fileobj=_Limited(unpacked, limits), mode="r|") as opened,
        ):
            yield opened
    except (tarfile.TarError, OSError, EOFError, zlib.error):
        raise CqcFileError(_DAMAGED) from None


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
