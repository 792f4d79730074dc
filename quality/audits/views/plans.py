"""Planning an audit, and changing the plan."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from quality.audits import operations, policies, queries
from quality.audits.forms import PlanForm, version_of
from quality.audits.views.common import audit_or_404, blueprint, colleagues
from quality.core.errors import Invalid
from quality.core.gate import needs
from quality.frameworks.definition import ServiceType
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.services.models import Service
from quality.services.queries import find_service


@blueprint.route("/services/<cqc_id>/plan-audit", methods=["GET", "POST"])
@needs(Permission.RECORD_AUDITS)
def plan(cqc_id: str) -> Any:
    """Plan an audit of a service."""
    service, person = find_service(cqc_id), current_person()
    if service is None:
        abort(404)
    operations.check_can_plan(service, person)
    form = PlanForm.blank(officers=colleagues(), lead=person, service_type=_likely_type(service))
    if form.validate_on_submit():
        try:
            audit = operations.plan_audit(service=service, by=person, **form.plan())
        except Invalid as error:
            form.blame(error)
        else:
            flash(f"The audit is planned. Its reference is {audit.reference}.", "success")
            return redirect(url_for("audits.show", reference=audit.reference), code=303)
    already = queries.open_audit_of(service.id, person)
    page = render_template("audits/plan.html", form=form, service=service, already=already, audit=None)
    return page, 422 if form.errors else 200


@blueprint.route("/audits/<reference>/plan", methods=["GET", "POST"])
@needs(Permission.RECORD_AUDITS)
def change_plan(reference: str) -> Any:
    """Change the plan of an audit."""
    audit, person = audit_or_404(reference), current_person()
    policies.check_can_change_plan(audit, person)
    form = PlanForm.of(audit, officers=colleagues())
    if form.validate_on_submit():
        try:
            operations.change_plan(audit, version=version_of(form), by=person, **form.plan())
        except Invalid as error:
            form.blame(error)
        else:
            flash("The plan is saved.", "success")
            return redirect(url_for("audits.show", reference=reference), code=303)
    page = render_template("audits/plan.html", form=form, service=audit.service, already=None, audit=audit)
    return page, 422 if form.errors else 200


def _likely_type(service: Service) -> ServiceType:
    """What CQC's file gives away of the kind of service: whether it is a care home, and no more."""
    return ServiceType.CARE_HOME if service.is_care_home else ServiceType.HOMECARE
