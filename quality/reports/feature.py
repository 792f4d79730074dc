"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

from quality.reports import models, views_drafts, views_variants  # noqa: F401 -- Tables and pages must be known before the first request.
from quality.reports.cli import group
from quality.reports.views import blueprint


def install(app: Flask) -> None:
    """Register the pages, commands and tasks of this feature."""
    app.register_blueprint(blueprint)
    app.cli.add_command(group)
