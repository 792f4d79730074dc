"""Drafting, publishing and printing a council's market. A publication is frozen when it gets its number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from quality.core.clock import local, now
from quality.core.database import db, only_reading
from quality.core.errors import AlreadyDone, Invalid, Moved, Refused
from quality.core.jobs import enqueue, task
from quality.core.pages import settings
from quality.evidence.storage import storage
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.market.models.publications import Publication
from quality.market.papers.pdf import paper_pdf
from quality.market.publications.building import Wanted, editions_until, snapshot_of
from quality.market.publications.drawing import printed
from quality.market.publications.queries import correction_of, find_draft, find_published
from quality.market.publications.snapshot import Snapshot, sha256_of
from quality.people.models import Person
from quality.services.models import LocalAuthority

__all__ = [
    "Draft",
    "change_draft",
    "count_apart",
    "delete_draft",
    "draft",
    "finish",
    "pdf_of",
    "preview",
    "publish",
    "storage",
]

_PRINT = "market.print"
_NO_DRAFT = "There is no such draft."


@dataclass(frozen=True)
class Draft:
    """What a manager chose and wrote. `corrects` is the number of the publication it puts right, or none."""

    title: str
    as_at: date
    scopes: tuple[str, ...]
    rule: str
    compare: str
    introduction: str
    notes: str
    show_small: bool
    corrects: int | None = None
    correction: str = ""


def draft(said: Draft, *, form_key: str, by: Person) -> Publication:
    """Make a draft. The same form sent twice makes one. Raises Invalid for what cannot be had."""
    council = by.local_authority_id
    made = select(Publication).where(
        Publication.form_key == form_key, Publication.local_authority_id == council
    )
    found = db.session.scalar(made)
    if found is not None:
        return found
    moment = now()
    one = Publication(local_authority_id=council, form_key=form_key, drafted_by_id=by.id, drafted_at=moment)
    one.local_authority = db.session.get_one(LocalAuthority, council)
    _write(one, said)
    snapshot_of(wanted(one), number=0, published_at=moment)
    db.session.add(one)
    db.session.flush()
    _record(Kind.MARKET_DRAFTED, one, by, title=one.title, as_at=one.as_at)
    return one


def change_draft(publication_id: int, version: int, said: Draft, *, by: Person) -> Publication:
    """Change a draft. Raises Moved when somebody changed or published it since the page was made, or Invalid."""
    one = _lock(publication_id, by)
    if one.version != version or one.is_published:
        what = "published this draft" if one.is_published else "changed this draft"
        raise Moved(f"Somebody {what} since you opened this page, so your change was not saved.")
    _write(one, said)
    snapshot_of(wanted(one), number=0, published_at=now())
    db.session.flush()
    _record(Kind.MARKET_DRAFT_CHANGED, one, by, title=one.title, as_at=one.as_at)
    return one


def preview(one: Publication) -> Snapshot:
    """What a draft would say if it were published now, with the number 0. Reads only."""
    return snapshot_of(wanted(one), number=0, published_at=now())


def count_apart(publication_id: int, version: int, *, by: Person) -> Snapshot:
    """What a draft says, counted in a transaction that only reads, so that nobody waits for it. Ends the one begun.

    Refused as publishing is, so that what is published already is not counted once more.
    """
    db.session.rollback()
    with only_reading():
        one = find_draft(publication_id, by.local_authority_id)
        if one is None:
            raise Refused(_NO_DRAFT)
        _check_may_publish(one, version, by)
        said = preview(one)
        db.session.rollback()
    return said


def publish(publication_id: int, version: int, *, by: Person, said: Snapshot | None = None) -> Publication:
    """Give a draft its number and freeze what it says; its PDF is made after.

    `said` is what `count_apart` counted; without it, it is counted here. Raises AlreadyDone when this person just did
    so, Moved when the draft or CQC's files changed meanwhile, Refused when what it corrects was corrected by another.
    """
    # The council's row is locked first, so that two publications never get one number.
    council = db.session.get_one(
        LocalAuthority, by.local_authority_id, with_for_update={"of": LocalAuthority}
    )
    one = _lock(publication_id, by)
    _check_may_publish(one, version, by)
    said = said or preview(one)
    if said.editions != editions_until(one.as_at):
        raise Moved(
            "A file of CQC’s was loaded while this was counted, so it was not published. Publish it again."
        )
    number = 1 + (_last_number(council.id) or 0)
    moment = now()
    text = replace(said, number=number, published_at=local(moment)).as_json()
    one.number, one.published_by_id, one.published_at = number, by.id, moment
    one.snapshot, one.snapshot_sha256 = text, sha256_of(text)
    db.session.flush()
    details = {"title": one.title, "as_at": one.as_at, "number": number, "sha256": one.snapshot_sha256}
    _record(Kind.MARKET_PUBLISHED, one, by, **details)
    enqueue(_PRINT, key=str(one.id), publication_id=one.id)
    return one


def delete_draft(publication_id: int, version: int, *, by: Person) -> str:
    """Delete a draft and return its title. Raises Moved when it changed or was published since the page was made."""
    one = _lock(publication_id, by)
    if one.is_published:
        raise Moved(
            f"“{one.title}” is published, as number {one.number}, and cannot be deleted. Correct it instead."
        )
    if one.version != version:
        raise Moved(
            "Somebody changed this draft since you opened this page, so it was not deleted. Read it first."
        )
    title = one.title
    db.session.delete(one)
    db.session.flush()
    _record(Kind.MARKET_DRAFT_DELETED, one, by, title=title, as_at=one.as_at)
    return title


def _check_may_publish(one: Publication, version: int, by: Person) -> None:
    if one.is_published:
        path = f"/market/published/{one.local_authority.council_code}/{one.number}"
        if one.published_by_id == by.id:
            raise AlreadyDone(f"“{one.title}” is published, as number {one.number}.", path)
        raise Moved(
            f"Somebody else published this draft, as number {one.number}. Nothing was published twice."
        )
    if one.version != version:
        raise Moved(
            "Somebody changed this draft since you opened this page, so it was not published. Read it again first."
        )
    corrected = correction_of(one.corrects) if one.corrects else None
    if corrected:
        raise Refused(
            f"Number {one.corrects.number if one.corrects else ''} was corrected already, by number "
            f"{corrected.number}. Correct that one instead."
        )


@task(_PRINT)
def print_publication(publication_id: int) -> None:
    """Make the PDF of a publication and store it. May be run again after a crash. Opens its own transactions."""
    one = db.session.get_one(Publication, publication_id)
    if one.pdf_sha256 is not None or one.snapshot is None:
        return
    said = Snapshot.from_json(one.snapshot)
    db.session.rollback()
    pdf = paper_pdf(printed(said))
    finish(publication_id, pdf)
    db.session.commit()


def finish(publication_id: int, pdf: bytes) -> Publication:
    """Store the bytes of a publication's PDF, once."""
    one = db.session.get_one(
        Publication, publication_id, with_for_update={"of": Publication}, populate_existing=True
    )
    if one.pdf_sha256 is None:
        one.pdf_sha256, one.pdf_bytes = storage().put(pdf), len(pdf)
        db.session.flush()
        _record(Kind.MARKET_PRINTED, one, None, title=one.title, number=one.number, sha256=one.pdf_sha256)
    return one


def pdf_of(one: Publication) -> bytes:
    """The bytes as stored, checked against their hash. Raises StorageError when they are gone or changed."""
    if one.pdf_sha256 is None:
        raise ValueError(f"The PDF of number {one.number} has not been made yet.")
    return storage().get(one.pdf_sha256)


def wanted(one: Publication) -> Wanted:
    """What a draft asks for."""
    return Wanted(
        council=one.local_authority,
        colour=settings().council_colour,
        title=one.title,
        as_at=one.as_at,
        scopes=tuple(one.scopes),
        rule=one.rule,
        compare=one.compare,
        introduction=one.introduction,
        notes=one.notes,
        show_small=one.show_small,
        corrects=one.corrects.number if one.corrects else None,
        correction=one.correction,
    )


def _write(one: Publication, said: Draft) -> None:
    one.title, one.as_at, one.scopes = said.title, said.as_at, list(said.scopes)
    one.rule, one.compare, one.show_small = said.rule, said.compare, said.show_small
    one.introduction, one.notes, one.correction = said.introduction, said.notes, said.correction
    one.corrects = _corrected(one, said)


def _corrected(one: Publication, said: Draft) -> Publication | None:
    if said.corrects is None:
        return None
    corrected = find_published(one.local_authority.council_code or "", said.corrects)
    if corrected is None:
        raise Invalid("correction", f"There is no publication number {said.corrects} of ours to correct.")
    if not said.correction:
        raise Invalid("correction", f"Say what this puts right in number {said.corrects}.")
    return corrected


def _lock(publication_id: int, by: Person) -> Publication:
    one = find_draft(publication_id, by.local_authority_id, lock=True)
    if one is None:
        raise Refused(_NO_DRAFT)
    return one


def _last_number(council: int) -> int | None:
    return db.session.scalar(
        select(func.max(Publication.number)).where(Publication.local_authority_id == council)
    )


def _record(kind: Kind, one: Publication, by: Person | None, **details: object) -> None:
    about = ("market_publication", one.id)
    record(kind, council=one.local_authority_id, about=about, by=by, details=dict(details))
