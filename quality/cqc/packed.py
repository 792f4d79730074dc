"""A ZIP archive of exactly one file, which is how CQC offers its directory."""

import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable
from pathlib import Path

from quality.cqc.archives import archive
from quality.cqc.errors import CqcFileError, quoted
from quality.cqc.formats import WANTED
from quality.cqc.limits import Limits
from quality.cqc.sheets import Sheet, Source


class PackedSource:
    """What was packed in an archive. It is unpacked beside it, and gone when this is."""

    def __init__(self, path: Path, limits: Limits, open_inner: Callable[[Path], Source]) -> None:
        handle, name = tempfile.mkstemp(prefix="cqc-")
        os.close(handle)
        unpacked = Path(name)
        self._gone = weakref.finalize(self, unpacked.unlink, missing_ok=True)
        try:
            part = _unpack(path, unpacked, limits)
            self._inner = open_inner(unpacked)
        except BaseException:
            self._gone()
            raise
        self.names = (path.name, Path(part).name)
        self.format = f"{self._inner.format}.zip"

    @property
    def warnings(self) -> list[str]:
        """What the person should know about the packed file, in sentences."""
        return self._inner.warnings

    def sheets(self) -> Iterable[Sheet]:
        """The packed file's sheets."""
        return self._inner.sheets()


def _unpack(path: Path, to: Path, limits: Limits) -> str:
    """Write the archive's only file there, and give its name in the archive back."""
    with archive(path) as opened, to.open("wb") as target:
        part = _only_part([name for name in opened.namelist() if not _is_nothing(name)])
        size = opened.getinfo(part).file_size
        if not size:
            raise CqcFileError(f"The file {quoted(part)} in the archive is empty.")
        if size > limits.file_bytes:
            most = f"{limits.file_bytes / 1e6:,.0f} MB"
            raise CqcFileError(f"The archive's file is {size / 1e6:,.0f} MB, and at most {most} are read.")
        with opened.open(part) as packed:
            shutil.copyfileobj(packed, target)
    return part


def _is_nothing(name: str) -> bool:
    """True for a folder, and for what a Macintosh puts into every archive beside what people put there."""
    return name.endswith(("/", ".DS_Store")) or name.startswith("__MACOSX/")


def _only_part(names: list[str]) -> str:
    if len(names) != 1:
        held = f"{len(names)} files" if names else "no file"
        raise CqcFileError(
            f"The file is an archive, and not a spreadsheet: it holds {held}, where CQC's has one. "
            f"Please unpack it, and load {WANTED}."
        )
    return names[0]
