"""Marking a notice as read. Notices themselves are shown on the pages where people begin."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request

from quality.core.gate import needs
from quality.messages.operations import mark_read
from quality.messages.queries import find_notice
from quality.people.permissions import Permission
from quality.people.sign_in import current_person, safe_onward

blueprint = Blueprint("messages", __name__)


@blueprint.post("/notices/<int:notice_id>/read")
@needs(Permission.USE_SERVICE)
def read(notice_id: int) -> Any:
    """Note that the person has read one of their notices."""
    person = current_person()
    notice = find_notice(notice_id, person)
    if notice is None:
        abort(404)
    mark_read(notice, by=person)
    return redirect(safe_onward(request.form.get("back", "")), code=303)
