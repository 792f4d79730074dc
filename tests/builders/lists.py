"""A council's own lists for tests, written as a manager writes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from quality.market.areas.operations import Said, write_list
from quality.market.models import AreaSet, AreaSetKind
from quality.people.models import Person

USUAL = Said(
    name="Similar counties",
    kind=AreaSetKind.NEIGHBOURS,
    as_at=date(2026, 4, 1),
    members="Kent\nE10000029 Suffolk",
    source="Chosen by the council for this test.",
)


def a_list(by: Person, **choices: Any) -> AreaSet:
    """A list of this person's council."""
    return write_list(replace(USUAL, **choices), by=by)
