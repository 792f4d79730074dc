"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

from quality.services.naming import council_words
from quality.services.views import blueprint


def install(app: Flask) -> None:
    """Register the pages, commands and tasks of this feature."""
    app.register_blueprint(blueprint)
    app.context_processor(council_words)
