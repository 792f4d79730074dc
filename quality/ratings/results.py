"""Results of organisations as a whole: storing a file of them, under an edition like any other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select, text

from quality.core.clock import now
from quality.core.database import db
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import Actor, record
from quality.ratings.framework_models import OrganisationRating, RatingElement
from quality.ratings.frameworks.definition import Code
from quality.ratings.frameworks.operations import ensure_seeded
from quality.ratings.results_file import Organisation, Result, ResultsFile, is_made_up, read_results
from quality.services.models import Edition, EditionKind, Provider

NEWER_HELD = "results of which something newer is held"
SAME_TWICE = "the same result twice"


@dataclass(frozen=True, slots=True)
class ResultsLoad:
    """What became of a file: `stored`, `merged` and the counts of `set_aside` add up to `rows_read`."""

    edition: Edition | None
    already_loaded: bool
    file_name: str
    as_at: date
    sha256: str
    rows_read: int
    stored: int
    merged: int
    set_aside: dict[str, int]
    warnings: list[str]


def load_results(path: Path, *, by: Actor | None = None, dry_run: bool = False) -> ResultsLoad:
    """Read a file of results and store what it says, under a new edition; a missing provider is made, without services.

    The same bytes again change nothing. What a later file says otherwise of the same element and period closes the
    earlier row. A dry run does everything and takes it back. CqcFileError, and nothing changed, when the file cannot be
    used.
    """
    file = read_results(path)
    if not dry_run:
        return _store(file, by)
    savepoint = db.session.begin_nested()
    try:
        return _store(file, by, dry_run=True)
    finally:
        savepoint.rollback()


def _store(file: ResultsFile, by: Actor | None, *, dry_run: bool = False) -> ResultsLoad:
    if db.session.connection().dialect.name == "postgresql":
        # Two loads at once would both find nothing held. SQLite has one writer anyhow.
        db.session.execute(text("LOCK TABLE edition IN SHARE ROW EXCLUSIVE MODE"))
    before = db.session.scalar(select(Edition).where(Edition.sha256 == file.sha256))
    if before is not None:
        return _outcome(before, already_loaded=True)
    ensure_seeded(by)
    edition = _new_edition(file, by)
    became = Counter[str]()
    numbers = _element_numbers()
    for organisation in file.organisations:
        provider = _provider(organisation, edition)
        became.update(_store_results(organisation, provider, numbers, edition))
    edition.stored, edition.merged = became.pop("stored", 0), became.pop(SAME_TWICE, 0)
    edition.set_aside = dict(became)
    db.session.flush()
    details = {"file_name": file.file_name, "as_at": file.as_at, "sha256": file.sha256, **edition.counts()}
    record(Kind.RESULTS_LOADED, council=NATIONAL, about=("edition", edition.id), by=by, details=details)
    return _outcome(edition, dry_run=dry_run)


def _new_edition(file: ResultsFile, by: Actor | None) -> Edition:
    edition = Edition(
        kind=EditionKind.RESULTS,
        file_name=file.file_name[-255:],
        sha256=file.sha256,
        as_at=file.as_at,
        loaded_at=now(),
        loaded_by_id=by.id if by else None,
        rows_read=sum(len(organisation.results) for organisation in file.organisations),
        stored=0,
        merged=0,
        set_aside={},
        warnings=[],
        is_part=True,
    )
    db.session.add(edition)
    db.session.flush()
    return edition


def _element_numbers() -> dict[Code, int]:
    rows = db.session.execute(select(RatingElement.framework_code, RatingElement.code, RatingElement.id))
    return {(framework, code): number for framework, code, number in rows}


def _provider(organisation: Organisation, edition: Edition) -> Provider:
    """The provider with the organisation's key, made when it is missing; it keeps the name it is known by."""
    provider = db.session.scalar(select(Provider).where(Provider.cqc_id == organisation.key))
    warnings = []
    if provider is None:
        provider = Provider(cqc_id=organisation.key, name=organisation.name)
        db.session.add(provider)
        db.session.flush()
        if is_made_up(organisation.key):
            warnings.append(f"{organisation.key} is not an id of CQC's: {organisation.key_from}")
    elif provider.name != organisation.name:
        warnings.append(
            f"{organisation.key} is held as {provider.name}; the file calls it {organisation.name}"
        )
    edition.warnings = [*edition.warnings, *warnings]
    return provider


def _store_results(
    organisation: Organisation, provider: Provider, numbers: dict[Code, int], edition: Edition
) -> list[str]:
    """Store an organisation's results; what became of each."""
    open_rows = select(OrganisationRating).where(
        OrganisationRating.provider_id == provider.id, OrganisationRating.held_to.is_(None)
    )
    held = {
        (row.element_id, row.service_group, row.period): row for row in db.session.scalars(open_rows).all()
    }
    told, became = set(), []
    for result in organisation.results:
        if result.key in told:
            became.append(SAME_TWICE)
            continue
        told.add(result.key)
        element_id = numbers[result.framework, result.element]
        before = held.get((element_id, result.service_group, result.period))
        became.append(_store_result(result, before, (provider.id, element_id), edition))
    return became


def _store_result(
    result: Result, before: OrganisationRating | None, ids: tuple[int, int], edition: Edition
) -> str:
    if before is not None:
        if _says(before) == (result.word, result.published_on, result.facts or None, result.source):
            return "stored"
        if before.held_from > edition.as_at:
            return NEWER_HELD
        before.to_edition_id, before.held_to = edition.id, edition.as_at
        db.session.flush()  # The index allows one open row, so the old one is closed first.
    db.session.add(
        OrganisationRating(
            provider_id=ids[0],
            element_id=ids[1],
            service_group=result.service_group,
            word=result.word,
            period=result.period,
            published_on=result.published_on,
            facts=result.facts or None,
            source=result.source,
            from_edition_id=edition.id,
            held_from=edition.as_at,
        )
    )
    return "stored"


def _says(row: OrganisationRating) -> tuple[object, ...]:
    return row.word, row.published_on, row.facts, row.source


def _outcome(edition: Edition, *, already_loaded: bool = False, dry_run: bool = False) -> ResultsLoad:
    return ResultsLoad(
        edition=None if dry_run else edition,
        already_loaded=already_loaded,
        file_name=edition.file_name,
        as_at=edition.as_at,
        sha256=edition.sha256,
        **edition.counts(),
    )
