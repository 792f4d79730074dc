"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

from quality.editions import cli, models

__all__ = ["cli", "install", "models"]


def install(app: Flask) -> None:
    """Register the pages, commands and tasks of this feature."""
