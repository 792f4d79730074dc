"""Pages of packs: the choice, how far one is, and its file. A pack is its asker's alone."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from quality.core.clock import today
from quality.core.csv_files import file_name
from quality.core.errors import Invalid, Refused
from quality.core.gate import needs
from quality.core.pages import plural
from quality.letters.packs import queries
from quality.letters.packs.folder import pack_file
from quality.letters.packs.forms import PackForm
from quality.letters.packs.models import ReportPack
from quality.letters.packs.operations import (
    MOST_REPORTS,
    ask_for_pack,
    delete_pack,
    has_failed,
    job_of,
    may_still_read,
)
from quality.people.permissions import Permission
from quality.people.sign_in import current_person

__all__ = ["blueprint"]

blueprint = Blueprint("packs", __name__)


@blueprint.get("/reports/packs")
@needs(Permission.READ_REPORTS)
def index() -> str:
    """This person's packs, and the form for another."""
    return _page(PackForm())


@blueprint.post("/reports/packs")
@needs(Permission.READ_REPORTS)
def ask() -> ResponseReturnValue:
    """Have all reports of a time and a provider packed."""
    form, person = PackForm(), current_person()
    if not form.validate():
        return _page(form), 422
    provider = form.provider.data or ""
    ids = queries.of_period(
        person, begins=form.begins.data, ends=form.ends.data, provider=provider, limit=MOST_REPORTS + 1
    )
    try:
        pack = ask_for_pack(report_ids=ids, title=form.title, by=person)
    except Refused as refusal:
        form.blame(Invalid("begins", refusal.sentence))
        return _page(form), 422
    return redirect(url_for("packs.show", pack_id=pack.id), code=303)


@blueprint.post("/reports/packs/chosen")
@needs(Permission.READ_REPORTS)
def ask_chosen() -> ResponseReturnValue:
    """Have the reports packed that were ticked in the list."""
    person, numbers = current_person(), request.form.getlist("report")
    ids = queries.with_numbers(numbers, person)
    if len(ids) != len(set(numbers)):
        raise Refused("One of these reports is not issued, or not yours to read. Choose again.")
    title = f"{plural(len(ids), 'quality audit report')}, chosen on {today():%-d %B %Y}"
    pack = ask_for_pack(report_ids=ids, title=title, by=person)
    return redirect(url_for("packs.show", pack_id=pack.id), code=303)


@blueprint.get("/reports/packs/<int:pack_id>")
@needs(Permission.READ_REPORTS)
def show(pack_id: int) -> str:
    """How far a pack is; its file once it is whole."""
    pack = _find(pack_id)
    return render_template("letters/packs/show.html", pack=pack, job=job_of(pack))


@blueprint.post("/reports/packs/<int:pack_id>/again")
@needs(Permission.READ_REPORTS)
def again(pack_id: int) -> ResponseReturnValue:
    """Have a pack that could not be put together begun anew."""
    pack = _find(pack_id)
    new = ask_for_pack(report_ids=pack.report_ids, title=pack.title, by=current_person())
    return redirect(url_for("packs.show", pack_id=new.id), code=303)


@blueprint.get("/reports/packs/<int:pack_id>.zip")
@needs(Permission.READ_REPORTS)
def download(pack_id: int) -> ResponseReturnValue:
    """The pack's file, as long as its asker may read every report in it."""
    pack, person = _find(pack_id), current_person()
    if not may_still_read(pack, person):
        raise Refused("This pack holds a report that is no longer yours to read. Ask for another pack.")
    path = pack_file(pack.id)
    if pack.made_at is None:
        return redirect(url_for("packs.show", pack_id=pack.id))
    if not path.exists():
        raise Refused("The file of this pack is gone. The reports are not: ask for another pack.")
    return send_file(
        path,
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"{file_name('reports', pack.asked_at.date())}-{pack.id}.zip",
    )


@blueprint.post("/reports/packs/<int:pack_id>/delete")
@needs(Permission.READ_REPORTS)
def delete(pack_id: int) -> ResponseReturnValue:
    """Delete a pack before its time is over. The reports stay."""
    delete_pack(_find(pack_id))
    return redirect(url_for("packs.index"), code=303)


def _find(pack_id: int) -> ReportPack:
    pack = queries.find_pack(pack_id, current_person())
    if pack is None:
        abort(404)
    return pack


def _page(form: PackForm) -> str:
    person = current_person()
    packs = queries.packs_of(person)
    return render_template(
        "letters/packs/index.html",
        form=form,
        packs=packs,
        failed={pack.id for pack in packs if has_failed(pack)},
        person=person,
        most=MOST_REPORTS,
    )
