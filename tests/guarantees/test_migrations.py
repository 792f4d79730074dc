"""The migrations make exactly the tables the models describe, on both databases, and can be undone."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from quality.core.database import db
from tests.databases import Database

SCRIPTS = ScriptDirectory(str(Path(__file__).parents[2] / "migrations"))


def test_models_and_migrations_describe_the_same_tables(session: Database) -> None:
    context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
    assert compare_metadata(context, db.metadata) == []


def test_migrations_are_one_line_without_a_fork() -> None:
    assert len(SCRIPTS.get_heads()) == 1
    assert all(not script.is_merge_point for script in SCRIPTS.walk_revisions())


def test_everything_can_be_undone_and_done_again(fresh_database: Flask) -> None:
    with fresh_database.app_context():
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert "audit" in inspect(db.engine).get_table_names()


def test_every_constraint_has_a_name_a_fault_can_be_told_by(session: Database) -> None:
    for table in db.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, f"A constraint of {table.name} has no name."
