"""An issued report in its other forms: which there are, how far those are that are being made, and their files."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from quality.core.gate import needs
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.reports import queries
from quality.reports.models import Report, Variant
from quality.reports.operations import ask_for_variants
from quality.reports.sending import stored_pdf
from quality.reports.variants import job_of
from quality.reports.views import blueprint


@blueprint.get("/reports/<number>/other-forms")
@needs(Permission.READ_REPORTS)
def variants(number: str) -> str:
    """The other forms of a report: to be had, being made, or, of an old report, to be asked for."""
    report = _issued(number)
    return render_template(
        "reports/variants.html",
        report=report,
        stored=queries.variants_of(report),
        variants=list(Variant),
        job=job_of(report),
    )


@blueprint.post("/reports/<number>/other-forms")
@needs(Permission.READ_REPORTS)
def make_variants(number: str) -> Answer:
    """Have the other forms made of a report that was issued before there were any."""
    ask_for_variants(_issued(number))
    return redirect(url_for("reports.variants", number=number), code=303)


@blueprint.get("/reports/<number>-<any(easy, large):variant>.pdf")
@needs(Permission.READ_REPORTS)
def variant_file(number: str, variant: str) -> Answer:
    """The file as it was stored; else the page that says how far it is."""
    report = _issued(number)
    stored = queries.variants_of(report).get(Variant(variant))
    if stored is None:
        return redirect(url_for("reports.variants", number=number))
    return stored_pdf(stored.sha256, f"{report.number}-{variant}", report.audit.service.name)


def _issued(number: str) -> Report:
    report = queries.find_issued(number, current_person())
    if report is None:
        abort(404)
    return report
