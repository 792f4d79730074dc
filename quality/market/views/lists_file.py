"""Taking in a file of lists, the same that `flask market areas load` takes."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quality.core.errors import Invalid
from quality.core.gate import needs
from quality.core.pages import plural
from quality.market.areas.files import AreaFileError
from quality.market.areas.forms import KIND_WORDS, ListFileForm
from quality.market.areas.kinds import Area
from quality.market.areas.lists import areas_of, definition_of, find_list, stamp
from quality.market.areas.sets_file import SetDefinition, SetsFile, sets_in
from quality.market.areas.sets_loading import check_council, load_sets_of
from quality.market.views.common import blueprint
from quality.people.permissions import Permission
from quality.people.sign_in import current_person


@dataclass(frozen=True)
class Planned:
    """What would become of one list of a file: what it is to take in, which of these are new in it, and what leaves."""

    definition: SetDefinition
    outcome: str
    areas: tuple[Area, ...]
    came: tuple[Area, ...]
    gone: tuple[Area, ...]


@blueprint.route("/lists/file", methods=["GET", "POST"])
@needs(Permission.PUBLISH_MARKET)
def load_lists() -> ResponseReturnValue:
    """First say what a file would change; once that was confirmed, keep the lists it defines."""
    form, person = ListFileForm(), current_person()
    if request.method == "GET":
        return _page(form)
    told = _told(form)
    if told is None:
        return _page(form), 422
    if "change" in request.form:
        return _page(form)
    council = person.local_authority_id
    plan, seen = [_planned(one, council) for one in told.sets], stamp(council)
    moved = "confirm" in request.form and form.seen.data != seen
    if "confirm" not in request.form or (moved and any(one.outcome != "As before" for one in plan)):
        form.seen.data = seen
        page = render_template(
            "market/lists/file_check.html", form=form, plan=plan, kinds=KIND_WORDS, moved=moved
        )
        return page, 409 if moved else 200
    loaded = load_sets_of(told, form.called, by=person)
    written = len(loaded.added) + len(loaded.changed)
    flash(f"{plural(written, 'list')} saved" if written else "The lists are as the file says", "success")
    return redirect(url_for("market.lists"), code=303)


def _told(form: ListFileForm) -> SetsFile | None:
    """What the file says; none, with the sentence on its field, for what cannot be taken in."""
    try:
        form.take_file()
        if not form.validate():
            return None
        if not form.text.data:
            raise Invalid("file", "Choose a file, or paste what it says")
        told = sets_in(form.text.data, form.called)
        if not told.sets:
            raise Invalid("text", f"{form.called} defines no list")
        check_council(told, form.called, current_person())
    except Invalid as error:
        form.blame(error)
    except AreaFileError as error:
        form.blame(Invalid("text", error.sentence))
    else:
        return told
    return None


def _planned(one: SetDefinition, council: int) -> Planned:
    held = find_list(one.key, council)
    areas = areas_of(one.members)
    if held is None:
        return Planned(one, "New", areas, (), ())
    before = definition_of(held)
    came = tuple(area for area in areas if area.code not in before.members)
    gone = areas_of([code for code in before.members if code not in one.members])
    return Planned(one, "As before" if before == one else "Changed", areas, came, gone)


def _page(form: ListFileForm) -> str:
    return render_template("market/lists/file.html", form=form)
