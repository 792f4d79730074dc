"""A report as a text document to quote from: the content of its web page, for a word processor."""

from __future__ import annotations

from collections.abc import Mapping

from quality.printing.odt import odt_of
from quality.reports.render import report_body
from quality.reports.snapshot import Snapshot


def report_odt(report: Snapshot, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The report as an OpenDocument text, to quote from. `pictures` are its photographs' files by SHA-256."""
    prefix = f"/reports/{report.number}/photographs/"
    return odt_of(
        str(report_body(report)),
        title=f"{report.service.name}: quality audit report {report.number}",
        author=report.council.name,
        created=report.issued_at,
        pictures={prefix + sha256: file for sha256, file in (pictures or {}).items()},
    )
