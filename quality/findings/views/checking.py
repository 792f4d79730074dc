"""Check answers: everything recorded, what stands in the way, and sending the audit for review."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from quality.audits.lifecycle import BY_NAME, MoveName
from quality.audits.policies import can_move, can_record
from quality.audits.queries import visits_of
from quality.core.gate import needs
from quality.findings import operations, queries, readiness
from quality.findings.judging import judgement_of
from quality.findings.views import audit_or_404, blueprint, posted_version
from quality.frameworks.queries import rules_of
from quality.people.permissions import Permission
from quality.people.sign_in import current_person


@blueprint.get("/audits/<reference>/check")
@needs(Permission.READ_AUDITS)
def check(reference: str) -> str:
    """Everything recorded in order, with a link to change each part while that is possible."""
    audit, person = audit_or_404(reference), current_person()
    recorded = queries.recorded(audit)
    send = BY_NAME[MoveName.SEND_FOR_REVIEW]
    return render_template(
        "findings/check.html",
        audit=audit,
        recorded=recorded,
        visits=visits_of(audit),
        judgement=judgement_of(audit, recorded),
        ranks={band.code: rank for rank, band in enumerate(rules_of(recorded.framework).bands)},
        problems=readiness.problems(audit, recorded),
        warnings=readiness.warnings(audit, recorded),
        may_write=can_record(audit, person),
        send=send if can_move(audit, send, person) else None,
    )


@blueprint.post("/audits/<reference>/check")
@needs(Permission.RECORD_AUDITS)
def send(reference: str) -> Response:
    """Send the audit for review."""
    audit = audit_or_404(reference)
    operations.send_for_review(audit.id, by=current_person(), version=posted_version())
    flash(f"{audit.reference} is sent for review. A manager who took no part in it will read it.", "success")
    return redirect(url_for("audits.show", reference=reference), code=303)
