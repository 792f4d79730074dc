"""Opening a file of any format we read.

The readers of spreadsheets are our own, and streams. The fastest library (python-calamine was measured) takes 1.3 GB of
memory for a sheet as large as CQC's national one, where these take 30 MB and about as long; and it lets a small file
that refers to one long text a million times fill the machine.
"""

from functools import partial
from pathlib import Path

from quality.cqc.archives import check_archive
from quality.cqc.csv_files import CsvSource
from quality.cqc.errors import CqcFileError
from quality.cqc.fast import FastOdsSource
from quality.cqc.formats import WANTED, check_file, container
from quality.cqc.limits import Limits
from quality.cqc.ods import CONTENT
from quality.cqc.packed import PackedSource
from quality.cqc.sheets import Source
from quality.cqc.xlsx import XlsxSource


def open_source(path: Path, limits: Limits) -> Source:
    """The file as a source of sheets, by its content whatever its name. CqcFileError when it has none we read."""
    try:
        check_file(path, limits)
        source = _open(path, limits)
    except OSError as error:
        raise CqcFileError(f"The file cannot be read: {error.strerror}.") from None
    return source or PackedSource(path, limits, partial(_open_packed, limits))


def _open_packed(limits: Limits, path: Path) -> Source:
    source = _open(path, limits)
    if source is None:
        raise CqcFileError(f"The archive holds another archive: please unpack it, and load {WANTED}.")
    return source


def _open(path: Path, limits: Limits) -> Source | None:
    """The source, or None for an archive that is no spreadsheet."""
    kind = container(path)
    if kind != "zip":
        return CsvSource(path, kind == "gzip", limits)
    parts = check_archive(path, limits, later=CONTENT)
    if "[Content_Types].xml" in parts and any(name.startswith("xl/") for name in parts):
        return XlsxSource(path, limits)
    if {"content.xml", "META-INF/manifest.xml"} <= parts:
        return FastOdsSource(path, limits)
    return None
