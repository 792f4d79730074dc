"""The blueprint the pages of this feature stand on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("people", __name__)
