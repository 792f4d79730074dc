"""What a browser sends for the forms of an audit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from quality.core.clock import today
from quality.people.models import Person


def typed_day(name: str, value: date) -> dict[str, str]:
    """A date in its three boxes."""
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def typed_plan(lead: Person, **changes: Any) -> dict[str, Any]:
    """A whole plan, led by this person, from today on."""
    return {
        "service_type": "care_home",
        "audit_type": "routine",
        "chosen_because": "programme",
        "announced": "no",
        "lead": lead.id,
        **typed_day("planned_from", today()),
        **typed_day("planned_to", today() + timedelta(days=3)),
        **changes,
    }
