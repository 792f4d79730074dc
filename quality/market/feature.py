"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

from quality.market import cli_share
from quality.market.cli import market
from quality.market.views import blueprint
from quality.scoring.percentages import points
from quality.scoring.ranks import chance_in_words


def install(app: Flask) -> None:
    """Register the pages, commands and tasks of this feature."""
    app.register_blueprint(blueprint)
    app.jinja_env.filters.update(points=points, chance=chance_in_words)
    market.add_command(cli_share.share)
    app.cli.add_command(market)
