"""The gate every request passes: who may enter a view, and what becomes of its transaction.

* A view states its permission with `needs` or `public`; one that states none stops the app from starting.
* A request with a safe method only reads: the database itself refuses a write.
* A request with an unsafe method and an answer below 400 commits; anything else rolls back.
* Nothing commits that has left no line in the history.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, request
from flask_login import current_user
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from quality.core.database import Access, begin_reading, db

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PUBLIC = "public"
# Flask's own static files are the one endpoint that no view function of ours stands behind.
_OPEN_ENDPOINTS = frozenset({"static"})

# What a browser sends is there with its headers, up to about so many bytes; a form with files arrives later.
_ARRIVES_AT_ONCE = 32_000

View = TypeVar("View", bound=Callable[..., Any])


class UnguardedView(Exception):
    """A view states no permission; the app must not start with it."""


def needs(permission: StrEnum) -> Callable[[View], View]:
    """Say that a view is for people who hold this permission. Others are told that there is no such page."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Say that a view is for everybody, signed in or not."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def takes_up_to(megabytes: int) -> Callable[[View], View]:
    """Say that a view takes larger files than the settings allow elsewhere: so many megabytes in one request."""

    def mark(view: View) -> View:
        view.most_bytes = megabytes * 1_000_000  # type: ignore[attr-defined]
        return view

    return mark


def asks_once(view: View) -> View:
    """Say that a view with a safe method asks the database one question, who asks with what for, and no more."""
    view.asks_once = True  # type: ignore[attr-defined]
    return view


def let_others_write() -> None:
    """End what this request has read so far, so that nobody waits for the slow work that comes before it writes.

    Nothing may have been written yet: it would be lost.
    """
    db.session.rollback()


def permission_of(app: Flask, endpoint: str) -> str | None:
    """The permission that an endpoint states: PUBLIC, a permission's value, or None."""
    if endpoint in _OPEN_ENDPOINTS:
        return PUBLIC
    return getattr(app.view_functions[endpoint], "permission", None)


def keep_writes() -> None:
    """Commit what this request wrote although it answers with an error: a refused sign-in has to be counted."""
    g.keep_writes = True


def install(app: Flask) -> None:
    """Put the gate in front of every view of the app. Call it before anything else looks at the request."""
    app.before_request(_open_transaction)
    app.before_request(_check_permission)
    app.after_request(_close_transaction)
    app.teardown_request(_leave)


def check_every_view_is_guarded(app: Flask) -> None:
    """Raise UnguardedView when a route states no permission. Call it once all views are registered."""
    bare = sorted({r.endpoint for r in app.url_map.iter_rules() if permission_of(app, r.endpoint) is None})
    if bare:
        raise UnguardedView(
            f"These views state no permission; mark them with needs() or public(): {', '.join(bare)}."
        )


def _open_transaction() -> None:
    if request.method in SAFE_METHODS:
        view = current_app.view_functions.get(request.endpoint or "")
        g.stop_reading = begin_reading(Access.READ_ONCE if hasattr(view, "asks_once") else Access.READ)


def _check_permission() -> Any:
    if request.endpoint is None:
        return None
    permission = permission_of(current_app, request.endpoint)
    if permission == PUBLIC:
        return None
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    if permission is None or not current_user.may(permission):
        abort(404)
    # Nothing of what was sent is read before this; a stranger may send no more than elsewhere.
    most_bytes = getattr(current_app.view_functions[request.endpoint], "most_bytes", 0)
    request.max_content_length = max(most_bytes, current_app.config["MAX_CONTENT_LENGTH"])
    if request.method not in SAFE_METHODS:
        _receive()
    return None


def _receive() -> None:
    """Read all of a large form while nothing is locked: on SQLite, finding out who asks took the lock for writing.

    A slow connection would hold it for everybody.
    """
    if request.content_length is None or request.content_length > _ARRIVES_AT_ONCE:
        let_others_write()
        request.files  # noqa: B018 -- To look at what was sent reads it.


def _close_transaction(response: Response) -> Response:
    if request.method not in SAFE_METHODS and (response.status_code < 400 or g.get("keep_writes")):
        db.session.commit()
    else:
        db.session.rollback()
    return response


def _leave(error: BaseException | None) -> None:
    stop_reading = g.pop("stop_reading", None)
    if stop_reading is not None:
        stop_reading()


class UnrecordedWrite(Exception):
    """Rows were about to be committed with no event in the history that says who changed what."""


def recorded(session: Session) -> None:
    """Note that the history now holds an event for this transaction. Only the history room calls this."""
    session.info["recorded"] = True


@event.listens_for(Session, "after_flush")
def _note_writes(session: Session, flush: UOWTransaction) -> None:
    changed = {type(one) for one in (*session.new, *session.deleted)}
    changed |= {type(one) for one in session.dirty if session.is_modified(one)}
    written = {kind.__name__ for kind in changed if not getattr(kind, "unrecorded", False)}
    session.info.setdefault("written", set()).update(written)


@event.listens_for(Session, "before_commit")
def _refuse_unrecorded_writes(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    written = session.info.get("written")
    if written and not session.info.get("recorded"):
        raise UnrecordedWrite(f"No event in the history for changes to {', '.join(sorted(written))}.")


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: Any) -> None:
    if transaction.parent is None:
        session.info.pop("written", None)
        session.info.pop("recorded", None)
