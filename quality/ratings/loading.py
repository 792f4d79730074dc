"""Loading an edition of CQC's *Latest ratings*: the whole file, or nothing.

What a newer edition says otherwise closes the old rating and opens another. What it leaves out stays open: the file
lists only what is rated, and people load parts of it (one county, one domain), which must not end the ratings of the
rest. An older edition that comes after a newer one adds only services that the newer one does not list: history
through time comes from loading editions in the order of their dates.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path

from sqlalchemy import select, text

from quality.core.clock import now
from quality.core.database import Base, db, only_reading
from quality.cqc import CqcFileError, RatingRow, RatingsFile, open_latest_ratings
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import Actor, record
from quality.ratings.contents import Contents, Key, Progress, read_contents
from quality.ratings.models import Rating
from quality.services.bulk import MOST_NUMBERS, Plain, in_pieces, insert_rows, tell_the_planner, update_all
from quality.services.loading import Placed, place
from quality.services.models import Edition, LocalAuthority, Provider, Service

NEWER_EDITION = "of services that a newer edition covers"


@dataclass(frozen=True)
class LoadResult:
    """What became of a file. `stored`, `merged` and the counts of `set_aside` add up to `rows_read`.

    `stored` rows are what is held now: `new` ones, ones that `changed` an earlier rating, and ones that were
    `unchanged`. `edition` is None after a dry run. A file that was loaded before has its edition's figures.
    """

    edition: Edition | None
    already_loaded: bool
    kind: str
    file_name: str
    as_at: date
    sha256: str
    rows_read: int
    stored: int
    merged: int
    set_aside: dict[str, int]
    warnings: list[str]
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    services: int = 0
    providers: int = 0


def load_latest_ratings(
    path: Path,
    *,
    as_at: date | None = None,
    by: Actor | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> LoadResult:
    """Read a file of *Latest ratings* and store what it says, under a new edition.

    `as_at` is the day the file speaks of, needed where neither the file nor its name says so. The same bytes again
    change nothing. A dry run does everything and takes it back. CqcFileError, with a sentence for the person and
    nothing changed, when the file cannot be taken in.
    """
    file = open_latest_ratings(path, as_at=as_at)
    before = _loaded_before(file.sha256)
    if before is not None:
        return _again(before)
    if file.as_at is None:
        raise CqcFileError(
            "Neither the file nor its name says as at which day it is: "
            "give the day with --as-at, like --as-at 2026-06-30."
        )
    with _without_collecting():
        contents = read_contents(file, progress)
        if not dry_run:
            return _store(file, file.as_at, contents, by)
        savepoint = db.session.begin_nested()
        try:
            return _store(file, file.as_at, contents, by, dry_run=True)
        finally:
            savepoint.rollback()


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


def _loaded_before(sha256: str) -> Edition | None:
    """The edition with these bytes. SQLite's one write lock is not held while the file is read."""
    same_bytes = select(Edition).where(Edition.sha256 == sha256)
    if db.session().in_transaction():
        return db.session.scalar(same_bytes)
    with only_reading():
        found = db.session.scalar(same_bytes)
        db.session.rollback()
    return found


def _again(edition: Edition) -> LoadResult:
    return LoadResult(
        edition=edition,
        already_loaded=True,
        kind=edition.kind,
        file_name=edition.file_name,
        as_at=edition.as_at,
        sha256=edition.sha256,
        rows_read=edition.rows_read,
        stored=edition.stored,
        merged=edition.merged,
        set_aside=edition.set_aside,
        warnings=edition.warnings,
    )


def _store(
    file: RatingsFile, as_at: date, contents: Contents, by: Actor | None, *, dry_run: bool = False
) -> LoadResult:
    _wait_for_other_loads()
    before = db.session.scalar(select(Edition).where(Edition.sha256 == file.sha256))
    if before is not None:
        return _again(before)
    edition = _new_edition(file, as_at, contents, by)
    placed = place(contents.register, edition)
    _set_aside_covered(contents, placed)
    stored = len(contents.ratings)
    closed = _leave_what_changed(contents.ratings, placed.held_before)
    update_all(Rating, closed, to_edition_id=edition.id)
    insert_rows(Rating, _COLUMNS, _rows(contents.ratings, placed.numbers, edition.id))
    tell_the_planner(_SEARCHED)
    db.session.expire_all()  # What was written in bulk went past the session.
    edition.stored, edition.set_aside = stored, dict(contents.set_aside)
    _record(edition, by)
    return LoadResult(
        edition=None if dry_run else edition,
        already_loaded=False,
        kind=edition.kind,
        file_name=edition.file_name,
        as_at=as_at,
        sha256=edition.sha256,
        **edition.counts(),
        new=len(contents.ratings) - len(closed),
        changed=len(closed),
        unchanged=stored - len(contents.ratings),
        services=len(contents.register.services) - len(placed.covered_by_newer),
        providers=len(contents.register.providers),
    )


def _wait_for_other_loads() -> None:
    """Two loads at once would both find an empty table. SQLite has one writer anyhow."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE edition IN SHARE ROW EXCLUSIVE MODE"))


def _new_edition(file: RatingsFile, as_at: date, contents: Contents, by: Actor | None) -> Edition:
    edition = Edition(
        kind=file.kind,
        file_name=file.file_name[-255:],
        sha256=file.sha256,
        as_at=as_at,
        loaded_at=now(),
        loaded_by_id=by.id if by else None,
        rows_read=contents.rows_read,
        stored=0,
        merged=contents.merged,
        set_aside={},
        warnings=contents.warnings,
    )
    db.session.add(edition)
    db.session.flush()
    return edition


def _set_aside_covered(contents: Contents, placed: Placed) -> None:
    if placed.covered_by_newer:
        for key in [key for key in contents.ratings if key[0] in placed.covered_by_newer]:
            del contents.ratings[key]
            contents.set_aside[NEWER_EDITION] += 1


def _leave_what_changed(ratings: dict[Key, RatingRow], held_before: Mapping[int, str]) -> list[int]:
    """Take out of `ratings` what is held already, and return the numbers of the rows that now say something else."""
    closed = []
    for numbers in in_pieces(held_before, MOST_NUMBERS):
        held = select(*_COMPARED).where(Rating.service_id.in_(numbers), Rating.to_edition_id.is_(None))
        for number, service_id, group, domain, *before in db.session.execute(held):
            key = (held_before[service_id], group, domain)
            if key not in ratings:
                continue
            new = ratings[key]
            if before == [new.word, new.published_on, new.inherited]:
                del ratings[key]
            else:
                closed.append(number)
    return closed


_SEARCHED: dict[type[Base], Sequence[str]] = {
    LocalAuthority: ("name",),
    Provider: ("cqc_id",),
    Service: ("local_authority_id", "provider_id", "location_type", "primary_category", "edition_id"),
    Rating: ("service_id", "service_group", "domain", "word", "to_edition_id"),
}
_COMPARED = (
    Rating.id,
    Rating.service_id,
    Rating.service_group,
    Rating.domain,
    Rating.word,
    Rating.published_on,
    Rating.inherited,
)
_COLUMNS = (
    "service_id",
    "service_group",
    "domain",
    "word",
    "published_text",
    "published_on",
    "report_type",
    "inherited",
    "from_edition_id",
)


_take_stored = itemgetter(*map(RatingRow._fields.index, _COLUMNS[:-1]))


def _rows(
    ratings: Mapping[Key, RatingRow], numbers: Mapping[str, int], edition_id: int
) -> Iterator[tuple[Plain, ...]]:
    """The ratings as the table's columns hold them, in the order of `_COLUMNS`."""
    for service, group, domain, word, words, day, report_type, inherited in map(
        _take_stored, ratings.values()
    ):
        yield (
            numbers[service],
            group,
            domain,
            str(word),
            words,
            None if day is None else day.isoformat(),
            report_type or "",
            inherited if inherited is None else int(inherited),
            edition_id,
        )


def _record(edition: Edition, by: Actor | None) -> None:
    details = {
        "file_name": edition.file_name,
        "as_at": edition.as_at,
        "sha256": edition.sha256,
        **edition.counts(),
    }
    record(Kind.EDITION_LOADED, council=NATIONAL, about=("edition", edition.id), by=by, details=details)
