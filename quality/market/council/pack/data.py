"""What the figures of the evidence pack are counted from, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from quality.core.calendar import years_before
from quality.market.council.beside_cqc import Beside, beside_cqc
from quality.market.council.how_long import HowLong, how_long
from quality.market.council.improvement import Places
from quality.market.council.issued import IssuedAudit, issued_audits
from quality.market.council.pack.registered import RegisteredService, registered_services
from quality.market.council.pack.stages import Course, courses
from quality.market.council.places import places_of
from quality.services.as_at import newest_edition
from quality.services.editions import EditionKind

__all__ = ["PackData", "pack_data", "period_begins"]

TELL_OF_SERVICES = tuple(kind.value for kind in EditionKind if kind is not EditionKind.RESULTS)


def period_begins(as_at: date, years: int = 1) -> date:
    """The first day of the years that end with a day."""
    return years_before(as_at, years) + timedelta(days=1)


@dataclass(frozen=True)
class PackData:
    """All of it as at a day: `audits` are all that were issued by then, `courses` all that were planned."""

    council: int
    as_at: date
    told_on: date | None
    audits: tuple[IssuedAudit, ...]
    registered: tuple[RegisteredService, ...]
    courses: dict[int, Course]
    beside: Beside
    lasting: HowLong
    places: Places

    def issued_since(self, years: int = 1) -> tuple[IssuedAudit, ...]:
        """The audits issued in the years that end with the day."""
        begins = period_begins(self.as_at, years)
        return tuple(audit for audit in self.audits if audit.issued_on >= begins)


def pack_data(council: int, as_at: date) -> PackData:
    """Read it. A few statements, however many audits and services there are."""
    audits = issued_audits(council, as_at)
    registered = registered_services(council, as_at)
    newest = newest_edition(TELL_OF_SERVICES, as_at)
    served = {audit.service_id for audit in audits} | {service.id for service in registered}
    return PackData(
        council=council,
        as_at=as_at,
        told_on=newest.as_at if newest else None,
        audits=audits,
        registered=registered,
        courses=courses(council, as_at),
        beside=beside_cqc(council, as_at, audits),
        lasting=how_long(council, as_at, audits),
        places=places_of(served, as_at),
    )
