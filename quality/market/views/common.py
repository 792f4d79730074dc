"""What the pages of the market share."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("market", __name__, url_prefix="/market")
PUBLISHER = "Care Quality Commission"
"""Whose ratings are counted, as files name the source."""
LICENCE = "Open Government Licence v3.0"
"""The licence of what is counted."""
