"""The chain holds, and tells where it was broken. What is done here is what somebody with the database could do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from quality.core.database import db
from quality.history.kinds import Kind
from quality.history.models import Chain, Event
from quality.history.operations import record
from quality.history.queries import timeline, verify
from tests.databases import Database

COUNCIL = 77


@pytest.fixture
def five_events(session: Database) -> Database:
    """A council with five events, as if the triggers that refuse tampering were gone."""
    for number in range(1, 6):
        record(
            Kind.AUDIT_RETURNED,
            council=COUNCIL,
            about=("audit", number),
            by=None,
            details={"reason": f"no. {number}"},
        )
    session.commit()
    _drop_guards(session)
    return session


def _drop_guards(session: Database) -> None:
    on = "" if session.get_bind().dialect.name == "sqlite" else " ON history_event"
    for name in ("history_sealed", "history_kept"):
        session.execute(text(f"DROP TRIGGER {name}{on}"))


def _tamper(session: Database, statement: str, **values: object) -> None:
    session.execute(text(statement), {"council": COUNCIL, **values})
    session.expire_all()


def test_an_untouched_chain_holds(five_events: Database) -> None:
    verdict = verify(COUNCIL)
    assert verdict.fault is None
    assert verdict.events == 5


def test_the_timeline_tells_each_event_as_a_sentence_newest_first(session: Database) -> None:
    record(Kind.AUDIT_PLANNED, council=COUNCIL, about=("audit", 9), by=None)
    record(
        Kind.AUDIT_RETURNED,
        council=COUNCIL,
        about=("audit", 9),
        by=None,
        details={"reason": "Say who was asked"},
    )
    sentences = [entry.sentence for entry in timeline("audit", 9)]
    assert sentences == [
        "The service returned the audit: “Say who was asked”",
        "The service planned this audit.",
    ]


@pytest.mark.parametrize(
    ("statement", "bad_number"),
    [
        ("UPDATE history_event SET details = '{}' WHERE council = :council AND number = 3", 3),
        ("UPDATE history_event SET kind = 'audit_approved' WHERE council = :council AND number = 2", 2),
        ("UPDATE history_event SET by_id = 4 WHERE council = :council AND number = 4", 4),
        ("UPDATE history_event SET record_id = 8 WHERE council = :council AND number = 1", 1),
        (
            "UPDATE history_event SET at = '2020-01-01 00:00:00+00:00' WHERE council = :council AND number = 5",
            5,
        ),
        (
            "UPDATE history_event SET envelope = replace(envelope, 'a', 'b') WHERE council = :council AND number = 3",
            3,
        ),
        ("UPDATE history_event SET details = NULL, salt = NULL WHERE council = :council AND number = 2", 2),
        ("UPDATE history_event SET hash = previous_hash WHERE council = :council AND number = 5", 5),
    ],
)
def test_a_changed_row_is_named(five_events: Database, statement: str, bad_number: int) -> None:
    _tamper(five_events, statement)
    verdict = verify(COUNCIL)
    assert verdict.fault
    assert verdict.bad_number == bad_number


@pytest.mark.parametrize(("dropped", "next_found"), [(1, 2), (3, 4)])
def test_a_dropped_row_is_missed(five_events: Database, dropped: int, next_found: int) -> None:
    _tamper(
        five_events, "DELETE FROM history_event WHERE council = :council AND number = :number", number=dropped
    )
    verdict = verify(COUNCIL)
    assert verdict.fault == f"Event {dropped} is missing; the next one found is {next_found}."


def test_two_rows_that_were_swapped_are_found(five_events: Database) -> None:
    for old, new in ((2, 900), (3, 2), (900, 3)):
        change = "UPDATE history_event SET number = :new WHERE council = :council AND number = :old"
        _tamper(five_events, change, old=old, new=new)
    assert verify(COUNCIL).bad_number == 2


def test_an_inserted_row_is_found(five_events: Database) -> None:
    _tamper(
        five_events,
        "INSERT INTO history_event (council, kind, record_type, record_id, at, envelope, details, salt, hash, "
        "number, previous_hash) SELECT council, kind, record_type, record_id, at, envelope, details, salt, hash, "
        "6, hash FROM history_event WHERE council = :council AND number = 5",
    )
    assert verify(COUNCIL).bad_number == 6


def test_rows_cut_from_the_end_are_found_by_the_head(five_events: Database) -> None:
    _tamper(five_events, "DELETE FROM history_event WHERE council = :council AND number > 3")
    assert verify(COUNCIL).fault == "The chain should end at event 5, but the last event found is 3."


def test_a_cut_that_also_winds_back_the_head_shows_only_against_an_anchor(five_events: Database) -> None:
    head = five_events.get_one(Chain, COUNCIL)
    anchor = (head.head_number, head.head_hash)
    _tamper(five_events, "DELETE FROM history_event WHERE council = :council AND number > 3")
    _tamper(
        five_events,
        "UPDATE history_chain SET head_number = 3, head_hash = "
        "(SELECT hash FROM history_event WHERE council = :council AND number = 3) WHERE council = :council",
    )
    assert verify(COUNCIL).fault is None
    assert verify(COUNCIL, anchor).fault == (
        "The chain ends at event 3, before the anchored event 5: newer events were cut off."
    )


def test_a_chain_rewritten_from_the_middle_shows_against_an_anchor(five_events: Database) -> None:
    head = five_events.get_one(Chain, COUNCIL)
    assert verify(COUNCIL, (5, "0" * 64)).bad_number == 5
    assert verify(COUNCIL, (5, head.head_hash)).fault is None


def test_a_missing_head_is_found(five_events: Database) -> None:
    _tamper(five_events, "DELETE FROM history_chain WHERE council = :council")
    assert verify(COUNCIL).fault == "The head of the chain is gone."


def test_erased_details_do_not_break_the_chain_when_the_erasure_is_recorded(five_events: Database) -> None:
    _tamper(
        five_events,
        "UPDATE history_event SET details = NULL, salt = NULL WHERE council = :council AND number = 2",
    )
    record(Kind.DETAILS_ERASED, council=COUNCIL, about=("event", 2), by=None, details={"number": 2})
    assert verify(COUNCIL).fault is None
    assert timeline("audit", 2)[0].sentence == "(erased) returned the audit: “(erased)”"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_event SET kind = 'audit_approved' WHERE council = :council",
        "UPDATE history_event SET envelope = '{}' WHERE council = :council",
        "DELETE FROM history_event WHERE council = :council",
    ],
)
def test_the_database_itself_refuses_to_change_history(session: Database, statement: str) -> None:
    record(Kind.AUDIT_PLANNED, council=COUNCIL, about=("audit", 1), by=None)
    with pytest.raises(Exception, match="History is append-only"):
        session.execute(text(statement), {"council": COUNCIL})


def test_a_commit_that_left_no_event_is_refused(app: Flask, session: Database) -> None:
    from quality.core.gate import UnrecordedWrite
    from quality.services.models import LocalAuthority

    session.add(LocalAuthority(name="Southmere"))
    with pytest.raises(UnrecordedWrite, match="LocalAuthority"):
        session.commit()
    session.rollback()


def test_councils_have_chains_of_their_own(session: Database) -> None:
    first = record(Kind.AUDIT_PLANNED, council=COUNCIL, about=("audit", 1), by=None)
    other = record(Kind.AUDIT_PLANNED, council=COUNCIL + 1, about=("audit", 2), by=None)
    assert (first.number, other.number) == (1, 1)
    assert first.previous_hash != other.previous_hash


def test_writers_at_once_never_fork_the_chain(
    fresh_database: Flask, in_threads: Callable[..., list[object]]
) -> None:
    def write(number: int) -> None:
        with fresh_database.app_context():
            for _ in range(5):
                record(Kind.AUDIT_PLANNED, council=COUNCIL, about=("audit", number), by=None)
                db.session.commit()

    in_threads(write, range(16))
    with fresh_database.app_context():
        verdict = verify(COUNCIL)
        assert (verdict.fault, verdict.events) == (None, 80)
        assert db.session.query(Event).where(Event.council == COUNCIL).count() == 80
