"""Taking up an invitation: the one-time code, then a password."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quality.core.errors import Invalid
from quality.core.gate import keep_writes, public
from quality.people import operations, signing_in
from quality.people.attempts import TooManyAttempts
from quality.people.forms import ChoosePasswordForm, CodeForm
from quality.people.models import Person
from quality.people.passwords import SHORTEST
from quality.people.sign_in import start
from quality.people.views.blueprint import blueprint

Answer = str | Response | tuple[str, int]


@blueprint.route("/join", methods=["GET", "POST"])
@public
def join() -> Answer:
    """Ask for the code; with a right one, show whose it is and ask for a password."""
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("people/join.html", form=form), 422 if form.is_submitted() else 200
    try:
        person = signing_in.recognise_code(code=form.code.data, address=request.remote_addr or "")
    except Invalid as error:
        return _refuse_code(form, error)
    return _password_page(ChoosePasswordForm(formdata=None, data={"code": form.code.data}), person)


@blueprint.post("/join/password")
@public
def choose_password() -> Answer:
    """Set the password, sign the person in, and go to where their work is."""
    form = ChoosePasswordForm()
    try:
        person = signing_in.recognise_code(code=form.code.data or "", address=request.remote_addr or "")
    except Invalid as error:
        return _refuse_code(CodeForm(), error)
    if not form.validate_on_submit():
        return _password_page(form, person), 422
    try:
        start(operations.join(code=form.code.data, password=form.new_password.data))
    except Invalid as error:
        form.blame(error)
        return _password_page(form, person), 422
    flash("You have joined and are signed in.", "success")
    return redirect(url_for("people.home"), code=303)


def _refuse_code(form: CodeForm, error: Invalid) -> Answer:
    keep_writes()
    form.blame(error)
    return render_template("people/join.html", form=form), 429 if isinstance(error, TooManyAttempts) else 422


def _password_page(form: ChoosePasswordForm, person: Person) -> str:
    return render_template("people/choose_password.html", form=form, person=person, shortest=SHORTEST)
