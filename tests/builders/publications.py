"""Publications of the market for tests, made as a manager makes them."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from typing import Any

from quality.core.database import db
from quality.market.models import Publication
from quality.market.publications.operations import Draft, draft, print_publication, publish
from quality.people.models import Person

USUAL = Draft(
    title="Market quality in Northmere",
    as_at=date(2026, 6, 30),
    scopes=("all",),
    rule="rated/1",
    compare="all",
    introduction="Our own words.",
    notes="More of our words.",
    show_small=True,
)


def a_draft(by: Person, **choices: Any) -> Publication:
    """A draft of this person's council."""
    return draft(replace(USUAL, **choices), form_key=secrets.token_hex(8), by=by)


def a_publication(by: Person, *, printed: bool = False, **choices: Any) -> Publication:
    """The same, published; with its PDF where that is asked."""
    made = a_draft(by, **choices)
    publish(made.id, made.version, by=by)
    if printed:
        # Printing is a job of its own, which sees only what was committed.
        db.session.commit()
        print_publication(made.id)
    return made
