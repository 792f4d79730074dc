"""Pages for when something goes wrong. Each says what happened, and shows what was typed, so that nothing is lost."""

from __future__ import annotations

from flask import Flask, current_app, flash, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response

from quality.core.database import db
from quality.core.errors import AlreadyDone, Moved, NotAllowed, Refused

Answer = tuple[str, int]

# Never shown back: secrets, and what a person did not type.
NOT_TYPED = frozenset(
    {
        *("csrf_token", "password", "new_password", "password_again", "code"),
        *("form_key", "version", "kept", "seen", "then"),
    }
)
_SENTENCES = {
    400: "Your browser sent something this page does not understand.",
    405: "This page cannot be used that way.",
    413: "What you sent is larger than this page takes. Send less at once.",
    429: "There were too many attempts. Wait a few minutes and try again.",
}


def install(app: Flask) -> None:
    """Answer every kind of fault with a page of ours."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(AlreadyDone, _already_done)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _crashed)


def typed_fields() -> list[tuple[str, str]]:
    """What the person typed into the form they sent: (field, text) in the form's order, secrets left out."""
    if request.method in {"GET", "HEAD"}:
        return []
    try:
        pairs = list(request.form.items(multi=True))
    except RequestEntityTooLarge:
        # It was refused by its size, and nothing of it was read.
        return []
    return [(name, text) for name, text in pairs if name.split("-")[-1] not in NOT_TYPED and text.strip()]


def _page(template: str, status: int, **words: object) -> Answer:
    db.session.rollback()
    return render_template(f"errors/{template}.html", typed=typed_fields(), **words), status


def _refused(error: Refused) -> Answer:
    status = 409 if isinstance(error, Moved) else 403 if isinstance(error, NotAllowed) else 422
    return _page("refused", status, sentence=error.sentence, moved=isinstance(error, Moved))


def _already_done(error: AlreadyDone) -> Response:
    """No fault: the browser shows only the answer to the second of two submits, so it gets what the first one got."""
    db.session.rollback()
    flash(error.sentence, "success")
    return redirect(error.path, code=303)


def _stale(error: StaleDataError) -> Answer:
    return _refused(Moved("Somebody else changed this at the same moment, so your change was not saved."))


def _busy(error: OperationalError) -> Answer:
    return _page("busy", 503)


def _form_expired(error: CSRFError) -> Answer:
    return _page(
        "form_expired", 400, again=request.form.items(multi=True), address=request.full_path.rstrip("?")
    )


def _http(error: HTTPException) -> Answer | HTTPException:
    if error.code is None or error.code < 400:
        return error
    if error.code in {401, 403, 404}:
        return _page("not_found", 404)
    return _page("http", error.code, sentence=_SENTENCES.get(error.code, "That did not work."))


def _crashed(error: Exception) -> Answer:
    current_app.logger.exception("A request failed: %s %s", request.method, request.path)
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    return _page("crashed", 500)
