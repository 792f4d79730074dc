"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

from quality.market.cli import market
from quality.market.views import blueprint


def install(app: Flask) -> None:
    """Register the pages, commands and tasks of this feature."""
    app.register_blueprint(blueprint)
    app.cli.add_command(market)
