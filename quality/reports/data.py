"""A report for other programs: its JSON and its CSV, as files of their own and inside its PDF.

The JSON is the snapshot itself, whose SHA-256 every printed report names. The CSV has a row for each value at the place
the JSON has it, and none for what is absent.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterator
from typing import Any

from quality.core.csv_files import cell
from quality.printing.attachments import Attachment
from quality.reports.plain import to_plain
from quality.reports.snapshot import Snapshot

CSV_HEADINGS = ("place", "part", "about", "field", "value")
"""Where the value stands in the JSON, of what it is part, of which one (a code or a name), its name, and itself."""

# What tells one part of a kind from the others, the surest first.
_TELLING = (
    "question_code",
    "code",
    "service_group",
    "reference",
    "finding",
    "word",
    "words",
    "title",
    "name",
)


def report_json(report: Snapshot) -> bytes:
    """What the report says, as its schema describes it."""
    return report.as_json().encode()


def report_csv(report: Snapshot) -> bytes:
    """A row for each value of the report, in UTF-8 with a byte-order mark for spreadsheets."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(CSV_HEADINGS)
    writer.writerows([cell(value) for value in row] for row in _rows(report, "", ""))
    return text.getvalue().encode("utf-8-sig")


def attachments(report: Snapshot) -> list[Attachment]:
    """Both, to be put inside the PDF, so that whoever has the document has its data."""
    kinds = (
        ("report.json", "application/json", "What this report says, as data", report_json),
        ("report.csv", "text/csv", "The same as a table of values", report_csv),
    )
    return [
        Attachment(name=name, media_type=media_type, description=description, content=make(report))
        for name, media_type, description, make in kinds
    ]


def _rows(part: Any, place: str, about: str) -> Iterator[tuple[str, str, str, str, Any]]:
    """The rows of one dataclass: its own values first in their order, and within them those of its parts."""
    kind = _in_words(type(part).__name__)
    about = _about(part) or about
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        at = f"{place}.{field.name}" if place else field.name
        if dataclasses.is_dataclass(value):
            yield from _rows(value, at, about)
        elif isinstance(value, tuple):
            yield from _several(value, at, kind, about, field.name)
        elif value is not None:
            yield at, kind, about, field.name, to_plain(value)


def _several(
    values: tuple[Any, ...], place: str, kind: str, about: str, name: str
) -> Iterator[tuple[str, str, str, str, Any]]:
    for number, value in enumerate(values):
        at = f"{place}[{number}]"
        if dataclasses.is_dataclass(value):
            yield from _rows(value, at, about)
        else:
            yield at, kind, about, name, to_plain(value)


def _about(part: Any) -> str:
    found = (getattr(part, name, None) for name in _TELLING)
    return next((str(value) for value in found if isinstance(value, str | int)), "")


def _in_words(class_name: str) -> str:
    """RatedThen as "Rated then"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", class_name).capitalize()
