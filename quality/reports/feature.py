"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

from quality.reports import models  # noqa: F401 -- The tables must be known before the first query.
from quality.reports.cli import group
from quality.reports.views import blueprint


def install(app: Flask) -> None:
    """Register the pages, commands and tasks of this feature."""
    app.register_blueprint(blueprint)
    app.cli.add_command(group)
