"""Queued work exists exactly when the change that wants it does, and is done however often a worker dies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from quality.core import jobs
from quality.core.clock import now, supposing
from quality.core.database import db
from quality.core.errors import Refused
from quality.core.jobs import (
    LEASE,
    MOST_ATTEMPTS,
    Job,
    enqueue,
    find_job,
    given_up,
    is_due,
    run_all_due,
    run_next,
    try_again,
)
from quality.printing.errors import TooMuch
from tests.databases import Database


@pytest.fixture
def done() -> Iterator[list[Any]]:
    """What the task of these tests was called with, in order."""
    calls: list[Any] = []
    jobs.TASKS["tests.note"] = lambda **about: calls.append(about["what"])
    yield calls
    del jobs.TASKS["tests.note"]


def test_a_job_is_done_once(session: Database, done: list[Any]) -> None:
    enqueue("tests.note", key="a", what="a")
    session.commit()
    assert run_all_due() == 1
    assert run_all_due() == 0
    assert done == ["a"]


def test_the_same_key_is_one_job(session: Database, done: list[Any]) -> None:
    enqueue("tests.note", key="a", what="a")
    enqueue("tests.note", key="a", what="a")
    session.commit()
    run_all_due()
    assert done == ["a"]


@pytest.mark.parametrize(("kind", "is_over"), [(Refused, False), (TooMuch, True)])
def test_a_job_keeps_the_sentence_for_people_and_is_not_tried_again_where_that_cannot_help(
    session: Database, kind: type[Refused], is_over: bool
) -> None:
    def refuse(**about: Any) -> None:
        raise kind("It would have more than 3 pages.\nMake it shorter.")

    jobs.TASKS["tests.refuse"] = refuse
    enqueue("tests.refuse", key="a")
    session.commit()
    assert run_next()
    job = session.scalars(select(Job)).one()
    assert job.sentence == "It would have more than 3 pages.\nMake it shorter."
    assert (job.gave_up_at is not None) == is_over
    assert "Traceback" in job.fault
    del jobs.TASKS["tests.refuse"]


def test_a_job_is_found_by_its_key_and_not_by_how_another_begins(session: Database, done: list[Any]) -> None:
    enqueue("tests.note", key="report-1", what="first")
    enqueue("tests.note", key="report-12", what="twelfth")
    found = find_job("tests.note", key="report-1")
    assert found is not None
    assert found.about == {"what": "first"}
    assert find_job("tests.note", key="report-") is None


def test_a_change_that_is_rolled_back_leaves_no_job(session: Database, done: list[Any]) -> None:
    enqueue("tests.note", key="a", what="a")
    session.rollback()
    assert not is_due()
    assert run_all_due() == 0


def test_a_job_that_fails_is_tried_again_later_and_given_up_in_the_end(session: Database) -> None:
    def fail(**about: Any) -> None:
        raise RuntimeError("The printer is out of paper")

    jobs.TASKS["tests.fail"] = fail
    enqueue("tests.fail", key="a")
    session.commit()
    moment = now()
    for _ in range(MOST_ATTEMPTS):
        with supposing(moment):
            assert run_next()
            assert not run_next(), "It is not tried again at once."
        moment += timedelta(hours=1)
    with supposing(moment):
        assert not run_next()
    job = session.scalars(select(Job)).one()
    assert job.attempts == MOST_ATTEMPTS
    assert job.gave_up_at
    assert "out of paper" in job.fault
    assert job.sentence == ""
    assert [one.key for one in given_up()] == ["tests.fail:a"]
    assert try_again() == 1
    assert is_due()


def test_a_worker_that_died_leaves_its_job_to_the_next(session: Database, done: list[Any]) -> None:
    class Killed(BaseException):
        """As when the process is gone: nothing after it runs."""

    def die(**about: Any) -> None:
        raise Killed

    jobs.TASKS["tests.note"], note = die, jobs.TASKS["tests.note"]
    enqueue("tests.note", key="a", what="a")
    session.commit()
    with pytest.raises(Killed):
        run_next()
    jobs.TASKS["tests.note"] = note
    session.rollback()
    assert not run_next(), "The lease of the worker that died still runs."
    with supposing(now() + LEASE + timedelta(seconds=1)):
        assert run_next()
    assert done == ["a"]


def test_a_job_that_ends_its_worker_again_and_again_is_given_up(session: Database, done: list[Any]) -> None:
    enqueue("tests.note", key="a", what="a")
    session.commit()
    job = session.scalars(select(Job)).one()
    job.attempts, job.leased_until = MOST_ATTEMPTS, now()
    session.commit()
    with supposing(now() + LEASE):
        assert not run_next()
    (given,) = given_up()
    assert "A worker ended while it did this" in given.fault
    assert done == []


def test_a_worker_that_fails_after_another_did_its_job_says_nothing(session: Database) -> None:
    def slow(**about: Any) -> None:
        other = session.scalars(select(Job)).one()
        other.done_at, other.attempts = now(), other.attempts + 1
        session.commit()
        raise RuntimeError("Too late")

    jobs.TASKS["tests.slow"] = slow
    enqueue("tests.slow", key="a")
    session.commit()
    assert run_next()
    job = session.scalars(select(Job)).one()
    assert (job.done_at is not None, job.gave_up_at, job.fault) == (True, None, "")
    del jobs.TASKS["tests.slow"]


def test_many_workers_do_every_job_once(
    fresh_database: Flask, in_threads: Callable[..., list[object]], done: list[Any]
) -> None:
    with fresh_database.app_context():
        for number in range(24):
            enqueue("tests.note", key=str(number), what=number)
        db.session.commit()

    def work(_: object) -> int:
        with fresh_database.app_context():
            return run_all_due()

    counts = in_threads(work, range(6))
    assert sum(count for count in counts if isinstance(count, int)) == 24, counts
    assert sorted(done) == list(range(24))
