"""The judgement so far, with every reason."""

from __future__ import annotations

from flask import render_template

from quality.core.gate import needs
from quality.findings import queries
from quality.findings.judging import judgement_of
from quality.findings.views import audit_or_404, blueprint
from quality.frameworks.queries import rules_of
from quality.people.permissions import Permission


@blueprint.get("/audits/<reference>/judgement")
@needs(Permission.READ_AUDITS)
def judgement(reference: str) -> str:
    """Overall, by domain and by standard: the level, the score, the coverage, and why."""
    audit = audit_or_404(reference)
    recorded = queries.recorded(audit)
    rules = rules_of(recorded.framework)
    return render_template(
        "findings/judgement.html",
        audit=audit,
        recorded=recorded,
        judgement=judgement_of(audit, recorded),
        ranks={band.code: rank for rank, band in enumerate(rules.bands)},
    )
