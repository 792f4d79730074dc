"""What a person changes about their own account. A blueprint of its own keeps it out of the section People."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quality.core.errors import Invalid
from quality.core.gate import keep_writes, needs
from quality.people import signing_in
from quality.people.attempts import TooManyAttempts
from quality.people.forms import ChangePasswordForm
from quality.people.passwords import SHORTEST
from quality.people.permissions import Permission
from quality.people.sign_in import current_person, start

account = Blueprint("account", __name__)


@account.route("/account/password", methods=["GET", "POST"])
@needs(Permission.USE_SERVICE)
def change_password() -> Response | tuple[str, int]:
    """Ask for the password held and a new one; then end every sign-in of this person, and begin this one anew."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return _page(form, 422 if form.is_submitted() else 200)
    typed = {"current": form.password.data, "password": form.new_password.data}
    try:
        start(signing_in.change_password(person=current_person(), **typed, address=request.remote_addr or ""))
    except Invalid as error:
        keep_writes()
        form.blame(error)
        return _page(form, 429 if isinstance(error, TooManyAttempts) else 422)
    flash("Your password is changed. Wherever else you were signed in, you are signed out.", "success")
    return redirect(url_for("people.home"), code=303)


def _page(form: ChangePasswordForm, status: int) -> tuple[str, int]:
    person = current_person()
    return render_template("people/change_password.html", form=form, person=person, shortest=SHORTEST), status
