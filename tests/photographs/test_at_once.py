"""What two people do to the same picture at once, each on a connection of their own."""

from __future__ import annotations

import io
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.audits.operations import lock_audit
from quality.core.database import db
from quality.core.jobs import run_all_due
from quality.evidence.storage import storage
from quality.people.models import Person
from quality.photographs.operations import add_photographs, erase_photograph, remove_photograph
from tests.builders.audits import an_audit
from tests.builders.people import PASSWORD
from tests.builders.photographs import an_added_photograph, prepared

InThreads = Callable[..., list[object]]


@dataclass(frozen=True)
class Two:
    """Two audits of one officer, the first with a photograph that is erased and whose files are still there."""

    first: int
    second: int
    officer: int


@pytest.fixture
def two(fresh_database: Flask) -> Two:
    """See Two."""
    with fresh_database.app_context():
        first = an_audit(db.session, at=State.VISITING)
        second = an_audit(db.session, at=State.VISITING, lead=first.lead)
        photograph = an_added_photograph(first)
        remove_photograph(audit_id=first.id, number=1, version=photograph.version, by=first.lead)
        erase_photograph(audit_id=first.id, number=1, by=first.lead)
        db.session.commit()
        return Two(first.id, second.id, first.lead_id)


def test_a_picture_added_to_one_audit_while_another_erases_it_keeps_its_files(
    fresh_database: Flask, two: Two, in_threads: InThreads
) -> None:
    added = threading.Event()

    def add() -> None:
        with fresh_database.app_context():
            by = db.session.get_one(Person, two.officer)
            add_photographs(audit_id=two.second, files=[prepared()], by=by)
            added.set()
            # The other one has all the time it needs to erase, were it not made to wait for this.
            eraser_ended.wait(1)
            db.session.commit()

    eraser_ended = threading.Event()

    def erase() -> None:
        added.wait(30)
        with fresh_database.app_context():
            run_all_due()
        eraser_ended.set()

    assert in_threads(lambda do: do(), [add, erase]) == [None, None]
    with fresh_database.app_context():
        assert storage().get(prepared().shown.sha256)
        assert storage().get(prepared().printed.sha256)


class SlowBody(io.BytesIO):
    """A form that arrives over a slow connection: while it does, somebody else tries to write."""

    tried: bool = False

    def __init__(self, content: bytes, somebody_writes: Callable[[], None]) -> None:
        super().__init__(content)
        self._somebody_writes = somebody_writes

    def readinto(self, room: Any, /) -> int:
        """Let somebody write, then give what there is room for."""
        if not self.tried:
            self.tried = True
            self._somebody_writes()
        return super().readinto(room)


def test_what_arrives_slowly_keeps_nobody_else_from_writing(fresh_database: Flask, two: Two) -> None:
    app = fresh_database
    with app.app_context():
        audit, officer = db.session.get_one(Audit, two.second), db.session.get_one(Person, two.officer)
        path, email, address = f"/audits/{audit.reference}/photographs", officer.email, db.engine.url

    def write() -> None:
        if address.get_backend_name() == "sqlite":
            with sqlite3.connect(str(address.database), timeout=0) as other:
                other.execute("BEGIN IMMEDIATE")
                other.rollback()
        else:
            with app.app_context():
                lock_audit(two.second)

    browser = app.test_client()
    browser.post("/sign-in", data={"email": email, "password": PASSWORD})
    content = bytes(100_000)
    body = SlowBody(content, write)
    kind = "multipart/form-data; boundary=none"
    answer = browser.post(path, input_stream=body, content_type=kind, content_length=len(content))
    assert body.tried
    assert answer.status_code == 422, answer.text
