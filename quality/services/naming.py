"""What the council is called on every page, where no setting says so."""

from __future__ import annotations

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from quality.core.pages import settings
from quality.services.queries import only_council

# Kept once it is found: a council is set up once, and its name stands on every page.
_KEPT = "council_name"


def council_words() -> dict[str, str]:
    """The name of the one council that works here, for templates; nothing while there is none, or several."""
    if settings().council_name:
        return {}
    name = current_app.extensions.get(_KEPT) or _find()
    if not name:
        return {}
    current_app.extensions[_KEPT] = name
    return {"council_name": name}


def _find() -> str | None:
    try:
        return only_council()
    except SQLAlchemyError:
        # A page that says the database cannot be reached must not need the database.
        return None
