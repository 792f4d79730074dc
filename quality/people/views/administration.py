"""What an administrator sees and changes: the list of people, one person, their roles, disabling and enabling."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quality.core.errors import Invalid
from quality.core.gate import needs
from quality.history.queries import timeline
from quality.people import operations, queries
from quality.people.forms import RolesForm
from quality.people.models import Person
from quality.people.permissions import Permission, Role
from quality.people.policies import why_audits_may_wait
from quality.people.queries import PersonState, state_of
from quality.people.sign_in import current_person
from quality.people.views.blueprint import blueprint
from quality.services.queries import find_provider

Answer = str | Response | tuple[str, int]


@blueprint.get("/people")
@needs(Permission.MANAGE_PEOPLE)
def index() -> str:
    """The council's people and its provider contacts."""
    state = next((one for one in PersonState if one.value == request.args.get("state")), None)
    number = request.args.get("page", 1, type=int)
    council = current_person().local_authority_id
    return render_template(
        "people/index.html",
        page=queries.people_of(council, state=state, number=number),
        warning=why_audits_may_wait(queries.approvers(council)),
        state=state,
        states=PersonState,
        state_of=state_of,
    )


@blueprint.get("/people/<int:person_id>")
@needs(Permission.MANAGE_PEOPLE)
def show(person_id: int) -> str:
    """One person: state, roles, what can be done, and their history."""
    person = _find(person_id)
    form = RolesForm(data={"roles": [role.value for role in person.roles], "version": person.version})
    return _person_page(person, form)


@blueprint.post("/people/<int:person_id>/roles")
@needs(Permission.MANAGE_PEOPLE)
def change_roles(person_id: int) -> Answer:
    """Give the person the roles that were ticked."""
    person, form = _find(person_id), RolesForm()
    if not form.validate_on_submit():
        return _person_page(person, form), 422
    roles = [Role(value) for value in form.roles.data]
    try:
        operations.change_roles(
            person_id=person.id, roles=roles, version=form.version.data, by=current_person()
        )
    except Invalid as error:
        form.blame(error)
        return _person_page(person, form), 422
    return _done(person, f"The roles of {person.name} are saved.")


@blueprint.route("/people/<int:person_id>/disable", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def disable(person_id: int) -> Answer:
    """Ask, then shut the person out."""
    person = _find(person_id)
    done = f"{person.name} is disabled and signed out everywhere."
    return _ask_and_do(person, "disable", operations.disable_person, done)


@blueprint.route("/people/<int:person_id>/enable", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def enable(person_id: int) -> Answer:
    """Ask, then let the person in again."""
    person = _find(person_id)
    return _ask_and_do(person, "enable", operations.enable_person, f"{person.name} is enabled again.")


@blueprint.route("/people/<int:person_id>/code", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def invite_again(person_id: int) -> Answer:
    """Ask, then make a new one-time code and show it this once."""
    person = _find(person_id)
    if request.method != "POST":
        return render_template("people/invite_again.html", person=person)
    code = operations.renew_invite(person_id=person.id, by=current_person())
    return render_template("people/code.html", person=person, code=code)


def _find(person_id: int) -> Person:
    return queries.find_person(person_id, current_person()) or abort(404)


def _ask_and_do(person: Person, template: str, do: Callable[..., Person], done: str) -> Answer:
    """Ask on the template's page; once asked, do it and say that it is done."""
    if request.method != "POST":
        return render_template(f"people/{template}.html", person=person)
    do(person_id=person.id, by=current_person())
    return _done(person, done)


def _done(person: Person, sentence: str) -> Response:
    flash(sentence, "success")
    return redirect(url_for("people.show", person_id=person.id), code=303)


def _person_page(person: Person, form: RolesForm) -> str:
    purposes = {role.value: role.purpose for role in Role}
    return render_template(
        "people/show.html",
        person=person,
        provider=find_provider(person.provider_id),
        form=form,
        state=state_of(person),
        purposes=purposes,
        entries=timeline("person", person.id, most=50),
    )
