"""Pages of reports: the list, one report, and its PDF as it was issued."""

from __future__ import annotations

import io
from collections.abc import Callable

from flask import Blueprint, Response, abort, jsonify, render_template, request, send_file

from quality.core.gate import needs, public
from quality.core.jobs import newest_job
from quality.messages.queries import unread
from quality.people.askers import sends_a_stored_file
from quality.people.permissions import Permission
from quality.people.sign_in import current_asker, current_person
from quality.reports import queries
from quality.reports.data import report_csv, report_json
from quality.reports.forms import VerifyForm
from quality.reports.models import Report
from quality.reports.operations import file_name, pictures_of, stored_file
from quality.reports.render import report_body
from quality.reports.schema import report_schema
from quality.reports.sending import stored_pdf
from quality.reports.snapshot import Snapshot
from quality.reports.text_document import report_odt
from quality.reports.verifying import verify_bytes, verify_hash

blueprint = Blueprint("reports", __name__)

_FORMS: dict[str, tuple[Callable[[Snapshot], bytes], str]] = {
    "json": (report_json, "application/json"),
    "csv": (report_csv, "text/csv"),
    "odt": (lambda said: report_odt(said, pictures_of(said)), "application/vnd.oasis.opendocument.text"),
}


@blueprint.get("/reports")
@needs(Permission.READ_REPORTS)
def index() -> str:
    """The reports this person may read, with what they have not read yet at the top."""
    person = current_person()
    number = request.args.get("page", 1, type=int)
    page = queries.reports_for(person, number)
    return render_template(
        "reports/index.html",
        page=page,
        notices=unread(person.id),
        person=person,
        replaced=queries.replaced_among(page.rows),
    )


@blueprint.get("/reports/<number>")
@needs(Permission.READ_REPORTS)
def show(number: str) -> str:
    """One report as a web page, from the same snapshot as its PDF."""
    report = _find(number)
    if report.issued_at is None:
        job = newest_job("reports.issue", key_begins=f"audit-{report.audit_id}-")
        return render_template("reports/preparing.html", report=report, job=job)
    body = report_body(Snapshot.from_json(report.snapshot))
    return render_template(
        "reports/show.html",
        report=report,
        body=body,
        newer=queries.newer_version(report),
        variants=queries.variants_of(report),
        person=current_person(),
    )


@blueprint.get("/reports/<number>.pdf")
@needs(Permission.READ_REPORTS)
@sends_a_stored_file(queries.ISSUED_FILES)
def download(number: str) -> Response:
    """The very bytes that were issued."""
    found = queries.issued_file(current_asker())
    if found is None:
        abort(404)
    return stored_pdf(found.pdf_sha256, number, found.service_name)


@blueprint.get("/reports/<number>.<any(json, csv, odt):form>")
@needs(Permission.READ_REPORTS)
def file(number: str, form: str) -> Response:
    """The report for other programs, or as a text to quote from; made from the same snapshot as its PDF."""
    report = _find(number)
    if report.issued_at is None:
        abort(404)
    make, media_type = _FORMS[form]
    return send_file(
        io.BytesIO(make(Snapshot.from_json(report.snapshot))),
        mimetype=media_type,
        as_attachment=True,
        download_name=file_name(report.number, report.audit.service.name, form),
    )


@blueprint.get("/reports/<number>/photographs/<sha256>")
@needs(Permission.READ_REPORTS)
def photograph(number: str, sha256: str) -> Response:
    """A photograph of a report, as it is printed."""
    report = _find(number)
    shown = Snapshot.from_json(report.snapshot).photographs
    if report.issued_at is None or sha256 not in {one.sha256 for one in shown}:
        abort(404)
    return send_file(stored_file(sha256), mimetype="image/jpeg", etag=sha256)


@blueprint.get("/reports/schema.json")
@public
def schema() -> Response:
    """What the JSON of a report may hold, and what each part means."""
    return jsonify(report_schema())


@blueprint.route("/reports/verify", methods=["GET", "POST"])
@public
def verify() -> tuple[str, int]:
    """Whether a file is a report as it was issued. Whoever asks has the file, so nothing is said that is not in it."""
    form, found = VerifyForm(), None
    if form.is_submitted() and form.validate():
        upload = form.file.data
        found = verify_bytes(upload.stream) if upload and upload.filename else verify_hash(form.hash_typed)
    page = render_template("reports/verify.html", form=form, found=found)
    return page, 422 if form.errors else 200


def _find(number: str) -> Report:
    report = queries.find_report(number, current_person())
    if report is None:
        abort(404)
    return report
