"""The page of a service, now or as at a day."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quality.audits.queries import audits_of_service, rated_since_all
from quality.core.clock import today
from quality.core.gate import needs
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.ratings.queries import grouped, rated_service
from quality.reports.queries import issued_judgement_of
from quality.services import queries
from quality.services.as_at import newest_edition
from quality.services.as_at_form import AsAtForm
from quality.services.contracts import Days, contract_of, days_of
from quality.services.known import known_service, relations_of, why_unknown
from quality.services.models import EditionKind, Service
from quality.services.views.common import blueprint

_TELL_RATINGS = (EditionKind.LATEST_RATINGS.value, EditionKind.API.value)


@blueprint.get("/services/<cqc_id>")
@needs(Permission.READ_SERVICES)
def show(cqc_id: str) -> ResponseReturnValue:
    """One service: what it was on a day, or is, what CQC published about it, and the council's own audits."""
    service = queries.find_service(cqc_id)
    if service is None:
        abort(404)
    form = AsAtForm.of_address()
    if not form.is_asked:
        return _page(service, form)
    if form.validate() and (why := why_unknown(service, form.as_at.data)):
        form.as_at.errors = [why]
    if form.errors:
        return _page(service, form), 422
    if "as_at" not in request.args:
        return redirect(url_for("services.show", cqc_id=service.cqc_id, as_at=form.as_at.data.isoformat()))
    return _page(service, form)


def _page(service: Service, form: AsAtForm) -> str:
    """The page as at the day of the form; without one, or with one that cannot be shown, as at today."""
    person, day = current_person(), None if form.errors else form.as_at.data
    known = known_service(service, day)
    if known is None:
        abort(404)
    relations = relations_of(service, day)
    rated = rated_service(known, relations, day)
    may_read_audits = person.may(Permission.READ_AUDITS)
    audits = audits_of_service(service.id, person)
    return render_template(
        "services/show.html",
        service=service,
        known=known,
        facts=known.facts,
        relations=relations,
        rated=rated,
        groups=grouped(rated.holding),
        timeline=rated.timeline,
        edition=newest_edition(_TELL_RATINGS, day),
        form=form,
        day=day,
        on=day or today(),
        may_plan=person.may(Permission.RECORD_AUDITS) and service.is_social_care,
        may_read_audits=may_read_audits,
        contract=_contract_days(service, person.local_authority_id) if may_read_audits else None,
        may_note_contracts=person.may(Permission.NOTE_CONTRACTS),
        audits=audits,
        rated_since=rated_since_all([] if day else audits),
        # Without an audit there is no report to look for.
        issued=issued_judgement_of(service.id, person, day) if audits else None,
    )


def _contract_days(service: Service, council: int) -> Days | None:
    """From and to which day the council contracts the service; none where it is not noted."""
    contract = contract_of(service, council)
    return days_of(contract) if contract else None
