"""Telling what a file is from its first bytes, whatever its name says."""

import codecs
import hashlib
from pathlib import Path

from quality.cqc.errors import CqcFileError, quoted
from quality.cqc.limits import Limits

# The first bytes of what people load by mistake, and what to tell them.
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image or a recording"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook, or one with a password"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "packed with bzip2"),
    (b"\xfd7zXZ", "packed with xz"),
    (b"{\\rtf", "a text document"),
)
_WEB_PAGE = (b"<!doctype", b"<html", b"<?xml", b"<head")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WANTED = "CQC's file as CSV, CSV.GZ, XLSX, ODS or a ZIP of one of these"


def check_file(path: Path, limits: Limits) -> None:
    """CqcFileError unless there is a file that is neither empty nor over the size limit."""
    name = quoted(path.name)
    if not path.exists():
        raise CqcFileError(f"There is no file {name}.")
    if not path.is_file():
        raise CqcFileError(f"{name} is not a file.")
    size = path.stat().st_size
    if not size:
        raise CqcFileError(f"The file {name} is empty.")
    if size > limits.file_bytes:
        raise CqcFileError(
            f"The file {name} is {size / 1e6:,.0f} MB, and at most {limits.file_bytes / 1e6:,.0f} MB are read."
        )


def container(path: Path) -> str:
    """`zip`, `gzip` or `text`, by the first bytes. CqcFileError for what is certainly none of CQC's files."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if start.startswith(b"\x1f\x8b"):
        return "gzip"
    check_text(start)
    return "text"


def check_text(start: bytes) -> None:
    """CqcFileError unless these first bytes can be those of a CSV file in UTF-8 (or, so far, in an 8-bit encoding)."""
    for signature, what in _OTHERS:
        if start.startswith(signature):
            raise CqcFileError(f"The file is {what}, whatever its name says: please load {WANTED}.")
    if start.lstrip().lower().startswith(_WEB_PAGE):
        raise CqcFileError(
            f"The file is a web page, perhaps saved in place of a download: please load {WANTED}."
        )
    if start.startswith(_UTF_16) or b"\0" in start:
        raise CqcFileError(
            "The file is not text in UTF-8 (it may be UTF-16): please save it again as CSV UTF-8."
        )


def sha256(path: Path) -> str:
    """The SHA-256 of the file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
