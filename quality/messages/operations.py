"""Telling people something, and noting that they read it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update

from quality.core.clock import now
from quality.core.database import db
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.messages.models import Notice
from quality.people.models import Person


def notify(person_ids: Iterable[int], *, key: str, subject: str, text: str, path: str) -> None:
    """Give each person a notice about the page at `path`, an address within this service.

    The same key twice is one notice for each person. The caller's own event tells the history what it is about.
    """
    wanted = set(person_ids)
    told = select(Notice.person_id).where(Notice.key == key, Notice.person_id.in_(wanted))
    for person_id in sorted(wanted.difference(db.session.scalars(told))):
        moment = now()
        db.session.add(
            Notice(person_id=person_id, key=key, subject=subject, text=text, path=path, sent_at=moment)
        )
    db.session.flush()


def withdraw(person_ids: Iterable[int], *, key_begins: str) -> None:
    """Show these people's unread notices whose key begins so no longer: the caller's own event has overtaken them.

    They count as read, so that somebody whose page still shows one can mark it as read all the same.
    """
    unread = Notice.person_id.in_(set(person_ids)), Notice.read_at.is_(None)
    overtaken = update(Notice).where(*unread, Notice.key.startswith(key_begins, autoescape=True))
    db.session.execute(overtaken.values(read_at=now()))


def mark_read(notice: Notice, by: Person) -> None:
    """Note that the person it is for has read a notice. Doing it twice changes nothing."""
    if notice.read_at is not None:
        return
    notice.read_at = now()
    db.session.flush()
    details = {"subject": notice.subject}
    record(
        Kind.NOTICE_READ, council=by.local_authority_id, about=("notice", notice.id), by=by, details=details
    )
