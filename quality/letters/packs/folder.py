"""Where the files of packs lie until they are deleted: beside the stored reports, but never among them."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quality.core.pages import settings

__all__ = ["add_file", "delete_pack_file", "pack_file", "writing_pack"]

# Every file in the archive carries this moment, so that the same pack has the same bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def pack_file(pack_id: int) -> Path:
    """The finished file of a pack."""
    return _folder() / f"{pack_id}.zip"


@contextmanager
def writing_pack(pack_id: int) -> Iterator[zipfile.ZipFile]:
    """Write the file of a pack under another name, and give it its own once it is whole and on the disk."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f"{pack_id}-", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w") as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(pack_file(pack_id))
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def add_file(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Put a file into the archive as it is. PDFs are packed in themselves, so packing again would only cost time."""
    info = zipfile.ZipInfo(name, _MOMENT)
    info.external_attr = _READABLE
    archive.writestr(info, content, zipfile.ZIP_STORED)


def delete_pack_file(pack_id: int) -> None:
    """Delete the file of a pack, with what an interrupted try may have left."""
    for path in (pack_file(pack_id), *_folder().glob(f"{pack_id}-*.part")):
        path.unlink(missing_ok=True)


def _folder() -> Path:
    return settings().storage_folder() / "packs"
