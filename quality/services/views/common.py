"""What the pages of the register share."""

from __future__ import annotations

from flask import Blueprint, request

from quality.core.paging import LAST_PAGE

blueprint = Blueprint("services", __name__)


def page_number() -> int:
    """The number of the page of a list that the address asks for; the first where it asks for none that can be."""
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
