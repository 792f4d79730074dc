"""Storing what an edition tells, in one transaction with the event that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set

from sqlalchemy import select, text

from quality.core.database import Base, db
from quality.core.jobs import enqueue
from quality.cqc import CqcFileError
from quality.editions.names import keep_names
from quality.editions.queries import loaded_before, newest_loaded
from quality.editions.result import LoadResult
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import Actor, record
from quality.ratings.contents import Contents
from quality.ratings.frameworks.operations import ensure_seeded
from quality.ratings.models import Rating
from quality.ratings.provider_ratings import keep_provider_ratings
from quality.ratings.replies import keep_links, keep_past
from quality.ratings.stored import Stored
from quality.ratings.storing import store_ratings
from quality.services.bulk import tell_the_planner
from quality.services.models import Edition, LocalAuthority, Provider, Service
from quality.services.placing import Placed, place
from quality.services.told import Told

# The task, of a feature above, that tells the officers whose services were rated again.
TELL_OF_NEW_RATINGS = "audits.tell_of_new_ratings"


def store(
    edition: Edition,
    told: Told,
    by: Actor | None,
    after: Callable[[Placed], None] | None,
    *,
    dry_run: bool,
) -> LoadResult:
    """Store what is told, then do what comes after. CqcFileError when another load has come in between."""
    _wait_for_other_loads()
    before = loaded_before(edition.sha256)
    if before is not None:
        return LoadResult.of(before, already_loaded=True)
    if told.unchanged.services and newest_loaded() != told.unchanged.newest:
        raise CqcFileError(
            "Another edition was loaded while this file was read. Nothing was changed: please load it again."
        )
    ensure_seeded()
    db.session.add(edition)
    db.session.flush()
    placed = place(told.register, edition, told.unchanged.services)
    stored = Stored()
    if isinstance(told, Contents):
        stored = store_ratings(told.ratings, edition, placed)
        stored.unchanged += told.unchanged.rows
        keep_provider_ratings(told.of_providers, edition)
        keep_past(told, edition, placed)
        keep_links(told, edition, placed)
    keep_names(told.people, edition, placed)
    if after is not None:
        after(placed)
    tell_the_planner(_SEARCHED)
    db.session.expire_all()  # What was written in bulk went past the session.
    edition.effects = _effects(placed, stored, told)
    _record(edition, by)
    if stored.services:
        enqueue(TELL_OF_NEW_RATINGS, key=str(edition.id), edition_id=edition.id)
    return LoadResult.of(edition, dry_run=dry_run)


def _wait_for_other_loads() -> None:
    """Two loads at once would both find an empty table. SQLite has one writer anyhow."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE edition IN SHARE ROW EXCLUSIVE MODE"))


_SEARCHED: dict[type[Base], Sequence[str]] = {
    LocalAuthority: ("name",),
    Provider: ("cqc_id",),
    Service: ("local_authority_id", "provider_id", "location_type", "primary_category", "held_to"),
    Rating: ("service_id", "service_group", "domain", "word", "held_to"),
}


def _effects(placed: Placed, stored: Stored, told: Told) -> dict[str, int]:
    unchanged = told.unchanged.services
    return {
        "services": len(told.register.services) + len(unchanged),
        "services_new": placed.services.new,
        "services_changed": placed.services.changed,
        "services_gone": placed.gone,
        "providers": len(told.register.providers) + _providers_of(unchanged, told.register.providers),
        "providers_new": placed.providers.new,
        "new": stored.new,
        "changed": stored.changed,
        "unchanged": stored.unchanged,
        "ended": stored.ended,
    }


def _providers_of(services: Set[int], told: Mapping[str, object]) -> int:
    """How many providers these services have, beside those that are told of."""
    if not services:
        return 0
    rows = db.session.execute(select(Service.id, Provider.cqc_id).join(Provider))
    return len({provider for number, provider in rows if number in services} - told.keys())


def _record(edition: Edition, by: Actor | None) -> None:
    details = {
        "file_name": edition.file_name,
        "as_at": edition.as_at,
        "sha256": edition.sha256,
        **edition.counts(),
    }
    record(Kind.EDITION_LOADED, council=NATIONAL, about=("edition", edition.id), by=by, details=details)
