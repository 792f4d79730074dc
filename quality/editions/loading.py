"""Loading what CQC publishes, a file or a sync, as an edition: the whole of it, or nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from quality.core.clock import now
from quality.core.database import db, only_reading
from quality.cqc import CqcFile, CqcFileError, RatingsFile, open_cqc_file
from quality.cqc.api.saved import holds_replies, open_replies
from quality.cqc.following import Following, NotFollowed
from quality.cqc.formats import sha256 as sha256_of
from quality.cqc.rows import LocationReply, ProviderReply
from quality.editions.movement import movement_of
from quality.editions.names import are_names_kept
from quality.editions.queries import loaded_before
from quality.editions.remembering import Recalled, recall, remember, stands_by_itself
from quality.editions.result import LoadResult, Movement
from quality.editions.storing import store
from quality.history.operations import Actor
from quality.ratings.contents import read_contents
from quality.ratings.replies import read_replies
from quality.services.models import Edition, EditionKind
from quality.services.placing import Placed
from quality.services.reading import Progress, read_register
from quality.services.told import Told

Confirm = Callable[[Movement], bool]
Found = TypeVar("Found")


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
    before = _asked(lambda: loaded_before(_sha256(path)))
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
        told, recalled = _read(file, progress, whole=not part)
        edition = _edition(told, file.kind, file.file_name, file.sha256, file.as_at)
        edition.is_part, edition.loaded_by_id = part, by.id if by else None
        after = partial(remember, edition, told, recalled)
        return _load(edition, told, by, confirm, after, dry_run=dry_run)


def _read(file: CqcFile, progress: Progress | None, *, whole: bool) -> tuple[Told, Recalled]:
    """Read a file, along the edition before it where that is sure to come to the same."""
    read: Callable[..., Told] = read_contents if isinstance(file, RatingsFile) else read_register
    recalled = _asked(lambda: recall(file)) if whole else Recalled(Following())
    if recalled.following.remembered is not None:
        with suppress(NotFollowed):
            told = read(file, progress, recalled.following)
            told.unchanged = _asked(recalled.unchanged)
            if _asked(lambda: stands_by_itself(told, file)):
                return told, recalled
        recalled = Recalled(Following(), understood=recalled.understood)
    return read(file, progress, recalled.following), recalled


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
    before = _asked(lambda: loaded_before(sha256))
    if before is not None:
        return LoadResult.of(before, already_loaded=True)
    with _without_collecting():
        # Reading is over before the load begins: two loads that had read would each wait for the other to end.
        told = _asked(lambda: read_replies(locations, providers))
        edition = _edition(told, EditionKind.API, name, sha256, as_at)
        edition.loaded_by_id = by.id if by else None
        return _load(edition, told, by, None, None, dry_run=dry_run)


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
    edition: Edition,
    told: Told,
    by: Actor | None,
    confirm: Confirm | None,
    after: Callable[[Placed], None] | None,
    *,
    dry_run: bool,
) -> LoadResult:
    movement = _asked(lambda: movement_of(edition, told))
    if movement.is_large and not dry_run and not (confirm and confirm(movement)):
        raise LargeChange(
            f"{movement.sentence} Nothing was changed. Load it with --yes if that is right, "
            "or with --part if the file is only a part of CQC's and the rest stays as it was."
        )
    savepoint = db.session.begin_nested() if dry_run else None
    try:
        result = store(edition, told, by, after, dry_run=dry_run)
        return replace(result, would_ask=dry_run and movement.is_large)
    finally:
        if savepoint is not None:
            savepoint.rollback()
