"""The page of a service."""

from __future__ import annotations

from flask import abort, render_template

from quality.audits.queries import audits_of_service
from quality.core.clock import today
from quality.core.gate import needs
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.ratings.queries import current_ratings
from quality.services import queries
from quality.services.views.common import blueprint


@blueprint.get("/services/<cqc_id>")
@needs(Permission.READ_SERVICES)
def show(cqc_id: str) -> str:
    """One service: what it is, what CQC publishes about it, and the council's own audits."""
    person, service = current_person(), queries.find_service(cqc_id)
    if service is None:
        abort(404)
    return render_template(
        "services/show.html",
        service=service,
        groups=current_ratings(service.id),
        edition=queries.edition_of(service),
        today=today(),
        may_plan=person.may(Permission.RECORD_AUDITS) and service.is_social_care,
        may_read_audits=person.may(Permission.READ_AUDITS),
        audits=audits_of_service(service.id, person),
    )
