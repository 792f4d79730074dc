"""The table of contents of a pack: plain data, and its forms, an accessible PDF and a CSV file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

from quality.core.csv_files import cell
from quality.printing.colour import in_colour
from quality.printing.pdf import render_pdf
from quality.printing.templates import print_css, print_html

__all__ = ["HEADINGS", "Contents", "Line", "contents_csv", "contents_pdf"]

HEADINGS = (
    "file",
    "number",
    "version",
    "service",
    "cqc_id",
    "provider",
    "council",
    "visited_on",
    "issued_on",
    "judgement",
    "sha256",
    "bytes",
    "note",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One report of a pack. `file` is empty where its file could not be read, and `note` says so."""

    file: str
    number: str
    version: int
    service: str
    cqc_id: str
    provider: str
    council: str
    visited_on: tuple[date, ...]
    issued_on: date
    judgement: str
    sha256: str
    size: int
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """What a pack holds. `made_at` is the moment it was asked for, with its time zone."""

    title: str
    council: str
    colour: str
    made_at: datetime
    lines: tuple[Line, ...]


def contents_pdf(contents: Contents) -> bytes:
    """The contents as an accessible PDF; the same contents give the same bytes. Raises PrintingError."""
    return render_pdf(
        html=print_html("letters/print/contents.html", contents=contents),
        css=in_colour(print_css("letters/print/contents.css"), contents.colour),
        title=f"{contents.title}: contents",
        created=contents.made_at,
        author=contents.council,
    )


def contents_csv(contents: Contents) -> bytes:
    """A row for each report, in UTF-8 with a byte-order mark for spreadsheets."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for line in contents.lines:
        visited = "; ".join(one.isoformat() for one in line.visited_on)
        writer.writerow(
            cell(value)
            for value in (
                *(
                    line.file,
                    line.number,
                    line.version,
                    line.service,
                    line.cqc_id,
                    line.provider,
                    line.council,
                ),
                *(visited, line.issued_on, line.judgement, line.sha256, line.size, line.note),
            )
        )
    return text.getvalue().encode("utf-8-sig")
