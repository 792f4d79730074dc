"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

from quality.running import cli
from quality.running.cli_people import people


def install(app: Flask) -> None:
    """Register the commands of this feature."""
    cli.install(app)
    app.cli.add_command(people)
