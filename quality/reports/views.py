"""Pages of reports: the list, one report, and its PDF as it was issued."""

from __future__ import annotations

import io

from flask import Blueprint, Response, abort, render_template, request, send_file

from quality.core.gate import needs
from quality.messages.queries import unread
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.reports import queries
from quality.reports.models import Report
from quality.reports.operations import file_name, pdf_of
from quality.reports.render import report_body
from quality.reports.snapshot import Snapshot

blueprint = Blueprint("reports", __name__)


@blueprint.get("/reports")
@needs(Permission.READ_REPORTS)
def index() -> str:
    """The reports this person may read, with what they have not read yet at the top."""
    person = current_person()
    number = request.args.get("page", 1, type=int)
    page = queries.reports_for(person, number)
    return render_template("reports/index.html", page=page, notices=unread(person.id), person=person)


@blueprint.get("/reports/<number>")
@needs(Permission.READ_REPORTS)
def show(number: str) -> str:
    """One report as a web page, from the same snapshot as its PDF."""
    report = _find(number)
    if report.issued_at is None:
        return render_template("reports/preparing.html", report=report)
    body = report_body(Snapshot.from_json(report.snapshot))
    return render_template("reports/show.html", report=report, body=body, person=current_person())


@blueprint.get("/reports/<number>.pdf")
@needs(Permission.READ_REPORTS)
def download(number: str) -> Response:
    """The very bytes that were issued."""
    report = _find(number)
    if report.issued_at is None:
        abort(404)
    return send_file(
        io.BytesIO(pdf_of(report)),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=file_name(report),
        etag=report.pdf_sha256 or True,
    )


def _find(number: str) -> Report:
    report = queries.find_report(number, current_person())
    if report is None:
        abort(404)
    return report
