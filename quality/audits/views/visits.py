"""The visits of an audit: recorded, changed, removed."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from quality.audits import operations, policies, queries
from quality.audits.forms import RemoveForm, VisitForm, version_of
from quality.audits.models import Audit, RecordKind, SpokenTo, Visit
from quality.audits.views.common import audit_or_404, blueprint, colleagues
from quality.core.errors import Invalid
from quality.core.gate import needs
from quality.people.permissions import Permission
from quality.people.sign_in import current_person

Answer = str | Response | tuple[str, int]


@blueprint.get("/audits/<reference>/visits")
@needs(Permission.READ_AUDITS)
def visits(reference: str) -> str:
    """The visits recorded so far."""
    audit = audit_or_404(reference)
    can_record = policies.can_record(audit, current_person())
    return render_template(
        "audits/visits.html", audit=audit, visits=queries.visits_of(audit), can_record=can_record
    )


@blueprint.route("/audits/<reference>/visits/new", methods=["GET", "POST"])
@needs(Permission.RECORD_AUDITS)
def record_visit(reference: str) -> Answer:
    """Record a visit."""
    audit, person = audit_or_404(reference), current_person()
    form = VisitForm.blank(audit, officers=colleagues())

    def save() -> None:
        key = form.form_key.data
        operations.record_visit(audit_id=audit.id, form_key=key, by=person, **form.visit())

    return _ask_and_save(audit, form, None, save, "The visit is recorded.")


@blueprint.route("/audits/<reference>/visits/<int:visit_id>", methods=["GET", "POST"])
@needs(Permission.RECORD_AUDITS)
def change_visit(reference: str, visit_id: int) -> Answer:
    """Change the record of a visit."""
    audit, person = audit_or_404(reference), current_person()
    visit = _visit_or_404(audit, visit_id)
    form = VisitForm.of(audit, visit, officers=colleagues())

    def save() -> None:
        operations.change_visit(visit=visit, version=version_of(form), by=person, **form.visit())

    return _ask_and_save(audit, form, visit, save, "The record of the visit is saved.")


@blueprint.route("/audits/<reference>/visits/<int:visit_id>/remove", methods=["GET", "POST"])
@needs(Permission.RECORD_AUDITS)
def remove_visit(reference: str, visit_id: int) -> Answer:
    """Remove the record of a visit, after asking."""
    audit, person = audit_or_404(reference), current_person()
    visit = _visit_or_404(audit, visit_id)
    form = RemoveForm(version=str(visit.version))
    if form.validate_on_submit():
        operations.remove_visit(visit=visit, version=version_of(form), by=person)
        flash("The record of the visit is removed. The history keeps what it said.", "success")
        return redirect(url_for("audits.visits", reference=reference), code=303)
    policies.check_can_record(audit, person)
    return render_template("audits/remove_visit.html", audit=audit, visit=visit, form=form)


def _visit_or_404(audit: Audit, visit_id: int) -> Visit:
    visit = queries.find_visit(audit, visit_id)
    if visit is None:
        abort(404)
    return visit


def _ask_and_save(
    audit: Audit, form: VisitForm, visit: Visit | None, save: Callable[[], None], saved: str
) -> Answer:
    """Show the form; once it is sent, save what it says, or show it again with what is wrong."""
    person = current_person()
    if not form.is_submitted():
        policies.check_can_record(audit, person)
    elif form.validate():
        try:
            save()
        except Invalid as error:
            form.blame(error)
        else:
            flash(saved, "success")
            return redirect(url_for("audits.visits", reference=audit.reference), code=303)
    warn = policies.would_lose_approval(audit, person)
    page = render_template(
        "audits/visit.html", audit=audit, form=form, visit=visit, roles=SpokenTo, kinds=RecordKind, warn=warn
    )
    return page, 422 if form.errors else 200
