"""Where somebody begins, and the sections they can go to."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from quality.core.gate import public
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.people.views.blueprint import blueprint

# Where a person begins: at the first of these that they may.
HOMES = (
    (Permission.REVIEW_AUDITS, "audits.queue"),
    (Permission.RECORD_AUDITS, "audits.mine"),
    (Permission.MANAGE_PEOPLE, "people.index"),
    (Permission.READ_REPORTS, "reports.index"),
)

# Each section: its words, who sees it, its first page, and the features whose other pages belong to it.
SECTIONS = (
    ("Audits", Permission.RECORD_AUDITS, "audits.mine", ("audits", "findings", "letters")),
    ("Queue", Permission.REVIEW_AUDITS, "audits.queue", ()),
    ("Services", Permission.READ_SERVICES, "services.search", ("services", "ratings", "editions")),
    ("Market", Permission.READ_MARKET, "market.index", ("market",)),
    ("Reports", Permission.READ_REPORTS, "reports.index", ("reports", "packs")),
    ("People", Permission.MANAGE_PEOPLE, "people.index", ("people",)),
)


@dataclass(frozen=True)
class Section:
    """One link of the navigation. `current` is what aria-current says: "page", "true" for a page below, or nothing."""

    words: str
    address: str
    current: str


@blueprint.get("/")
@public
def home() -> Response:
    """Go to where this person's work is."""
    if not current_user.is_authenticated:
        return redirect(url_for("people.sign_in"))
    person = current_person()
    return redirect(url_for(next(endpoint for permission, endpoint in HOMES if person.may(permission))))


def navigation() -> list[Section]:
    """The sections the person who is signed in may go to."""
    person = current_person()
    return [
        Section(words, url_for(first_page), _current(first_page, features))
        for words, permission, first_page, features in SECTIONS
        if person.may(permission)
    ]


def _current(first_page: str, features: tuple[str, ...]) -> str:
    if request.endpoint == first_page:
        return "page"
    is_another_section = any(request.endpoint == other for _, _, other, _ in SECTIONS)
    return "true" if request.blueprint in features and not is_another_section else ""
