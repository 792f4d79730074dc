"""What every page has: the council's name and colour, safe headers, and how dates and text are shown."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Flask, Response, current_app, render_template, request, url_for
from markupsafe import Markup, escape
from sqlalchemy import text
from werkzeug.routing import IntegerConverter, Map

from config import Settings
from quality.core.clock import local
from quality.core.database import db
from quality.core.gate import public

# Everything comes from our own address, and no page may be put inside another site's frame.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def settings() -> Settings:
    """The settings the running app was built with."""
    found: Settings = current_app.extensions["settings"]
    return found


class RowNumber(IntegerConverter):
    """A row's number in an address. One that no database holds is an address like any other unknown one: 404."""

    def __init__(self, map: Map) -> None:  # noqa: A002 -- Werkzeug's own name.
        super().__init__(map, max=2**31 - 1)


def install(app: Flask) -> None:
    """Give templates their filters and every answer its headers."""
    app.url_map.converters["int"] = RowNumber
    app.register_blueprint(blueprint)
    app.after_request(_add_headers)
    app.context_processor(_everywhere)
    app.jinja_env.filters.update(
        day=day, short_day=short_day, moment=moment, paragraphs=paragraphs, plural=plural, kilobytes=kilobytes
    )


def day(value: date | None) -> str:
    """A date as GOV.UK style writes it: 3 March 2026. Empty for none."""
    if value is None:
        return ""
    value = local(value).date() if isinstance(value, datetime) else value
    return f"{value.day} {value:%B %Y}"


def short_day(value: date | None) -> str:
    """A date for tables: 3 Mar 2026."""
    if value is None:
        return ""
    value = local(value).date() if isinstance(value, datetime) else value
    return f"{value.day} {value:%b %Y}"


def moment(value: datetime | None) -> str:
    """A moment on an English clock: 3 March 2026 at 2:05pm."""
    if value is None:
        return ""
    here = local(value)
    clock = f"{here:%I:%M}".lstrip("0") + f"{here:%p}".lower()
    return f"{day(here.date())} at {clock}"


def paragraphs(text: str) -> Markup:
    """Typed text as paragraphs: a blank line begins a new one, a line break stays a line break."""
    parts = [part for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()) if part.strip()]
    lines = [Markup("<br>").join(escape(line) for line in part.split("\n")) for part in parts]
    return Markup("").join(Markup('<p class="govuk-body">{}</p>').format(line) for line in lines)


def plural(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 finding, 2 findings."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def kilobytes(size: int) -> str:
    """The size of a file, given in bytes: 174 KB."""
    return f"{round(size / 1024):,} KB"


def _everywhere() -> dict[str, Any]:
    found = settings()
    return {
        "council_name": found.council_name or "Care services",
        "council_colour": found.council_colour,
        "page_address": page_address,
    }


def page_address(number: int) -> str:
    """The address of another page of the list that is being shown, with the same filters."""
    asked = {**(request.view_args or {}), **request.args.to_dict(flat=False), "page": number}
    return url_for(request.endpoint or "people.home", **asked)


def _add_headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        # Pages hold findings about real services: no shared computer may keep them.
        response.headers.setdefault("Cache-Control", "no-store")
    return response


blueprint = Blueprint("pages", __name__)


@blueprint.get("/council.css")
@public
def council_css() -> Response:
    """The council's colour as a style sheet, since no page may carry styles of its own."""
    colour = settings().council_colour
    return Response(f":root{{--govuk-brand-colour:{colour};--house-colour:{colour}}}", mimetype="text/css")


@blueprint.get("/icon.svg")
@public
def icon() -> Response:
    """The icon of the browser's tab: a tick in the council's colour."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="6" fill="{settings().council_colour}"/>'
        '<path d="M8 17l5 5 11-12" fill="none" stroke="#fff" stroke-width="4"/></svg>'
    )
    return Response(drawing, mimetype="image/svg+xml")


@blueprint.get("/about")
@public
def about() -> str:
    """What this service is and where its figures come from."""
    return render_template("pages/about.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    """The accessibility statement."""
    return render_template("pages/accessibility.html")


@blueprint.get("/healthy")
@public
def healthy() -> Response:
    """Answers as soon as the service can reach its database; for start scripts and monitors."""
    db.session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")
