"""What the pages of the market share."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("market", __name__, url_prefix="/market")
