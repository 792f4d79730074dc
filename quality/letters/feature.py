"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

from quality.letters.packs import models  # noqa: F401 -- Tables must be known before the first request.
from quality.letters.packs import views as packs
from quality.letters.views import blueprint


def install(app: Flask) -> None:
    """Register the pages and tasks of this feature."""
    app.register_blueprint(blueprint)
    app.register_blueprint(packs.blueprint)
