"""The doctor says what a machine and its settings give, and what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from config import Settings, SettingsError
from quality.core import database
from quality.people.permissions import Role
from quality.running.doctor import Check, Finding, examine, is_fit
from tests.builders.people import a_council, a_person, an_invitation


def _about(checks: list[Check], subject: str) -> Check:
    return next(check for check in checks if check.subject == subject)


def test_a_machine_that_was_set_up_is_fit(fresh_database: Flask) -> None:
    with fresh_database.app_context():
        checks = examine()
        database.db.session.remove()
    assert is_fit(checks), [check for check in checks if check.finding is Finding.BAD]


@pytest.mark.parametrize(
    ("version", "mode"), [((3, 40, 1), "delete"), ((3, 51, 2), "delete"), ((3, 51, 3), "wal")]
)
def test_wal_is_used_only_where_it_is_safe(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], mode: str
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert database.sqlite_journal_mode() == mode


def test_the_journal_mode_is_the_one_the_doctor_names(fresh_database: Flask) -> None:
    with fresh_database.app_context():
        if database.db.engine.dialect.name != "sqlite":
            pytest.skip("Only SQLite has a journal mode.")
        with database.db.engine.connect() as connection:
            mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        assert mode == database.sqlite_journal_mode()
        sentence = _about(examine(), "SQLite").sentence
        assert ("WAL mode" in sentence) == (mode == "wal")


def test_a_database_that_is_not_migrated_is_named(tmp_path: Path) -> None:
    app = create_app(
        Settings(database_url=f"sqlite:///{tmp_path / 'empty.sqlite3'}", storage_url=str(tmp_path))
    )
    with app.app_context():
        check = _about(examine(), "Migrations")
        database.db.session.remove()
        database.db.engine.dispose()
    assert check.finding is Finding.BAD
    assert "db upgrade" in check.advice


def test_a_database_that_cannot_be_reached_is_named_without_its_password(tmp_path: Path) -> None:
    address = "postgresql://quality:opensesame@127.0.0.1:1/none"
    app = create_app(Settings(database_url=address, storage_url=str(tmp_path)))
    with app.app_context():
        check = _about(examine(), "Database")
        database.db.session.remove()
    assert check.finding is Finding.BAD
    assert "opensesame" not in check.sentence


def test_storage_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder")
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'a.sqlite3'}", storage_url=str(blocked / "files")
    )
    with create_app(settings).app_context():
        assert _about(examine(), "Storage").finding is Finding.BAD
        database.db.session.remove()
        database.db.engine.dispose()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "::", "care.example"])  # noqa: S104 -- Asked about, never bound.
def test_demo_accounts_keep_the_service_on_this_machine(fresh_database: Flask, host: str) -> None:
    with fresh_database.app_context():
        session = database.db.session
        person, _ = an_invitation(session, Role.MANAGER, council=a_council(session))
        assert is_fit(examine(host))
        person.is_demo = True
        session.flush()
        assert not is_fit(examine(host))
        assert all(is_fit(examine(here)) for here in ("127.0.0.1", "::1", "localhost"))
        session.remove()


def test_a_council_without_enough_managers_is_named_and_others_are_not(fresh_database: Flask) -> None:
    with fresh_database.app_context():
        session = database.db.session
        short, well = a_council(session), a_council(session, "Southmere", "SMR")
        a_council(session, "Eastholt", "EHT")
        a_person(session, Role.ADMINISTRATOR, council=short)
        for _ in range(2):
            a_person(session, Role.MANAGER, council=well)
        (check,) = [check for check in examine() if check.subject == "Managers"]
        session.remove()
    assert check.sentence.startswith("Northmere: There is no active manager")
    assert is_fit([check])


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DATABASE_URL", "mysql://somewhere", "DATABASE_URL: must begin with postgresql:// or sqlite:///."),
        ("COUNCIL_COLOUR", "teal", "COUNCIL_COLOUR: must be a colour such as #1d5b7a."),
        (
            "SERVICE_ADDRESS",
            "http://quality.example",
            "SERVICE_ADDRESS: must be an address such as https://quality.example.gov.uk.",
        ),
        ("SECRET_KEY", "short", "SECRET_KEY: must have at least 32 characters."),
        ("SIGN_IN_HOURS", "100", "SIGN_IN_HOURS: Input should be less than or equal to 24."),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match="cannot be used") as stopped:
        Settings.from_environment()
    assert sentence in str(stopped.value)


def test_cookies_are_host_bound_and_secure_behind_https() -> None:
    words = Settings(served_over_https=True, secret_key="k" * 40).flask()
    assert words["SESSION_COOKIE_NAME"] == "__Host-provider-quality"
    assert words["SESSION_COOKIE_SECURE"] is True
