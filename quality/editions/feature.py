"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

from quality.editions import cli, cli_sync, models, sync_jobs
from quality.editions.views_sync import blueprint

__all__ = ["cli", "cli_sync", "install", "models", "sync_jobs"]


def install(app: Flask) -> None:
    """Register the pages, commands and tasks of this feature."""
    app.register_blueprint(blueprint)
