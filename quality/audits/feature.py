"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

# The tables must be known before the first query, and the task before the first job.
from quality.audits import models, rating_notices
from quality.audits.cli import commands
from quality.audits.views import blueprint

__all__ = ["install", "models", "rating_notices"]


def install(app: Flask) -> None:
    """Register the pages, commands and tasks of this feature."""
    app.register_blueprint(blueprint)
    app.cli.add_command(commands)
