"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

from quality.letters.views import blueprint


def install(app: Flask) -> None:
    """Register the pages of this feature."""
    app.register_blueprint(blueprint)
