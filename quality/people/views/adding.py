"""Adding a member of staff, or a contact at a provider."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from quality.core.errors import Invalid
from quality.core.gate import needs
from quality.people import operations
from quality.people.forms import ContactForm, ProviderForm, StaffForm
from quality.people.permissions import Permission, Role
from quality.people.sign_in import current_person
from quality.people.views.blueprint import blueprint
from quality.services.queries import MOST_PROVIDERS, find_providers

Answer = str | Response | tuple[str, int]

_PURPOSES = {role.value: role.purpose for role in Role}


@blueprint.route("/people/add", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def add() -> Answer:
    """Add a member of staff and show their one-time code."""
    form = StaffForm()
    if not form.validate_on_submit():
        return _staff_page(form, 422 if form.is_submitted() else 200)
    try:
        return _invite(form, roles=[Role(value) for value in form.roles.data], provider_id=None)
    except Invalid as error:
        form.blame(error)
        return _staff_page(form, 422)


@blueprint.route("/people/contacts/provider", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def choose_provider() -> Answer:
    """Find the provider that a new contact works for."""
    text = request.args.get("q", "").strip()
    found = find_providers(text) if text else []
    form = ProviderForm()
    form.provider.choices = [SelectChoice(provider.cqc_id, provider.name) for provider in found]
    if form.validate_on_submit():
        return redirect(url_for("people.add_contact", provider=form.provider.data), code=303)
    hints = {provider.cqc_id: f"CQC provider ID {provider.cqc_id}" for provider in found}
    page = render_template(
        "people/choose_provider.html", form=form, q=text, found=found, hints=hints, most=MOST_PROVIDERS
    )
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/people/contacts/add", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def add_contact() -> Answer:
    """Add a contact at the provider that was chosen and show their one-time code."""
    cqc_id = request.args.get("provider", "")
    if not cqc_id:
        return redirect(url_for("people.choose_provider"))
    # The search also finds those whose name or id contains the text; only the very one is meant.
    provider = next((one for one in find_providers(cqc_id) if one.cqc_id == cqc_id), None) or abort(404)
    form = ContactForm()
    if not form.validate_on_submit():
        page = render_template("people/add_contact.html", form=form, provider=provider)
        return page, 422 if form.is_submitted() else 200
    try:
        return _invite(form, roles=[Role.PROVIDER_CONTACT], provider_id=provider.id)
    except Invalid as error:
        form.blame(error)
        return render_template("people/add_contact.html", form=form, provider=provider), 422


def _staff_page(form: StaffForm, status: int) -> tuple[str, int]:
    return render_template("people/add.html", form=form, purposes=_PURPOSES), status


def _invite(form: StaffForm | ContactForm, *, roles: list[Role], provider_id: int | None) -> str:
    by = current_person()
    person, code = operations.invite_person(
        name=form.name.data,
        email=form.email.data,
        job_title=form.job_title.data or "",
        roles=roles,
        local_authority_id=by.local_authority_id,
        provider_id=provider_id,
        by=by,
    )
    # Shown in the answer itself: the code is stored nowhere, so no other page could show it.
    return render_template("people/code.html", person=person, code=code)
