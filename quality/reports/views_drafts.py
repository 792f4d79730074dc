"""The draft of a report as a PDF: printed ahead when an audit is sent for review, or asked for by whoever writes it."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from quality.audits.models import Audit
from quality.audits.views.common import audit_or_404
from quality.core.gate import needs
from quality.people.permissions import Permission
from quality.reports import drafts
from quality.reports.sending import stored_pdf
from quality.reports.views import blueprint


@blueprint.get("/audits/<reference>/draft")
@needs(Permission.READ_AUDITS)
def draft(reference: str) -> str:
    """Whether the draft is printed as the audit stands, is being printed, or has to be asked for."""
    audit = _begun(reference)
    return render_template(
        "reports/draft.html", audit=audit, printed=drafts.printed_draft(audit), job=drafts.job_of(audit)
    )


@blueprint.post("/audits/<reference>/draft")
@needs(Permission.READ_AUDITS)
def print_draft(reference: str) -> Answer:
    """Have the draft printed as the audit stands."""
    drafts.ask_for_draft(_begun(reference))
    return redirect(url_for("reports.draft", reference=reference), code=303)


@blueprint.get("/audits/<reference>/draft.pdf")
@needs(Permission.READ_AUDITS)
def draft_pdf(reference: str) -> Answer:
    """The draft as it was printed, if it is of what the audit says now; else the page that offers to print it."""
    audit = _begun(reference)
    printed = drafts.printed_draft(audit)
    if printed is None:
        return redirect(url_for("reports.draft", reference=reference))
    return stored_pdf(printed.pdf_sha256, f"draft-{audit.reference}", audit.service.name)


def _begun(reference: str) -> Audit:
    """The audit, once there is something to print: before the visit there is no draft."""
    audit = audit_or_404(reference)
    if audit.ratings_as_at is None:
        abort(404)
    return audit
