"""The group of commands for the market."""

from __future__ import annotations

from flask.cli import AppGroup

market = AppGroup(
    "market", help="The market: shares of services rated Good or Outstanding, and what goes with them."
)
