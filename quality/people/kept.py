"""What somebody typed, kept while they sign in again.

A form that arrives after the sign-in has ended is not thrown away: its fields go into the sign-in page, signed, and
come back with the password. Nothing is stored on the server for somebody who may never return.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import RequestEntityTooLarge

from quality.core.error_pages import NOT_TYPED
from quality.people.models import Person

LONGEST_SECONDS = 24 * 60 * 60

# Sent again with a fresh value, or typed again.
_NOT_SENT_AGAIN = ("csrf_token", "password", "new_password", "password_again")

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Kept:
    """A form that could not be sent: where to, and its fields in order."""

    address: str
    fields: Fields


def keep(person_id: int | None) -> str:
    """The form in this request as one signed text, for the person whose cookie came with it if that is known.

    Empty when the form was not sent from a page of ours: another site's words are not put before anybody to send. And
    when it is larger than the service reads for somebody who is not signed in, which takes files: they are not kept.
    """
    if not sent_from_our_page():
        return ""
    try:
        fields = sendable(request.form.items(multi=True))
    except RequestEntityTooLarge:
        return ""
    return _serializer().dumps(
        {"address": request.full_path.rstrip("?"), "fields": fields, "person": person_id}
    )


def had_files() -> bool:
    """True when files came with the request, which nobody keeps for who is not signed in."""
    try:
        return any(file.filename for file in request.files.values())
    except RequestEntityTooLarge:
        return True


def take(text: str, person: Person) -> Kept | None:
    """What was kept for this person. None when it is another person's, older than a day, or not ours."""
    try:
        data = _serializer().loads(text, max_age=LONGEST_SECONDS)
    except BadData:
        return None
    if data["person"] not in (None, person.id):
        return None
    return Kept(data["address"], [(name, value) for name, value in data["fields"]])


def sendable(pairs: Iterable[tuple[str, str]]) -> Fields:
    """The fields that are sent again as they are: all but passwords and the form's own token."""
    return [(name, value) for name, value in pairs if name.split("-")[-1] not in _NOT_SENT_AGAIN]


def readable(pairs: Iterable[tuple[str, str]]) -> Fields:
    """The fields to show a person: (words for the field, what was typed), empty ones left out."""
    shown = [(name, value) for name, value in pairs if name.split("-")[-1] not in NOT_TYPED]
    return [
        (name.replace("-", " ").replace("_", " ").capitalize(), value)
        for name, value in shown
        if value.strip()
    ]


def sent_from_our_page() -> bool:
    """True when the browser says that the form stood on a page of this service. Every current browser says."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="a form kept while signing in again")
