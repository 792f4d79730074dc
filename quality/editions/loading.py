"""Loading what CQC publishes, a file or a sync, as an edition: the whole of it, or nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select, text

from quality.core.clock import now
from quality.core.database import Base, db, only_reading
from quality.core.jobs import enqueue
from quality.cqc import CqcFileError, RatingsFile, open_cqc_file
from quality.cqc.api.saved import holds_replies, open_replies
from quality.cqc.formats import sha256 as sha256_of
from quality.cqc.rows import LocationReply, ProviderReply
from quality.editions.movement import movement_of
from quality.editions.names import are_names_kept, keep_names
from quality.editions.result import LoadResult, Movement
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import Actor, record
from quality.ratings.contents import Contents, read_contents
from quality.ratings.frameworks.operations import ensure_seeded
from quality.ratings.models import Rating
from quality.ratings.provider_ratings import keep_provider_ratings
from quality.ratings.replies import keep_links, keep_past, read_replies
from quality.ratings.stored import Stored
from quality.ratings.storing import store_ratings
from quality.services.bulk import tell_the_planner
from quality.services.models import Edition, EditionKind, LocalAuthority, Provider, Service
from quality.services.placing import Placed, place
from quality.services.reading import Progress, read_register
from quality.services.told import Told

Confirm = Callable[[Movement], bool]
Found = TypeVar("Found")
# The task, of a feature above, that tells the officers whose services were rated again.
TELL_OF_NEW_RATINGS = "audits.tell_of_new_ratings"


class LargeChange(CqcFileError):
    """An edition would move more than a month usually does, and nobody said that this is right."""


def load_file(
    path: Path,
    *,
    as_at: date | None = None,
    by: Actor | None = None,
    dry_run: bool = False,
    part: bool = False,
    confirm: Confirm | None = None,
    progress: Progress | None = None,
) -> LoadResult:
    """Read one of CQC's files, or an archive of replies of its API, and store what it says, under a new edition.

    `as_at` is the day the file speaks of, needed where neither the file nor its name says so. A file that is a `part`
    leaves what it does not list as it was. `confirm` is asked when it would move much. The same bytes again change
    nothing. A dry run does everything and takes it back. CqcFileError, with a sentence for the person and nothing
    changed, when the file cannot be taken in; LargeChange when nobody confirmed what it would move.
    """
    # The same bytes are known before anything in them is looked at, and before anybody is asked for their day.
    before = _asked(lambda: _loaded_before(_sha256(path)))
    if before is not None:
        return LoadResult.of(before, already_loaded=True)
    names = _asked(are_names_kept)
    if holds_replies(path):
        saved = open_replies(path, as_at=as_at, names=names)
        return load_replies(
            saved.locations(),
            saved.providers(),
            as_at=saved.as_at,
            sha256=saved.sha256,
            name=path.name,
            by=by,
            dry_run=dry_run,
        )
    file = open_cqc_file(path, as_at=as_at, names=names)
    with _without_collecting():
        told: Told = (
            read_contents(file, progress) if isinstance(file, RatingsFile) else read_register(file, progress)
        )
        edition = _edition(told, file.kind, file.file_name, file.sha256, file.as_at)
        edition.is_part, edition.loaded_by_id = part, by.id if by else None
        return _load(edition, told, by, confirm, dry_run=dry_run)


def load_replies(
    locations: Iterable[LocationReply],
    providers: Iterable[ProviderReply],
    *,
    as_at: date,
    sha256: str,
    name: str,
    by: Actor | None = None,
    dry_run: bool = False,
) -> LoadResult:
    """Store what CQC's API replied, as one edition of the day `as_at`. `sha256` is that of all replies, in order."""
    before = _asked(lambda: _loaded_before(sha256))
    if before is not None:
        return LoadResult.of(before, already_loaded=True)
    with _without_collecting():
        # Reading is over before the load begins: two loads that had read would each wait for the other to end.
        told = _asked(lambda: read_replies(locations, providers))
        edition = _edition(told, EditionKind.API, name, sha256, as_at)
        edition.loaded_by_id = by.id if by else None
        return _load(edition, told, by, None, dry_run=dry_run)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Python would look through hundreds of thousands of rows for cycles, again and again, and there are none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _asked(question: Callable[[], Found]) -> Found:
    """The answer to a question to the database. SQLite's one write lock is not held while the file is read."""
    if db.session().in_transaction():
        return question()
    with only_reading():
        found = question()
        db.session.rollback()
    return found


def _sha256(path: Path) -> str:
    """The SHA-256 of the file; nothing where it cannot be read, which opening it says better."""
    try:
        return sha256_of(path)
    except OSError:
        return ""


def _loaded_before(sha256: str) -> Edition | None:
    return db.session.scalar(select(Edition).where(Edition.sha256 == sha256))


def _edition(told: Told, kind: str, name: str, sha256: str, as_at: date) -> Edition:
    return Edition(
        kind=kind,
        file_name=name[-255:],
        sha256=sha256,
        as_at=as_at,
        loaded_at=now(),
        rows_read=told.rows_read,
        stored=told.stored,
        merged=told.merged,
        set_aside=dict(told.set_aside),
        warnings=told.warnings,
        is_part=False,
        authorities=told.authorities,
        domains=told.domains,
    )


def _load(
    edition: Edition, told: Told, by: Actor | None, confirm: Confirm | None, *, dry_run: bool
) -> LoadResult:
    movement = _asked(lambda: movement_of(edition, told))
    is_large = movement is not None and movement.is_large
    if movement is not None and is_large and not dry_run and not (confirm and confirm(movement)):
        raise LargeChange(
            f"{movement.sentence} Nothing was changed. Load it with --yes if that is right, "
            "or with --part if the file is only a part of CQC's and the rest stays as it was."
        )
    savepoint = db.session.begin_nested() if dry_run else None
    try:
        result = _store(edition, told, by, dry_run=dry_run)
        return replace(result, would_ask=dry_run and is_large)
    finally:
        if savepoint is not None:
            savepoint.rollback()


def _store(edition: Edition, told: Told, by: Actor | None, *, dry_run: bool) -> LoadResult:
    _wait_for_other_loads()
    before = _loaded_before(edition.sha256)
    if before is not None:
        return LoadResult.of(before, already_loaded=True)
    ensure_seeded()
    db.session.add(edition)
    db.session.flush()
    placed = place(told.register, edition)
    stored = Stored()
    if isinstance(told, Contents):
        stored = store_ratings(told.ratings, edition, placed)
        keep_provider_ratings(told.of_providers, edition)
        keep_past(told, edition, placed)
        keep_links(told, edition, placed)
    keep_names(told.people, edition, placed)
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
    return {
        "services": len(told.register.services),
        "services_new": placed.services.new,
        "services_changed": placed.services.changed,
        "services_gone": placed.gone,
        "providers": len(told.register.providers),
        "providers_new": placed.providers.new,
        "new": stored.new,
        "changed": stored.changed,
        "unchanged": stored.unchanged,
        "ended": stored.ended,
    }


def _record(edition: Edition, by: Actor | None) -> None:
    details = {
        "file_name": edition.file_name,
        "as_at": edition.as_at,
        "sha256": edition.sha256,
        **edition.counts(),
    }
    record(Kind.EDITION_LOADED, council=NATIONAL, about=("edition", edition.id), by=by, details=details)
