"""The review: all there is to an audit on one page, and the two things a manager can do with it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from quality.audits.lifecycle import BY_NAME, MoveName
from quality.audits.models import Audit
from quality.audits.operations import move
from quality.audits.policies import why_not
from quality.audits.queries import pinned_ratings, rated_since, visits_of
from quality.audits.wording import due_in_words, is_overdue
from quality.core.clock import today
from quality.core.errors import Invalid
from quality.core.gate import needs
from quality.findings import queries, readiness
from quality.findings.forms import ReturnForm
from quality.findings.judging import judgement_of
from quality.findings.views import audit_or_404, blueprint, posted_version
from quality.frameworks.queries import rules_of
from quality.history.queries import timeline
from quality.people.permissions import Permission
from quality.people.sign_in import current_person

Answer = Response | tuple[str, int]


@blueprint.get("/audits/<reference>/review")
@needs(Permission.REVIEW_AUDITS)
def review(reference: str) -> str:
    """Everything about one audit, to be read from top to bottom and decided."""
    audit = audit_or_404(reference)
    return _page(audit, ReturnForm(formdata=None), audit.version)


@blueprint.post("/audits/<reference>/review/approve")
@needs(Permission.REVIEW_AUDITS)
def approve(reference: str) -> Response:
    """Approve the audit; its report is drawn up from exactly what was shown."""
    audit = audit_or_404(reference)
    move(audit.id, MoveName.APPROVE, by=current_person(), version=posted_version())
    flash(
        f"{audit.reference} is approved. Its report is being drawn up, and the provider will be told.",
        "success",
    )
    return redirect(url_for("audits.show", reference=reference), code=303)


@blueprint.post("/audits/<reference>/review/return")
@needs(Permission.REVIEW_AUDITS)
def return_to_officer(reference: str) -> Answer:
    """Return the audit with a reason that its officer will read."""
    audit, form = audit_or_404(reference), ReturnForm()
    if form.validate():
        try:
            move(
                audit.id,
                MoveName.RETURN,
                by=current_person(),
                version=posted_version(),
                reason=form.reason.data,
            )
        except Invalid as error:
            form.blame(error)
        else:
            flash(f"{audit.reference} is returned to {audit.lead.name}, who is told why.", "success")
            return redirect(url_for("audits.queue"), code=303)
    return _page(audit, form, posted_version()), 422


def _page(audit: Audit, form: ReturnForm, version: int) -> str:
    recorded, person = queries.recorded(audit), current_person()
    approve, send_back = BY_NAME[MoveName.APPROVE], BY_NAME[MoveName.RETURN]
    return render_template(
        "findings/review.html",
        audit=audit,
        form=form,
        version=version,
        due=due_in_words(audit.due_on, today()),
        late=is_overdue(audit.due_on, today()),
        recorded=recorded,
        visits=visits_of(audit),
        pinned=pinned_ratings(audit),
        rated_since=rated_since(audit),
        judgement=judgement_of(audit, recorded),
        ranks={band.code: rank for rank, band in enumerate(rules_of(recorded.framework).bands)},
        warnings=readiness.warnings(audit, recorded),
        timeline_entries=timeline("audit", audit.id),
        approve=approve,
        why_not_approve=why_not(audit, approve, person),
        send_back=send_back,
        why_not_return=why_not(audit, send_back, person),
    )
