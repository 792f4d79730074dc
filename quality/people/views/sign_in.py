"""Signing in and out, and keeping what was typed when a sign-in ended meanwhile."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from quality.core.errors import Invalid
from quality.core.gate import SAFE_METHODS, keep_writes, public
from quality.people import kept, signing_in
from quality.people.attempts import TooManyAttempts
from quality.people.forms import SignInForm
from quality.people.sign_in import (
    current_person,
    finish,
    last_person_id,
    login_manager,
    safe_onward,
    start,
    why_signed_out,
)
from quality.people.views.blueprint import blueprint

Answer = str | Response | tuple[str, int]


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Answer:
    """Sign in with e-mail address and password, then go on to where the person was going."""
    form = SignInForm()
    if current_user.is_authenticated:
        return _go_on(form.kept.data)
    if not form.validate_on_submit():
        return _page(form, 422 if form.is_submitted() else 200)
    try:
        typed = {"email": form.email.data, "password": form.password.data}
        person = signing_in.authenticate(**typed, address=request.remote_addr or "")
    except Invalid as error:
        keep_writes()
        form.blame(error)
        return _page(form, 429 if isinstance(error, TooManyAttempts) else 422)
    start(person)
    return _go_on(form.kept.data)


@blueprint.post("/sign-out")
@public
def sign_out() -> Response:
    """End the sign-in. Somebody whose sign-in had ended already gets the same answer."""
    finish()
    flash("You are signed out.", "success")
    return redirect(url_for("people.sign_in"), code=303)


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]
def ask_to_sign_in() -> Answer:
    """Answer a signed-out request for a page that needs a permission. What was typed comes along."""
    if request.method in SAFE_METHODS:
        return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))
    form = SignInForm(formdata=None, data={"kept": kept.keep(last_person_id())})
    return _page(form, 401)


def _page(form: SignInForm, status: int) -> tuple[str, int]:
    # The address that a form was sent to cannot be opened, so only the sign-in page's own `next` goes on.
    onward = request.args.get("next", "") if request.endpoint == "people.sign_in" else ""
    files = request.endpoint != "people.sign_in" and kept.had_files()
    page = render_template("people/sign_in.html", form=form, why=why_signed_out(), onward=onward, files=files)
    return page, status


def _go_on(kept_form: str | None) -> Answer:
    if not kept_form:
        return redirect(safe_onward(request.args.get("next", "")), code=303)
    again = kept.take(kept_form, current_person())
    if again is None:
        return redirect(url_for("people.home"), code=303)
    return render_template("people/send_again.html", again=again.fields, address=again.address)
