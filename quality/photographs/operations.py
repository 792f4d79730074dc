"""What people do with the photographs of an audit. Every function locks the audit first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from quality.audits.models import Audit
from quality.audits.operations import lock_audit, lock_for_recording
from quality.audits.policies import check_may_record
from quality.core.clock import now, today
from quality.core.database import db
from quality.core.errors import Invalid, Moved, Refused
from quality.core.jobs import enqueue, task
from quality.evidence.storage import hold_files, storage
from quality.frameworks.models import Standard
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.people.models import Person
from quality.photographs.models import Photograph
from quality.photographs.queries import standards_asked
from quality.printing.prepared import Prepared

MOST = 200
"""As many as an audit holds, and as a report is tested with."""

_ERASE = "photographs.erase"
_FORGET_DRAFT = "reports.forget_draft"


@dataclass(frozen=True)
class PhotographText:
    """What is typed about a photograph. Nothing is needed to save it; the words must stand before the review."""

    caption: str
    shows: str
    standard_code: str
    taken_on: date | None


@dataclass
class Added:
    """What became of photographs that were given: new ones, ones the audit had already, and how many too many."""

    new: list[Photograph]
    known: list[Photograph]
    too_many: int = 0


def add_photographs(*, audit_id: int, files: Sequence[Prepared], by: Person) -> Added:
    """Put photographs into an audit. The same one twice is one; one that was removed comes back.

    Only files that the audit takes are stored. Raises Moved or NotAllowed.
    """
    hold_files()
    audit = lock_for_recording(audit_id, by=by)
    held = {one.shown_sha256: one for one in _photographs(audit)}
    room = MOST - _in_report(held.values())
    added = Added([], [])
    for file in files:
        sha256 = file.shown.sha256
        one = held.get(sha256)
        if one is not None and one.removed_at is None:
            added.known.append(one)
        elif len(added.new) >= room:
            added.too_many += 1
        else:
            for size in (file.shown, file.printed):
                storage().put(size.content)
            held[sha256] = _back(audit, one, by) if one else _new(audit, file, by, len(held) + 1)
            added.new.append(held[sha256])
    return added


def describe_photograph(
    *, audit_id: int, number: int, version: int, text: PhotographText, by: Person
) -> Photograph:
    """Say what a photograph shows and what it is evidence for.

    Raises Invalid, NotAllowed, or Moved when somebody changed it since.
    """
    audit = lock_for_recording(audit_id, by=by)
    photograph = _fresh(audit, number, version)
    before = _shown(photograph)
    if text.taken_on is not None and text.taken_on > today():
        raise Invalid("taken_on", "The day it was taken must not be in the future")
    photograph.caption, photograph.shows, photograph.taken_on = text.caption, text.shows, text.taken_on
    photograph.standard = _standard(audit, text.standard_code)
    if _shown(photograph) != before:
        photograph.changed_by = by
        _record(Kind.PHOTOGRAPH_DESCRIBED, audit, photograph, by, before=before, after=_shown(photograph))
    return photograph


def remove_photograph(*, audit_id: int, number: int, version: int, by: Person) -> None:
    """Take a photograph out of the audit and its next report. It can be put back until it is erased."""
    audit = lock_for_recording(audit_id, by=by)
    photograph = _fresh(audit, number, version)
    photograph.removed_at, photograph.changed_by = now(), by
    _record(Kind.PHOTOGRAPH_REMOVED, audit, photograph, by)


def restore_photograph(*, audit_id: int, number: int, by: Person) -> Photograph:
    """Put a removed photograph back. Raises Moved when it was erased meanwhile, and Refused when there is no room."""
    audit = lock_for_recording(audit_id, by=by)
    photograph = _removed(audit, number)
    if photograph.removed_at is None:
        return photograph
    if _in_report(_photographs(audit)) >= MOST:
        raise Refused(f"An audit holds at most {MOST} photographs, so {photograph.name} found no room.")
    return _back(audit, photograph, by)


def erase_photograph(*, audit_id: int, number: int, by: Person) -> None:
    """Erase a removed photograph for good: its files go once this is committed, unless another audit holds them too.

    It can be asked for at any time, also after the audit has ended. Raises Refused when a report shows it, since what
    was issued stays as it was, and Moved when it was put back.
    """
    audit = lock_audit(audit_id)
    check_may_record(audit, by)
    photograph = _removed(audit, number)
    if photograph.removed_at is None:
        raise Moved(f"Somebody put {photograph.name} back since you opened the page, so it was not erased.")
    if photograph.in_report_since is not None:
        raise Refused(
            f"A report that shows {photograph.name} was issued, so it cannot be erased. "
            "The next version of the report will not show it."
        )
    photograph.erased_at, photograph.changed_by = now(), by
    _record(Kind.PHOTOGRAPH_ERASED, audit, photograph, by)
    erasure = f"photograph-{photograph.id}-{photograph.version}"
    enqueue(_ERASE, key=erasure, photograph_id=photograph.id)
    # A printed draft may show it. Reports lie above photographs, so their task is known by its name.
    enqueue(_FORGET_DRAFT, key=erasure, audit_id=audit.id)


@task(_ERASE)
def erase_files(photograph_id: int) -> None:
    """Erase the files of an erased photograph, but those that another photograph is made of."""
    # Whoever is just adding the same one, here or to another audit, comes before this or after it.
    hold_files(while_erasing=True)
    photograph = db.session.get_one(Photograph, photograph_id)
    if photograph.erased_at is None:
        return
    for sha256 in (photograph.shown_sha256, photograph.printed_sha256):
        others = select(Photograph.id).where(
            or_(Photograph.shown_sha256 == sha256, Photograph.printed_sha256 == sha256),
            Photograph.erased_at.is_(None),
        )
        if db.session.scalar(others.limit(1)) is None:
            storage().erase(sha256)


def note_in_report(audit: Audit, since: datetime) -> None:
    """Note that a report of this audit shows its photographs as they are. The caller records that report."""
    for photograph in _photographs(audit):
        if photograph.removed_at is None and photograph.in_report_since is None:
            photograph.in_report_since = since


def _in_report(photographs: Iterable[Photograph]) -> int:
    """How many of these are not removed."""
    return sum(one.removed_at is None for one in photographs)


def _new(audit: Audit, file: Prepared, by: Person, number: int) -> Photograph:
    photograph = Photograph(
        audit_id=audit.id,
        number=number,
        shown_sha256=file.shown.sha256,
        printed_sha256=file.printed.sha256,
        width=file.printed.width,
        height=file.printed.height,
        taken_on=file.taken_on if file.taken_on and file.taken_on <= today() else None,
        added_by=by,
        added_at=now(),
        changed_by=by,
    )
    db.session.add(photograph)
    _record(Kind.PHOTOGRAPH_ADDED, audit, photograph, by, sha256=photograph.shown_sha256)
    return photograph


def _back(audit: Audit, photograph: Photograph, by: Person) -> Photograph:
    photograph.removed_at = photograph.erased_at = None
    photograph.changed_by = by
    _record(Kind.PHOTOGRAPH_RESTORED, audit, photograph, by)
    return photograph


def _photographs(audit: Audit) -> list[Photograph]:
    """All photographs of an audit, erased ones too, as they are now that it is locked."""
    held = select(Photograph).where(Photograph.audit_id == audit.id).order_by(Photograph.number)
    return list(db.session.scalars(held.execution_options(populate_existing=True)))


def _fresh(audit: Audit, number: int, version: int) -> Photograph:
    photograph = next((one for one in _photographs(audit) if one.number == number), None)
    if photograph is None or photograph.removed_at is not None:
        raise Moved(
            "Somebody removed this photograph since you opened the page, so your change was not made."
        )
    if photograph.version != version:
        raise Moved(
            f"{photograph.changed_by.name} changed this photograph since you opened the page, so your change was "
            "not made."
        )
    return photograph


def _removed(audit: Audit, number: int) -> Photograph:
    photograph = next((one for one in _photographs(audit) if one.number == number), None)
    if photograph is None or photograph.erased_at is not None:
        raise Moved("Somebody erased this photograph since you opened the page.")
    return photograph


def _standard(audit: Audit, code: str) -> Standard | None:
    if not code:
        return None
    found = next((standard for standard in standards_asked(audit) if standard.code == code), None)
    if found is None:
        raise Invalid("about", "Choose a standard from the list")
    return found


def _shown(photograph: Photograph) -> dict[str, Any]:
    return {
        "caption": photograph.caption,
        "shows": photograph.shows,
        "standard": photograph.standard.code if photograph.standard else "",
        "taken_on": photograph.taken_on,
    }


def _record(kind: Kind, audit: Audit, photograph: Photograph, by: Person, **changed: Any) -> None:
    db.session.flush()
    details = {"photograph": photograph.name, **changed}
    record(kind, council=audit.local_authority_id, about=("audit", audit.id), by=by, details=details)
