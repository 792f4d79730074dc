"""A framework is published once, word for word, and nothing changes it afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from quality.core.database import db
from quality.core.errors import Refused
from quality.frameworks.definition import DATA, FrameworkDefinition, read_definition
from quality.frameworks.models import FrameworkVersion, Question
from quality.frameworks.operations import publish
from quality.frameworks.queries import (
    newest_published,
    questions_for,
    rules_of,
    version_with_standards,
)
from quality.frameworks.vocabulary import ServiceType
from quality.history.kinds import Kind
from quality.history.queries import timeline
from tests.databases import Database

OURS = DATA / "provider-quality-v1"


@pytest.fixture(scope="module")
def definition() -> FrameworkDefinition:
    return read_definition(OURS)


@pytest.fixture
def published(session: Database, definition: FrameworkDefinition) -> FrameworkVersion:
    return publish(definition)


def test_every_question_of_the_definition_becomes_a_row_in_order(
    published: FrameworkVersion, definition: FrameworkDefinition
) -> None:
    rows = [question for standard in published.standards for question in standard.questions]
    written = list(definition.questions)
    assert [(row.code, row.text, row.weight, row.critical) for row in rows] == [
        (each.code, each.text, each.weight, each.critical) for each in written
    ]


def test_publishing_leaves_one_line_in_the_history(published: FrameworkVersion) -> None:
    entries = timeline("framework", published.id)
    assert [entry.kind for entry in entries] == [Kind.FRAMEWORK_PUBLISHED]
    assert entries[0].sentence == f"The service published the framework {published.title}, version 1."


def test_publishing_the_same_words_again_changes_nothing(
    published: FrameworkVersion, definition: FrameworkDefinition
) -> None:
    assert publish(definition) is published
    assert db.session.scalar(select(func.count(FrameworkVersion.id))) == 1
    assert len(timeline("framework", published.id)) == 1


def test_a_published_version_cannot_be_published_with_other_words(
    published: FrameworkVersion, definition: FrameworkDefinition
) -> None:
    with pytest.raises(
        Refused, match="published versions cannot be changed; give it the next version number"
    ):
        publish(replace(definition, introduction="Other words."))
    assert published.introduction == definition.introduction


def test_other_words_are_published_under_the_next_version_number(
    published: FrameworkVersion, definition: FrameworkDefinition
) -> None:
    second = publish(replace(definition, introduction="Other words.", version=2))
    assert newest_published() == second
    assert second.sha256 != published.sha256


def test_the_rules_come_back_from_the_database_as_they_were_written(
    published: FrameworkVersion, definition: FrameworkDefinition
) -> None:
    db.session.expire_all()
    assert rules_of(published) == definition.rules


def test_the_stored_definition_is_the_whole_framework(
    published: FrameworkVersion, definition: FrameworkDefinition
) -> None:
    db.session.expire_all()
    assert FrameworkDefinition.from_data(published.definition) == definition
    assert FrameworkDefinition.from_data(published.definition).sha256 == published.sha256


@pytest.mark.parametrize("service_type", ServiceType)
def test_each_kind_of_service_is_asked_the_questions_written_for_it(
    published: FrameworkVersion, definition: FrameworkDefinition, service_type: ServiceType
) -> None:
    expected = [each.code for each in definition.questions if service_type in each.service_types]
    version = version_with_standards(published.id)
    assert version is not None
    assert [each.code for each in questions_for(version, service_type)] == expected


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE framework_version SET title = 'Another'",
        "DELETE FROM framework_version",
        "UPDATE standard SET title = 'Another'",
        "DELETE FROM question",
        "UPDATE question SET weight = 1",
        "UPDATE question SET text = 'Something easier'",
    ],
)
def test_the_database_refuses_any_change_to_what_is_published(
    published: FrameworkVersion, session: Database, statement: str
) -> None:
    session.commit()
    with pytest.raises(DBAPIError):
        session.execute(text(statement))


def test_a_question_cannot_be_added_twice_to_a_standard(
    published: FrameworkVersion, session: Database
) -> None:
    first = published.standards[0].questions[0]
    copied = ("text", "guidance", "weight", "critical", "service_types", "key_question", "quality_statement")
    again = {name: getattr(first, name) for name in copied}
    again |= {"standard_id": first.standard_id, "code": first.code, "element": first.element, "position": 99}
    session.add(Question(**again))
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_command_publishes_what_comes_with_the_product(fresh_database: Flask) -> None:
    runner = fresh_database.test_cli_runner()
    first, second = (
        runner.invoke(args=["frameworks", "publish"]),
        runner.invoke(args=["frameworks", "publish"]),
    )
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "version 1, is published: 17 standards" in first.output
    assert "was published before and is unchanged" in second.output
    with fresh_database.app_context():
        assert db.session.scalar(select(func.count(FrameworkVersion.id))) == 1


def test_the_command_says_in_one_sentence_what_is_wrong_with_a_folder(
    fresh_database: Flask, tmp_path: Path
) -> None:
    (tmp_path / "framework.toml").write_text("code = 'broken'\n")
    answer = fresh_database.test_cli_runner().invoke(args=["frameworks", "publish", str(tmp_path)])
    assert answer.exit_code == 2
    assert answer.stderr.count("\n") == 1
    assert "framework.toml" in answer.stderr


def test_the_command_refuses_other_words_for_a_published_version(
    fresh_database: Flask, tmp_path: Path
) -> None:
    runner = fresh_database.test_cli_runner()
    runner.invoke(args=["frameworks", "publish"])
    for file in OURS.glob("*.toml"):
        (tmp_path / file.name).write_text(file.read_text().replace("weight = 3", "weight = 2", 1))
    answer = runner.invoke(args=["frameworks", "publish", str(tmp_path)])
    assert answer.exit_code == 2
    assert "give it the next version number" in answer.stderr
