"""The services of a council's area that could be audited on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from quality.core.database import db
from quality.services.facts import facts_as_at, is_left_out
from quality.services.models import SOCIAL_CARE

__all__ = ["RULE", "RegisteredService", "registered_services"]

RULE = (
    "Registered services are those of adult social care that CQC lists in the council’s area on the day, without "
    "dormant ones and second registrations of the same place."
)


@dataclass(frozen=True, slots=True)
class RegisteredService:
    """One of them. `category` is CQC's primary inspection category, empty where it was not told."""

    id: int
    cqc_id: str
    name: str
    category: str

    @property
    def kind(self) -> str:
        """The category, or that none was told."""
        return self.category or "No category told"


def registered_services(council: int, as_at: date) -> tuple[RegisteredService, ...]:
    """The services registered in the council's area on a day, by name. One statement."""
    facts = facts_as_at(as_at).c
    wanted = (
        select(facts.id, facts.cqc_id, facts.name, facts.primary_category)
        .where(
            facts.local_authority_id == council,
            facts.location_type == SOCIAL_CARE,
            facts.is_open,
            func.coalesce(facts.is_dormant, False).is_(False),
            ~is_left_out(facts, as_at),
        )
        .order_by(func.lower(facts.name), facts.id)
    )
    return tuple(RegisteredService(*row) for row in db.session.execute(wanted))
