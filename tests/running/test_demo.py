"""The invented council: whole, walked by real operations, and only ever made in an empty database."""

from __future__ import annotations

from collections.abc import Iterator
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
from tests.conftest import app_on
from tests.databases import fresh_copy

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def prepared(migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    """An app whose empty database `flask prepare` has filled, and what it said; made once, for it takes seconds."""
    folder = tmp_path_factory.mktemp("prepared")
    with fresh_copy(migrated, folder) as address, app_on(address, folder / "files") as app:
        made = app.test_cli_runner().invoke(args=["prepare", "--port", "8765"])
        assert made.exit_code == 0, made.output
        yield app, made.output


def test_preparing_a_start_fills_an_empty_database_with_an_audit_in_every_state(
    prepared: tuple[Flask, str],
) -> None:
    app, _ = prepared
    with app.app_context():
        states = set(db.session.scalars(select(Audit.state)))
        people = db.session.scalars(select(Person)).all()
        assert {role for _, role in demo.accounts()} == set(Role)
        reports = db.session.scalars(select(Report)).all()
        assert all(pdf_of(report).startswith(b"%PDF") for report in reports)
        assert [verdict.fault for verdict in verify_all()] == [None, None]
        db.session.remove()
    assert states == set(State)
    assert all(person.is_demo for person in people)
    assert all(person.email.endswith(".example") for person in people)
    assert reports


def test_preparing_a_start_says_where_it_is_and_who_may_sign_in(prepared: tuple[Flask, str]) -> None:
    _, said = prepared
    assert "http://127.0.0.1:8765/" in said
    for role in Role:
        assert role.title in said
    assert demo.PASSWORD in said


def test_a_database_that_holds_people_is_never_filled(prepared: tuple[Flask, str]) -> None:
    app, _ = prepared
    runner = app.test_cli_runner()
    with app.app_context():
        number = db.session.scalar(select(func.count(Audit.id)))
        db.session.remove()
    again = runner.invoke(args=["demo"])
    assert again.exit_code == 2
    assert "already holds people" in again.output
    assert runner.invoke(args=["demo", "--if-empty"]).exit_code == 0
    second = runner.invoke(args=["prepare"])
    assert second.exit_code == 0
    assert "Inventing" not in second.output
    with app.app_context():
        assert db.session.scalar(select(func.count(Audit.id))) == number
        db.session.remove()


def test_an_invented_council_is_not_served_to_the_world(prepared: tuple[Flask, str]) -> None:
    app, _ = prepared
    beyond = app.test_cli_runner().invoke(args=["prepare", "--host", "0.0.0.0"])  # noqa: S104 -- Refused, never bound.
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
