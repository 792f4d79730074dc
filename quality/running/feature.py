"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

from config import Settings
from quality.printing.limits import Limits
from quality.printing.pool import shared
from quality.running import cli
from quality.running.cli_people import people


def install(app: Flask) -> None:
    """Register the commands of this feature, and hold printing to the settings."""
    settings: Settings = app.extensions["settings"]
    shared.limits = Limits(
        seconds=settings.print_seconds,
        processor_seconds=settings.print_processor_seconds,
        memory_megabytes=settings.print_megabytes,
        pages=settings.print_pages,
        file_megabytes=settings.print_file_megabytes,
    )
    cli.install(app)
    app.cli.add_command(people)
