"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

from quality.ratings import cli, framework_models
from quality.ratings.cli_results import results

__all__ = ["framework_models", "install"]


def install(app: Flask) -> None:
    """Register the pages, commands and tasks of this feature."""
    app.cli.add_command(cli.cqc)
    cli.cqc.add_command(results)
    app.cli.add_command(cli.services)
