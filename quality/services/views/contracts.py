"""Which services the council contracts: the list, adding to it, ending one."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from quality.core.errors import Invalid
from quality.core.gate import needs
from quality.core.pages import plural
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.services import contracts, queries
from quality.services.forms import ContractsForm
from quality.services.models import Service
from quality.services.views.common import blueprint, page_number

_ENDED = "contract_ended"


@blueprint.get("/contracts")
@needs(Permission.READ_SERVICES)
def contracted() -> str:
    """The services that the council contracts, as its own team noted it."""
    person = current_person()
    council = person.local_authority_id
    # The address alone could be anybody's; undoing is offered to whoever ended it, as long as they stay here.
    number = request.args.get("ended", "")
    ended = queries.find_service(number) if number and number == session.get(_ENDED) else None
    return render_template(
        "services/contracts.html",
        council=queries.authority_name(council),
        page=contracts.contracted_services(council, page_number()),
        count=contracts.count_contracts(council),
        ended=ended if ended and not contracts.is_contracted(ended, council) else None,
        may_note=person.may(Permission.NOTE_CONTRACTS),
    )


@blueprint.get("/contracts/add")
@needs(Permission.NOTE_CONTRACTS)
def add_contracts() -> str:
    """Where CQC ids are typed or pasted."""
    return _adding(ContractsForm())


@blueprint.post("/contracts/add")
@needs(Permission.NOTE_CONTRACTS)
def note_contracts() -> str | Response | tuple[str, int]:
    """First say what the ids name; once that was confirmed, note it."""
    form, person = ContractsForm(), current_person()
    if not form.validate():
        return _adding(form), 422
    confirmed = "confirm" in request.form
    try:
        ids = contracts.read_ids(" ".join(request.form.getlist("service")) if confirmed else form.ids.data)
    except Invalid as error:
        form.blame(error)
        return _adding(form), 422
    if "change" in request.form:
        return _adding(form)
    if not confirmed:
        return _adding(form, contracts.check_ids(ids, person.local_authority_id))
    noted = contracts.note_contracts(ids, by=person)
    flash(f"{plural(len(noted), 'service')} noted as contracted", "success")
    return redirect(url_for("services.contracted"), code=303)


@blueprint.post("/contracts/<cqc_id>/end")
@needs(Permission.NOTE_CONTRACTS)
def end_contract(cqc_id: str) -> Response:
    """Note that a service is contracted no longer; the list then offers to undo it."""
    service = _service(cqc_id)
    if contracts.end_contract(service, by=current_person()):
        session[_ENDED] = service.cqc_id
    return redirect(url_for("services.contracted", ended=service.cqc_id), code=303)


@blueprint.post("/contracts/<cqc_id>/undo")
@needs(Permission.NOTE_CONTRACTS)
def note_contract_again(cqc_id: str) -> Response:
    """Undo the end of a contract."""
    service = _service(cqc_id)
    contracts.note_contracts([service.cqc_id], by=current_person())
    flash(f"{service.name} is noted as contracted again", "success")
    return redirect(url_for("services.contracted"), code=303)


def _adding(form: ContractsForm, checked: contracts.Checked | None = None) -> str:
    council = queries.authority_name(current_person().local_authority_id)
    return render_template("services/add_contracts.html", form=form, checked=checked, council=council)


def _service(cqc_id: str) -> Service:
    service = queries.find_service(cqc_id)
    if service is None:
        abort(404)
    return service
