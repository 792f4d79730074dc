"""Which services the council contracts, and when: the list, adding to it, changing and ending one."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from quality.core.errors import Invalid
from quality.core.gate import needs
from quality.core.pages import plural
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.services import contracts, queries
from quality.services.forms import ContractDaysForm, ContractsForm
from quality.services.models import Service
from quality.services.views.common import blueprint, page_number

_ENDED = "contract_ended"


@blueprint.get("/contracts")
@needs(Permission.READ_SERVICES)
def contracted() -> str:
    """The services that the council contracts, as its own team noted it; or those whose contract has ended."""
    person = current_person()
    council = person.local_authority_id
    # The address alone could be anybody's; undoing is offered to whoever ended it, as long as they stay here.
    number = request.args.get("ended", "")
    ended = queries.find_service(number) if number and number == session.get(_ENDED, [""])[0] else None
    only_ended = request.args.get("show") == "ended"
    return render_template(
        "services/contracts.html",
        council=queries.authority_name(council),
        page=contracts.contracted_services(council, page_number(), ended=only_ended),
        counts=contracts.count_contracts(council),
        only_ended=only_ended,
        ended=ended if ended and not contracts.is_contracted(ended, council) else None,
        may_note=person.may(Permission.NOTE_CONTRACTS),
    )


@blueprint.get("/contracts/add")
@needs(Permission.NOTE_CONTRACTS)
def add_contracts() -> str:
    """Where CQC ids are typed or pasted, with their days."""
    return _adding(ContractsForm())


@blueprint.post("/contracts/add")
@needs(Permission.NOTE_CONTRACTS)
def note_contracts() -> str | Response | tuple[str, int]:
    """First say what the list names; once that was confirmed, note it."""
    form, person = ContractsForm(), current_person()
    if not form.validate():
        return _adding(form), 422
    confirmed = "confirm" in request.form
    try:
        typed = "\n".join(request.form.getlist("service")) if confirmed else form.ids.data
        lines = contracts.read_lines(typed)
    except Invalid as error:
        form.blame(error)
        return _adding(form), 422
    if "change" in request.form:
        return _adding(form)
    if not confirmed:
        return _adding(form, contracts.check_lines(lines, person.local_authority_id))
    noted = contracts.note_contracts(lines, by=person)
    flash(f"{plural(len(noted), 'service')} noted as contracted", "success")
    return redirect(url_for("services.contracted"), code=303)


@blueprint.route("/contracts/<cqc_id>", methods=["GET", "POST"])
@needs(Permission.NOTE_CONTRACTS)
def contract(cqc_id: str) -> ResponseReturnValue:
    """From and to which day a service is contracted; or that it never was."""
    service, person = _service(cqc_id), current_person()
    held = contracts.contract_of(service, person.local_authority_id)
    if held is None:
        abort(404)
    form = ContractDaysForm(starts_on=held.starts_on, ends_on=held.ends_on)
    if "remove" in request.form:
        contracts.remove_contract(service, by=person)
        flash(f"The note that {service.name} is contracted is taken back", "success")
        return redirect(url_for("services.contracted"), code=303)
    if form.validate_on_submit():
        try:
            contracts.change_days(service, contracts.Days(form.starts_on.data, form.ends_on.data), by=person)
        except Invalid as error:
            form.blame(error)
        else:
            flash(f"The days of the contract of {service.name} are saved", "success")
            return redirect(url_for("services.contracted"), code=303)
    return render_template("services/contract.html", form=form, service=service), 422 if form.errors else 200


@blueprint.post("/contracts/<cqc_id>/end")
@needs(Permission.NOTE_CONTRACTS)
def end_contract(cqc_id: str) -> Response:
    """Note that a service is contracted no longer; the list then offers to undo it."""
    service = _service(cqc_id)
    before = contracts.end_contract(service, by=current_person())
    if before is not None:
        days = (day.isoformat() if day else "" for day in (before.starts_on, before.ends_on))
        session[_ENDED] = [service.cqc_id, *days]
    return redirect(url_for("services.contracted", ended=service.cqc_id), code=303)


@blueprint.post("/contracts/<cqc_id>/undo")
@needs(Permission.NOTE_CONTRACTS)
def note_contract_again(cqc_id: str) -> Response:
    """Undo the end of a contract: it has the days again that it had, as far as who ended it asks for that."""
    service, ended = _service(cqc_id), session.pop(_ENDED, [""])
    if ended[0] == service.cqc_id:
        days = contracts.Days(*(date.fromisoformat(day) if day else None for day in ended[1:]))
        contracts.put_back(service, days, by=current_person())
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
