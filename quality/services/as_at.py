"""What was known of one service, and which editions there are, as at a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from quality.core.database import db
from quality.services.models import Edition, Service, ServiceVersion


def version_on(service: Service, as_at: date | None) -> Service | ServiceVersion | None:
    """The facts of a service that held on a day, or hold now; none when no edition up to that day lists it.

    A service that CQC no longer lists, or whose registration ended, is known by its last facts.
    """
    if as_at is None or service.held_from is None or service.held_from <= as_at:
        return service
    return db.session.scalar(_VERSION_THEN, {"service_id": service.id, "day": as_at})


def edition_of(service: Service | ServiceVersion) -> Edition | None:
    """The edition that first told these facts of the service."""
    return db.session.get(Edition, service.from_edition_id) if service.from_edition_id else None


def newest_edition(kinds: Sequence[str], as_at: date | None = None) -> Edition | None:
    """The newest edition of these kinds, up to a day where one is given."""
    if as_at is None:
        return db.session.scalar(_NEWEST, {"kinds": list(kinds)})
    return db.session.scalar(_NEWEST_THEN, {"kinds": list(kinds), "day": as_at})


def first_day() -> date | None:
    """The day of the oldest edition; none before anything was loaded."""
    return db.session.scalar(select(Edition.as_at).order_by(Edition.as_at).limit(1))


# Asked by every page of a service, so the statements are made once.
_VERSION_THEN = (
    select(ServiceVersion)
    .where(
        ServiceVersion.service_id == bindparam("service_id"),
        ServiceVersion.held_from <= bindparam("day"),
        ServiceVersion.held_to > ServiceVersion.held_from,
    )
    .options(joinedload(ServiceVersion.provider), joinedload(ServiceVersion.local_authority))
    .order_by(ServiceVersion.held_from.desc())
    .limit(1)
)
_NEWEST = (
    select(Edition)
    .where(Edition.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(Edition.as_at.desc(), Edition.id.desc())
    .limit(1)
)
_NEWEST_THEN = _NEWEST.where(Edition.as_at <= bindparam("day"))
