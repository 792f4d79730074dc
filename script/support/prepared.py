"""The application with its database prepared: what script/server hands to gunicorn.

Unlike the rest of the scripts this runs in .venv. Loading the application takes a second, so one process does
everything that needs it: it prepares, and the web processes are forked from it.
"""

import os
import sys

import click
from flask import Flask

from app import create_app
from config import SettingsError
from quality.core.database import db
from quality.running.cli import prepare


def create_prepared_app() -> Flask:
    """Return the application once `flask prepare` has succeeded; leave with its sentence when it has not."""
    try:
        app = create_app()
        with app.app_context():
            _prepare(os.environ["HOST"], os.environ["PORT"])
    except (SettingsError, click.ClickException) as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    return app


def _prepare(host: str, port: str) -> None:
    try:
        prepare.main(["--host", host, "--port", port], prog_name="flask prepare", standalone_mode=False)
    finally:
        # A database connection must not be shared with the processes that are forked next.
        db.session.remove()
        db.engine.dispose()
