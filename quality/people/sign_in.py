"""Flask-Login, and how long a sign-in lasts.

The signed cookie holds a random token and when it was last used; the table holds the token's SHA-256, when it began and
whether it has ended. So an administrator can end it at once, and reading a page writes nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request, session, url_for
from flask_login import LoginManager, current_user, login_user
from flask_wtf.csrf import generate_csrf

from quality.core.clock import now
from quality.core.gate import PUBLIC, permission_of
from quality.core.pages import plural, settings
from quality.people import queries, signing_in
from quality.people.askers import AskedWith, Asker, find_asking
from quality.people.models import Person, SignIn

# Where Flask-Login keeps the token in the session, and where we keep the time of last use.
_TOKEN, _SEEN_AT = "_user_id", "seen_at"
_SECONDS_BETWEEN_NOTES = 30
"""The time of last use may be so old: an answer that has nothing new to say to the browser needs no signature."""

login_manager = LoginManager()
# Flask-Login would tie a sign-in to the network address, which changes under a tablet that is carried about.
login_manager.session_protection = None


def install(app: Flask) -> None:
    """Let the app know who is signed in, and keep the time of last use in their cookie."""
    login_manager.init_app(app)
    app.after_request(_note_use)


def current_person() -> Person:
    """Whoever is signed in. Only for views that need a permission, where there always is somebody."""
    return cast(Person, current_user._get_current_object())


def current_asker() -> Asker:
    """Whoever is signed in, for views that only send a stored file."""
    return cast(Asker, current_user._get_current_object())


def start(person: Person) -> None:
    """Sign this person in on this browser, in a session that keeps nothing of the one before."""
    finish()
    person.sign_in_token = signing_in.begin_sign_in(person=person)
    login_user(person)
    session[_SEEN_AT] = int(now().timestamp())
    # Made now, so that two pages opened at once do not each make one.
    generate_csrf()


def finish() -> None:
    """End the sign-in of this browser, if there is one, and forget everything in its session."""
    if current_user.is_authenticated:
        signing_in.end_sign_in(token=session[_TOKEN])
    session.clear()
    # Flask-WTF and Flask-Login remember for the rest of the request what the session held.
    g.pop("csrf_token", None)
    login_manager._update_request_context_with_user()


def last_person_id() -> int | None:
    """Whose cookie this is, though the sign-in may have ended. None without one."""
    sign_in = _sign_in_of_cookie()
    return sign_in.person_id if sign_in else None


def why_signed_out() -> str:
    """Why this browser's sign-in no longer holds, to follow "because"; empty when it holds or there was none."""
    return _fault(_sign_in_of_cookie()) if _TOKEN in session else ""


def safe_onward(address: str) -> str:
    """An address to go on to after signing in: a path of ours, else the home page. Nobody is sent to another site."""
    parts = urlsplit(address)
    ours = address.startswith("/") and not address.startswith("//") and not parts.scheme and not parts.netloc
    plain = address.isprintable() and "\\" not in address
    return address if ours and plain else url_for("people.home")


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(token: str) -> Person | Asker | None:
    asking = getattr(current_app.view_functions.get(request.endpoint or ""), "asking", None)
    about = request.view_args or {}
    sign_in = find_asking(token, asking, about) if asking is not None else queries.find_sign_in(token)
    if sign_in is None or _fault(sign_in):
        return None
    g.signed_in = True
    sign_in.person.sign_in_token = token
    return sign_in.person


def _sign_in_of_cookie() -> SignIn | None:
    token = session.get(_TOKEN)
    return queries.find_sign_in(token) if token else None


def _fault(sign_in: SignIn | AskedWith | None) -> str:
    if sign_in is None or sign_in.ended_at is not None or not sign_in.person.is_active:
        return "your sign-in was ended"
    limits, moment = settings(), now()
    if moment - sign_in.began_at >= timedelta(hours=limits.sign_in_hours):
        return f"a sign-in lasts {plural(limits.sign_in_hours, 'hour')}"
    seen_at = datetime.fromtimestamp(session.get(_SEEN_AT, 0), UTC)
    if moment - seen_at >= timedelta(minutes=limits.sign_in_idle_minutes):
        return f"nothing happened for {plural(limits.sign_in_idle_minutes, 'minute')}"
    return ""


def _note_use(response: Response) -> Response:
    """Put the time into the cookie. Not for style sheets and icons: they are fetched beside a page, and the last
    answer to arrive would overwrite what the page put into the cookie.
    """
    is_page = request.endpoint is not None and permission_of(current_app, request.endpoint) != PUBLIC
    if is_page and g.pop("signed_in", False):
        moment = int(now().timestamp())
        if not 0 <= moment - session.get(_SEEN_AT, 0) < _SECONDS_BETWEEN_NOTES:
            session[_SEEN_AT] = moment
    return response
