"""Lists as CSV files that open in a spreadsheet as what they are: text stays text, and nothing in it is run."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Response

# A list up to this size stays in memory, a longer one goes to a temporary file: both are sent in pieces.
_MOST_IN_MEMORY = 1_000_000
_PIECE = 65_536
_LONGEST_NAME = 120
# A spreadsheet takes a cell that begins so for a formula, and runs it; some take the wide forms too.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
Value = str | int | float | bool | date | datetime | Enum | None


def csv_response(name: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> Response:
    """A CSV file to save, in UTF-8 with a byte-order mark, since Excel takes it for Windows-1252 without one.

    All rows are written before the first is sent: what goes wrong half-way is an error page and no cut file, and a slow
    line never keeps the database waiting.
    """
    file: IO[bytes] = SpooledTemporaryFile(_MOST_IN_MEMORY)  # noqa: SIM115 -- Closed when sent.
    try:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow(headings)
        writer.writerows([cell(value) for value in row] for row in rows)
        text.detach()
        size = file.tell()
    except BaseException:
        file.close()
        raise
    file.seek(0)
    answer = Response(_pieces(file), mimetype="text/csv")
    answer.call_on_close(file.close)
    answer.content_length = size
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.csv")
    return answer


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def cell(value: Value) -> str | int | float:
    """A value as a cell holds it: days as 2026-03-31, yes and no in words, no text that would be run as a formula.

    An apostrophe before such a text tells every spreadsheet that it is text.
    """
    if value is None:
        return ""
    if isinstance(value, Enum):
        return cell(value.value)
    if isinstance(value, str):
        return f"'{value}" if _FORMULA.match(value) else value
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return value if isinstance(value, (int, float)) else value.isoformat()


def file_name(*words: Any) -> str:
    """A file's name of these words, in plain letters, digits and hyphens: services-northmere-good-2026-03-31."""
    plain = unicodedata.normalize("NFKD", " ".join(str(word) for word in words if word))
    name = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
    return name[:_LONGEST_NAME].strip("-")
