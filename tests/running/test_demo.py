"""The invented council: whole, walked by real operations, and only ever made in an empty database."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from config import Settings
from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.core.database import db
from quality.history.queries import verify_all
from quality.people.models import Person
from quality.people.permissions import Role
from quality.reports.models import Report
from quality.reports.operations import pdf_of
from quality.running import demo

pytestmark = pytest.mark.slow


def test_the_demo_fills_an_empty_database_and_only_that(fresh_database: Flask) -> None:
    runner = fresh_database.test_cli_runner()
    made = runner.invoke(args=["demo"])
    assert made.exit_code == 0, made.output

    with fresh_database.app_context():
        states = set(db.session.scalars(select(Audit.state)))
        people = db.session.scalars(select(Person)).all()
        assert {role for _, role in demo.accounts()} == set(Role)
        reports = db.session.scalars(select(Report)).all()
        assert all(pdf_of(report).startswith(b"%PDF") for report in reports)
        assert [verdict.fault for verdict in verify_all()] == [None, None]
        number = db.session.scalar(select(func.count(Audit.id)))
        db.session.remove()
    assert states == set(State), "There is an audit in every state."
    assert all(person.is_demo for person in people)
    assert all(person.email.endswith(".example") for person in people)
    assert reports

    again = runner.invoke(args=["demo"])
    assert again.exit_code == 2
    assert "already holds people" in again.output
    assert runner.invoke(args=["demo", "--if-empty"]).exit_code == 0
    with fresh_database.app_context():
        assert db.session.scalar(select(func.count(Audit.id))) == number
        db.session.remove()


def test_preparing_a_start_migrates_fills_and_says_who_may_sign_in(fresh_database: Flask) -> None:
    runner = fresh_database.test_cli_runner()
    first = runner.invoke(args=["prepare", "--port", "8765"])
    assert first.exit_code == 0, first.output
    assert "http://127.0.0.1:8765/" in first.output
    for role in Role:
        assert role.title in first.output
    assert demo.PASSWORD in first.output

    second = runner.invoke(args=["prepare"])
    assert second.exit_code == 0
    assert "Inventing" not in second.output

    beyond = runner.invoke(args=["prepare", "--host", "0.0.0.0"])  # noqa: S104 -- Refused, never bound.
    assert beyond.exit_code == 1
    assert "refuses to listen" in beyond.output


def test_a_database_that_cannot_be_reached_is_explained_and_not_a_crash(tmp_path: Path) -> None:
    app = create_app(
        Settings(database_url="postgresql://quality@127.0.0.1:1/none", storage_url=str(tmp_path))
    )
    answer = app.test_cli_runner().invoke(args=["prepare"])
    assert answer.exit_code == 1
    assert "cannot be reached" in answer.output
    assert "Check DATABASE_URL." in answer.output
