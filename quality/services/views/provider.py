"""The page of a provider."""

from __future__ import annotations

from flask import abort, render_template

from quality.core.clock import today
from quality.core.gate import needs
from quality.findings.queries import findings_by_standard
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.ratings.queries import organisation_history, overall_of_all, themes_of, worst_first
from quality.services.known import find_provider_by_cqc_id, former_names, left_out_of, services_of
from quality.services.views.common import blueprint


@blueprint.get("/providers/<cqc_id>")
@needs(Permission.READ_SERVICES)
def provider(cqc_id: str) -> str:
    """One provider: its services by rating, what runs through them, and ratings of the organisation as a whole."""
    person, provider = current_person(), find_provider_by_cqc_id(cqc_id)
    if provider is None:
        abort(404)
    services = services_of(provider)
    standing = overall_of_all([service.id for service in services])
    registered = [service for service in services if service.is_registered]
    left_out = left_out_of(provider)
    return render_template(
        "services/provider.html",
        provider=provider,
        names=former_names(provider),
        services=worst_first(registered, standing),
        left_out={service.id for service in registered if service.id in left_out},
        gone=[service for service in services if not service.is_registered],
        standing=standing,
        themes=themes_of(provider),
        may_read_audits=person.may(Permission.READ_AUDITS),
        findings=findings_by_standard(provider.id, person),
        results=organisation_history(provider.id),
        today=today(),
    )
