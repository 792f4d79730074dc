"""A folder of files named by the SHA-256 of their bytes. What is stored once is never written again."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from sqlalchemy import text

from quality.core.database import db
from quality.core.pages import settings


class StorageError(Exception):
    """A stored file is missing or is not what was stored; the message says which."""


_FILES_LOCK = 2301
"""The number of the lock on what is stored; no other lock of the application has it."""
_CHECKS_KEPT = 10_000
_checked: dict[Path, tuple[int, int, int, int]] = {}
"""The files this process has read and found to be what they are named for, as they were then."""


class Storage:
    """Keeps bytes by their hash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> str:
        """Store the bytes durably and return their SHA-256. Storing the same bytes again changes nothing."""
        sha256 = hashlib.sha256(content).hexdigest()
        place = self._place(sha256)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            self._write_whole(place, content)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes of this hash. Raises StorageError when they are gone or no longer match it."""
        try:
            content = self._place(sha256).read_bytes()
        except FileNotFoundError:
            raise _missing(sha256) from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StorageError(f"The file {sha256} was changed after it was stored.")
        return content

    def checked(self, sha256: str) -> Path:
        """The file of this hash, to be sent as it is. Raises StorageError when it is gone or no longer matches.

        A file is read to be checked once in each process, and again when the machine says that it was changed since.
        """
        place = self._place(sha256)
        try:
            now = place.stat()
        except FileNotFoundError:
            raise _missing(sha256) from None
        # Whoever writes to a file can set its time of change in the past, but not that of its last change of any kind.
        seen = (now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns)
        if _checked.get(place) != seen:
            self.get(sha256)
            if len(_checked) >= _CHECKS_KEPT:
                _checked.clear()
            _checked[place] = seen
        return place

    def erase(self, sha256: str) -> None:
        """Take the bytes of this hash away for good. Nothing happens where they are gone already."""
        self._place(sha256).unlink(missing_ok=True)

    def _place(self, sha256: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise StorageError("That is not the name of a stored file.")
        return self.folder / sha256[:2] / sha256

    def _write_whole(self, place: Path, content: bytes) -> None:
        # Written beside its place, flushed to the disk, then renamed: a crash leaves either nothing or the whole file.
        handle, beside = tempfile.mkstemp(dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(place)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise


def hold_files(*, while_erasing: bool = False) -> None:
    """Until the transaction ends, part those who name stored files in rows from those who erase what no row names.

    Any number may name files at once; whoever erases is alone. Call it before anything else is locked. SQLite lets
    nobody else write anyway.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        share = "" if while_erasing else "_shared"
        db.session.execute(text(f"SELECT pg_advisory_xact_lock{share}({_FILES_LOCK})"))


def storage() -> Storage:
    """The store of this service, as its settings say."""
    return Storage(settings().storage_folder())


def _missing(sha256: str) -> StorageError:
    return StorageError(f"The file {sha256} is missing from the store.")
