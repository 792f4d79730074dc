"""`flask frameworks`: publishing what services are audited against."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from quality.core.database import db
from quality.core.errors import Refused
from quality.frameworks.definition import DATA, FrameworkDefinitionError, read_definition
from quality.frameworks.operations import publish
from quality.frameworks.queries import versions

commands = AppGroup("frameworks", help="Frameworks that services are audited against.")


@commands.command("publish")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def publish_command(folder: Path | None) -> None:
    """Publish the framework in FOLDER, or every one that comes with the product.

    Publishing the same words and rules again changes nothing. A published version cannot be changed.
    """
    folders = [folder] if folder else sorted(path.parent for path in DATA.glob("*/framework.toml"))
    try:
        for each in folders:
            click.echo(_publish(each))
        db.session.commit()
    except (FrameworkDefinitionError, Refused) as error:
        db.session.rollback()
        click.echo(str(error), err=True)
        sys.exit(2)


def _publish(folder: Path) -> str:
    definition = read_definition(folder)
    known = {version.sha256 for version in versions()}
    version = publish(definition)
    done = "was published before and is unchanged" if version.sha256 in known else "is published"
    standards, questions = len(list(definition.standards)), len(list(definition.questions))
    return (
        f"{version.title}, version {version.version}, {done}: {standards} standards, {questions} questions."
    )
