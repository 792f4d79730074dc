"""One request is one transaction: what answers well is kept, what answers badly or only reads leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import psycopg
import pytest
from flask import Flask, Response, abort
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from app import create_app
from config import Settings
from quality.core.database import Access, begin_reading, db, only_reading
from quality.core.errors import Moved
from quality.core.gate import UnrecordedWrite, asks_once, keep_writes, public
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.services.models import LocalAuthority
from tests.databases import fresh_copy


def _add() -> None:
    db.session.add(LocalAuthority(name="Southmere"))
    db.session.flush()
    record(
        Kind.COUNCIL_ADDED, council=1, about=("local_authority", 1), by=None, details={"name": "Southmere"}
    )


@public
def well() -> str:
    """Write and answer well."""
    _add()
    return "kept"


@public
def badly() -> Response:
    """Write and answer badly."""
    _add()
    abort(413)


@public
def refused() -> str:
    """Write, then find that somebody was first."""
    _add()
    raise Moved("Ruth Bellamy approved this audit since you opened the page.")


@public
def counted() -> tuple[str, int]:
    """Answer badly, and keep what was written."""
    _add()
    keep_writes()
    return "counted", 429


@public
@asks_once
def once() -> str:
    """Ask more than a question."""
    _add()
    return "never kept"


@public
def unrecorded() -> str:
    """Write and leave no event."""
    db.session.add(LocalAuthority(name="Southmere"))
    return "never kept"


@pytest.fixture
def writing(migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An app with views that write, on a database of its own."""
    folder = tmp_path_factory.mktemp("gate")
    with fresh_copy(migrated, folder) as address:
        app = create_app(Settings(database_url=address, secret_key="k" * 40), WTF_CSRF_ENABLED=False)
        for view in (well, badly, refused, counted, once, unrecorded):
            app.add_url_rule(f"/{view.__name__}", view.__name__, view, methods=["GET", "POST"])
        yield app
        with app.app_context():
            db.engine.dispose()


def _kept(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(LocalAuthority.id))) or 0


@pytest.mark.parametrize(
    ("path", "status", "kept"),
    [("/well", 200, 1), ("/badly", 413, 0), ("/refused", 409, 0), ("/counted", 429, 1)],
)
def test_a_post_is_kept_when_it_answers_well(writing: Flask, path: str, status: int, kept: int) -> None:
    answer = writing.test_client().post(path)
    assert (answer.status_code, _kept(writing)) == (status, kept)


@pytest.mark.parametrize("path", ["/well", "/once"])
def test_a_get_cannot_write_because_the_database_refuses(writing: Flask, path: str) -> None:
    answer = writing.test_client().get(path)
    assert answer.status_code in {500, 503}
    assert _kept(writing) == 0


def test_a_post_is_kept_between_questions_asked_alone(writing: Flask) -> None:
    browser = writing.test_client()
    answers = [browser.get("/once"), browser.post("/well"), browser.get("/once")]
    assert [answer.status_code == 200 for answer in answers] == [False, True, False]
    assert _kept(writing) == 1


def test_nothing_is_kept_that_left_no_event(writing: Flask) -> None:
    writing.config["PROPAGATE_EXCEPTIONS"] = True
    with pytest.raises(UnrecordedWrite):
        writing.test_client().post("/unrecorded")
    assert _kept(writing) == 0


def test_a_refusal_shows_what_was_typed(writing: Flask) -> None:
    answer = writing.test_client().post(
        "/refused", data={"evidence": "We read five plans.", "password": "secret"}
    )
    assert "Ruth Bellamy approved this audit" in answer.text
    assert "We read five plans." in answer.text
    assert "secret" not in answer.text


def test_a_crash_says_so_and_shows_what_was_typed(writing: Flask) -> None:
    writing.config["PROPAGATE_EXCEPTIONS"] = False
    answer = writing.test_client().post("/unrecorded", data={"evidence": "We read five plans."})
    assert answer.status_code == 500
    assert "We read five plans." in answer.text


def test_reading_on_purpose_is_refused_every_write(fresh_database: Flask) -> None:
    with fresh_database.app_context(), only_reading():
        with pytest.raises(DBAPIError):
            db.session.execute(text("DELETE FROM job"))
        db.session.rollback()


def test_what_is_read_again_and_again_is_planned_once_on_postgresql(
    fresh_database: Flask, engine: str
) -> None:
    if engine != "postgresql":
        pytest.skip("only PostgreSQL prepares statements")
    with fresh_database.app_context(), only_reading():
        for _ in range(10):
            db.session.scalar(select(func.count(LocalAuthority.id)))
            db.session.rollback()
        prepared = text(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%FROM local_authority%'"
        )
        assert db.session.scalar(prepared) == 1


def test_what_failed_while_reading_leaves_the_connection_fit_for_the_next(
    fresh_database: Flask, engine: str
) -> None:
    with fresh_database.app_context():
        with only_reading():
            with pytest.raises(DBAPIError):
                db.session.execute(text("SELECT nothing FROM nowhere"))
            db.session.rollback()
            assert db.session.scalar(select(func.count(LocalAuthority.id))) == 0
            db.session.rollback()
        db.session.execute(text("CREATE TABLE passing (id INTEGER)"))
        db.session.rollback()
        with pytest.raises(DBAPIError):
            db.session.execute(text("SELECT id FROM passing"))
        db.session.rollback()


def test_a_question_asked_alone_has_no_transaction_around_it_on_postgresql(
    fresh_database: Flask, engine: str
) -> None:
    if engine != "postgresql":
        pytest.skip("SQLite has no way to the server and back")
    with fresh_database.app_context():
        end = begin_reading(Access.READ_ONCE)
        db.session.scalar(select(func.count(LocalAuthority.id)))
        driver = cast(psycopg.Connection[Any], db.session.connection().connection.driver_connection)
        assert driver.info.transaction_status.name == "IDLE"
        with pytest.raises(DBAPIError, match="read-only transaction"):
            db.session.execute(text("DELETE FROM job"))
        db.session.rollback()
        end()
        db.session.execute(text("DELETE FROM job"))
        assert driver.info.transaction_status.name == "INTRANS"
        db.session.rollback()
