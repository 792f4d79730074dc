"""Sending stored files to a browser."""

from __future__ import annotations

from flask import Response, send_file

from quality.reports.operations import file_name, stored_file


def stored_pdf(sha256: str, called: str, service: str) -> Response:
    """A stored PDF as it is, to be kept under a name. Raises StorageError when it is gone or changed."""
    return send_file(
        stored_file(sha256),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=file_name(called, service),
        etag=sha256,
    )
