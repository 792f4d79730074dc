"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

# The table must be known before the first query, and the task before the first job.
from quality.photographs import models, operations
from quality.photographs.views import blueprint

__all__ = ["install", "models", "operations"]


def install(app: Flask) -> None:
    """Register the pages and tasks of this feature."""
    app.register_blueprint(blueprint)
