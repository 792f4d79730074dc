"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

from quality.ratings import cli, framework_models

__all__ = ["framework_models", "install"]


def install(app: Flask) -> None:
    """Register the pages, commands and tasks of this feature."""
    app.cli.add_command(cli.cqc)
    app.cli.add_command(cli.services)
