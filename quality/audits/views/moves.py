"""Moving an audit along: each move has a page that says what it does and asks once more."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from quality.audits import operations, policies
from quality.audits.forms import MoveForm, version_of
from quality.audits.lifecycle import BY_NAME, MoveName
from quality.audits.views.common import audit_or_404, blueprint
from quality.core.errors import Invalid
from quality.core.gate import needs
from quality.people.permissions import Permission
from quality.people.sign_in import current_person

# These moves are made on pages that show what is decided on: everything recorded, with its problems and judgement.
MADE_ELSEWHERE = {
    MoveName.SEND_FOR_REVIEW: "findings.check",
    MoveName.APPROVE: "findings.review",
    MoveName.RETURN: "findings.review",
}
_DONE = {
    MoveName.START_VISIT: "The visit has begun. Answers and findings can be recorded now.",
    MoveName.START_WRITE_UP: "The visit is finished.",
    MoveName.TAKE_BACK: "The audit is back from review and can be changed.",
    MoveName.CORRECT: "The audit can be changed again. The issued report holds until the new version is approved.",
    MoveName.ABANDON: "The audit is abandoned. Everything recorded is kept.",
}


@blueprint.route("/audits/<reference>/move/<name>", methods=["GET", "POST"])
@needs(Permission.RECORD_AUDITS)
def move(reference: str, name: str) -> Any:
    """Say what a move does and ask once more; then make it."""
    audit, person = audit_or_404(reference), current_person()
    if name not in set(MoveName):
        abort(404)
    the_move = BY_NAME[MoveName(name)]
    if the_move.name in MADE_ELSEWHERE:
        return redirect(url_for(MADE_ELSEWHERE[the_move.name], reference=reference), code=303)
    form = MoveForm.of(audit, the_move)
    if not form.is_submitted():
        policies.check_can_move(audit, the_move, person)
    elif form.validate():
        try:
            operations.move(
                audit.id, the_move.name, by=person, version=version_of(form), reason=form.reason_typed
            )
        except Invalid as error:
            form.blame(error)
        else:
            flash(_DONE[the_move.name], "success")
            return redirect(url_for("audits.show", reference=reference), code=303)
    warn = policies.would_lose_approval(audit, person) and the_move.to_state.is_open
    page = render_template("audits/move.html", audit=audit, move=the_move, form=form, warn=warn)
    return page, 422 if form.errors else 200
