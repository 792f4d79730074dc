"""The page that starts a sync with CQC's API and shows how far it is."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quality.core.gate import needs
from quality.core.pages import settings
from quality.editions import sync_jobs, syncing
from quality.people.permissions import Permission
from quality.people.sign_in import current_person

blueprint = Blueprint("editions", __name__)


@blueprint.get("/editions/sync")
@needs(Permission.LOAD_EDITIONS)
def sync() -> str:
    """How far the newest sync is, and what can be done."""
    return render_template(
        "editions/sync.html", shown=sync_jobs.newest(), has_key=bool(settings().cqc_api_key)
    )


@blueprint.post("/editions/sync")
@needs(Permission.LOAD_EDITIONS)
def start_sync() -> Response:
    """Begin a sync, go on with the one that stands still, or give it up and begin another."""
    syncing.client_of_settings()  # Without a key it is refused here, where a person reads why.
    by = current_person()
    if request.form.get("afresh"):
        syncing.give_up(by=by)
    sync_id = (syncing.unfinished() or syncing.begin(by=by)).id
    sync_jobs.ask_for(sync_id)
    flash("The service is fetching from CQC. You can leave this page.", "success")
    return redirect(url_for("editions.sync"), code=303)
