"""Writing findings: the list, adding, changing, and removing after a question back."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quality.audits.models import Audit
from quality.audits.policies import can_record, would_lose_approval
from quality.core.errors import Invalid
from quality.core.gate import needs
from quality.findings import operations, queries
from quality.findings.forms import FindingForm
from quality.findings.models import Finding
from quality.findings.views import audit_or_404, blueprint, posted_version
from quality.people.permissions import Permission
from quality.people.sign_in import current_person

Answer = str | Response | tuple[str, int]


@blueprint.get("/audits/<reference>/findings")
@needs(Permission.READ_AUDITS)
def index(reference: str) -> str:
    """The findings of an audit, most important first."""
    audit = audit_or_404(reference)
    may_write = can_record(audit, current_person())
    return render_template(
        "findings/index.html", audit=audit, findings=queries.findings_of(audit), may_write=may_write
    )


@blueprint.route("/audits/<reference>/findings/add", methods=["GET", "POST"])
@needs(Permission.RECORD_AUDITS)
def add(reference: str) -> Answer:
    """Write a finding; from a question it comes with its place filled in."""
    audit = audit_or_404(reference)
    form = _form(audit)
    if request.method == "GET":
        form.about.data = request.args.get("question") or request.args.get("standard", "")
    elif form.validate():
        try:
            finding = operations.add_finding(
                audit_id=audit.id, form_key=form.form_key.data, text=form.text(), by=current_person()
            )
        except Invalid as error:
            form.blame(error)
        else:
            return _done(audit, f"The finding “{finding.title}” is added.")
    return _page(audit, form, None)


@blueprint.route("/audits/<reference>/findings/<int:number>", methods=["GET", "POST"])
@needs(Permission.RECORD_AUDITS)
def change(reference: str, number: int) -> Answer:
    """Change a finding."""
    audit = audit_or_404(reference)
    finding = (
        _finding_or_404(audit, number) if request.method == "GET" else queries.find_finding(audit, number)
    )
    form = _form(audit)
    if request.method == "GET" and finding is not None:
        form.show(finding)
    elif form.validate():
        try:
            operations.change_finding(
                audit_id=audit.id,
                finding_id=number,
                version=posted_version(),
                text=form.text(),
                by=current_person(),
            )
        except Invalid as error:
            form.blame(error)
        else:
            return _done(audit, f"The finding “{form.title.data}” is saved.")
    return _page(
        audit, form, number, finding.version if finding and request.method == "GET" else posted_version()
    )


@blueprint.route("/audits/<reference>/findings/<int:number>/remove", methods=["GET", "POST"])
@needs(Permission.RECORD_AUDITS)
def remove(reference: str, number: int) -> Answer:
    """Remove a finding, after asking once."""
    audit = audit_or_404(reference)
    if request.method == "GET":
        finding, back = _finding_or_404(audit, number), request.args.get("back")
        return render_template("findings/remove.html", audit=audit, finding=finding, back=back)
    operations.remove_finding(
        audit_id=audit.id, finding_id=number, version=posted_version(), by=current_person()
    )
    return _done(audit, "The finding is removed. The history keeps what it said.")


def _form(audit: Audit) -> FindingForm:
    form = FindingForm()
    form.offer(queries.asked(audit)[1])
    return form


def _page(audit: Audit, form: FindingForm, number: int | None, version: int = 0) -> Answer:
    page = render_template(
        "findings/write.html",
        audit=audit,
        form=form,
        number=number,
        version=version,
        may_write=can_record(audit, current_person()),
        warn=would_lose_approval(audit, current_person()),
        back=request.args.get("back"),
    )
    return (page, 422) if form.errors else page


def _done(audit: Audit, sentence: str) -> Response:
    flash(sentence, "success")
    page = "findings.check" if request.args.get("back") == "check" else "findings.index"
    return redirect(url_for(page, reference=audit.reference), code=303)


def _finding_or_404(audit: Audit, number: int) -> Finding:
    finding = queries.find_finding(audit, number)
    if finding is None:
        abort(404)
    return finding
