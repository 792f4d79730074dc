"""Asking for a pack, putting it together outside any request, and deleting it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import select, update

from quality.core.clock import local, now
from quality.core.database import db
from quality.core.errors import Refused
from quality.core.jobs import Job, enqueue, newest_job, task
from quality.core.pages import plural, settings
from quality.evidence.storage import StorageError
from quality.letters.packs.contents import Contents, Line, contents_csv, contents_pdf
from quality.letters.packs.folder import add_file, delete_pack_file, pack_file, writing_pack
from quality.letters.packs.models import ReportPack
from quality.letters.packs.queries import chosen, packs_of
from quality.people.models import Person
from quality.reports.models import Report
from quality.reports.operations import file_name, pdf_of
from quality.reports.queries import newer_version
from quality.reports.snapshot import Snapshot
from quality.services.queries import authority_name

__all__ = [
    "KEPT",
    "MOST_PACKS",
    "MOST_REPORTS",
    "ask_for_pack",
    "delete_pack",
    "has_failed",
    "job_of",
    "may_still_read",
]

MOST_REPORTS = 500
MOST_PACKS = 5
KEPT = timedelta(days=2)
TASK, DELETION = "letters.pack", "letters.delete_pack"
# How often the page can see that it goes on.
_TELL_EVERY = 10


def ask_for_pack(*, report_ids: Sequence[int], title: str, by: Person) -> ReportPack:
    """Have these reports packed for this person. The same choice while it is being packed is the same pack.

    One that could not be put together is deleted, and begun anew.

    Raises Refused with a sentence when nothing, too much, or something they may not read was chosen.
    """
    wanted = sorted(set(report_ids))
    _check_number(len(wanted))
    if len(chosen(wanted, by)) != len(wanted):
        raise Refused("One of these reports is not issued, or not yours to read. Choose again.")
    # Two of this person's presses at once wait for each other.
    db.session.execute(select(Person.id).where(Person.id == by.id).with_for_update())
    kept = packs_of(by)
    under_way = next((one for one in kept if one.made_at is None and one.report_ids == wanted), None)
    if under_way is not None and not has_failed(under_way):
        return under_way
    if under_way is not None:
        delete_pack(under_way)
    elif len(kept) >= MOST_PACKS:
        raise Refused(
            f"You have {plural(len(kept), 'pack')} already. Delete one, or wait until one is deleted."
        )
    moment = now()
    pack = ReportPack(
        person_id=by.id, title=title, report_ids=wanted, done=0, asked_at=moment, ends_at=moment + KEPT
    )
    db.session.add(pack)
    db.session.flush()
    # SQLite gives the number of a deleted pack to the next one, so the number alone does not tell them apart.
    key = f"pack-{pack.id}-{moment.isoformat()}"
    enqueue(TASK, key=key, pack_id=pack.id)
    enqueue(DELETION, key=key, due_at=pack.ends_at, pack_id=pack.id)
    return pack


def _check_number(number: int) -> None:
    if number == 0:
        raise Refused("No report was found for what you chose. Choose at least one report.")
    if number > MOST_REPORTS:
        raise Refused(
            f"A pack holds up to {MOST_REPORTS} reports, and more were chosen. Choose a shorter time or one provider."
        )


def may_still_read(pack: ReportPack, person: Person) -> bool:
    """True while this person may read every report of the pack."""
    return len(chosen(pack.report_ids, person)) == pack.wanted


def job_of(pack: ReportPack) -> Job | None:
    """The job that puts a pack together."""
    return newest_job(TASK, key_begins=f"pack-{pack.id}-")


def has_failed(pack: ReportPack) -> bool:
    """Whether a pack could not be put together, and is tried no more."""
    job = job_of(pack)
    return pack.made_at is None and job is not None and job.gave_up_at is not None


def delete_pack(pack: ReportPack) -> None:
    """Delete a pack now, with its file."""
    delete_pack_file(pack.id)
    db.session.delete(pack)
    db.session.flush()


@task(DELETION)
def delete_after_its_time(pack_id: int) -> None:
    """Delete a pack whose time is over; nothing where somebody deleted it before."""
    pack = db.session.get(ReportPack, pack_id)
    if pack is None:
        delete_pack_file(pack_id)
    elif pack.ends_at <= now():
        delete_pack(pack)
    db.session.commit()


@task(TASK)
def put_together(pack_id: int) -> None:
    """Write the file of a pack, and tell on the way how far it is. Run again after a crash, it begins again.

    Copying some hundred files takes seconds, so beginning again costs less than a half-written archive to go on with.
    No transaction is held while files are read and written.
    """
    pack = db.session.get(ReportPack, pack_id)
    if pack is None or pack.made_at is not None:
        return
    person = db.session.get_one(Person, pack.person_id)
    ids, title, moment = chosen(pack.report_ids, person), pack.title, local(pack.asked_at)
    council = settings().council_name or authority_name(person.local_authority_id)
    _tell(pack_id, done=0)
    with writing_pack(pack_id) as archive:
        lines = tuple(_all_packed(archive, ids, pack_id))
        packed = sum(bool(line.file) for line in lines)
        if not packed:
            raise Refused("None of these reports’ files could be read. Whoever runs the service can say why.")
        colour = settings().council_colour
        contents = Contents(title=title, council=council, colour=colour, made_at=moment, lines=lines)
        add_file(archive, "contents.pdf", contents_pdf(contents))
        add_file(archive, "contents.csv", contents_csv(contents))
    _tell(pack_id, done=packed, made_at=now(), size=pack_file(pack_id).stat().st_size)
    if db.session.get(ReportPack, pack_id) is None:
        # It was deleted while it was being written.
        delete_pack_file(pack_id)
    db.session.rollback()


def _all_packed(archive: zipfile.ZipFile, ids: Sequence[int], pack_id: int) -> Iterator[Line]:
    for number, report_id in enumerate(ids, 1):
        yield _packed(archive, report_id)
        if number % _TELL_EVERY == 0:
            _tell(pack_id, done=number)


def _packed(archive: zipfile.ZipFile, report_id: int) -> Line:
    """Put one report into the archive as it was issued, and say what it is; a file that is gone is told, not hidden."""
    report = db.session.get_one(Report, report_id)
    said = Snapshot.from_json(report.snapshot)
    newer = newer_version(report)
    note = f"Replaced by {newer.number}" if newer else ""
    name = f"reports/{file_name(report.number, said.service.name)}"
    try:
        content = pdf_of(report)
    except StorageError:
        name, content, note = (
            "",
            b"",
            "Left out: its file could not be read. Whoever runs the service can say why.",
        )
    line = _line(report, said, file=name, size=len(content), note=note)
    db.session.rollback()
    if content:
        add_file(archive, name, content)
    return line


def _line(report: Report, said: Snapshot, *, file: str, size: int, note: str) -> Line:
    return Line(
        file=file,
        number=report.number,
        version=report.issue,
        service=said.service.name,
        cqc_id=said.service.cqc_id,
        provider=said.service.provider_name,
        council=said.council.name,
        visited_on=said.audit.visited_on,
        issued_on=said.issued_at.date(),
        judgement=said.judgement.level.words,
        sha256=report.pdf_sha256 or "",
        size=size,
        note=note,
    )


def _tell(pack_id: int, **columns: object) -> None:
    db.session.execute(update(ReportPack).where(ReportPack.id == pack_id).values(**columns))
    db.session.commit()
