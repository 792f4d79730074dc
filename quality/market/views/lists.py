"""The council's own lists of areas: which there are, writing, changing, removing and putting back one."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from quality.core.clock import today
from quality.core.csv_files import csv_response, file_name
from quality.core.errors import Invalid
from quality.core.gate import needs
from quality.core.pages import plural
from quality.market.areas import operations
from quality.market.areas.forms import KIND_HINTS, KIND_WORDS, ChangeListForm, ListForm, RemoveListForm
from quality.market.areas.list_lines import Checked, check_lines, with_line, without_lines
from quality.market.areas.lists import Listed, areas_of, history_of, last_removal, listed, removed_lists
from quality.market.areas.official import with_code
from quality.market.views.asked import own_area_name
from quality.market.views.common import blueprint
from quality.people.permissions import Permission
from quality.people.sign_in import current_person

_MOST_ERRORS = 5


@blueprint.get("/lists")
@needs(Permission.READ_MARKET)
def lists() -> str:
    """The council's lists, who wrote each and what uses it; and those that were removed."""
    person = current_person()
    removed = removed_lists(person.local_authority_id)
    return render_template(
        "market/lists/index.html",
        lists=listed(person.local_authority_id),
        removed=removed,
        just_removed=next(
            (one for one in removed if one.definition.key == request.args.get("removed")), None
        ),
        kinds=KIND_WORDS,
        may_write=person.may(Permission.PUBLISH_MARKET),
    )


@blueprint.get("/lists/named/<list_key>")
@needs(Permission.READ_MARKET)
def show_list(list_key: str) -> str:
    """One list: its areas, where it is from, what uses it, and what happened to it."""
    found, person = _find(list_key), current_person()
    return render_template(
        "market/lists/show.html",
        found=found,
        one=found.one,
        areas=areas_of(found.one.members),
        happened=history_of(list_key, person.local_authority_id),
        own=own_area_name(),
        kinds=KIND_WORDS,
        may_write=person.may(Permission.PUBLISH_MARKET),
    )


@blueprint.get("/lists/named/<list_key>.csv")
@needs(Permission.READ_MARKET)
def list_csv(list_key: str) -> Response:
    """The areas of a list as a file, which the page for writing one takes again."""
    one = _find(list_key).one
    rows = ((area.code, area.name, area.kind, one.name, one.as_at) for area in areas_of(one.members))
    return csv_response(file_name("list", one.key), ("ONS code", "Name", "Kind", "List", "As at"), rows)


@blueprint.route("/lists/new", methods=["GET", "POST"])
@needs(Permission.PUBLISH_MARKET)
def new_list() -> ResponseReturnValue:
    """Where a list is written: first it is said what its lines name; once that was confirmed, it is kept."""
    form = ListForm(as_at=today())
    answer = _before_saving(form)
    if answer is not None:
        return answer
    try:
        made = operations.write_list(form.said(), by=current_person())
    except Invalid as error:
        form.blame(error)
        return _editing(form), 422
    flash(f"The list “{made.name}” is saved", "success")
    return redirect(url_for("market.show_list", list_key=made.key), code=303)


@blueprint.route("/lists/named/<list_key>/change", methods=["GET", "POST"])
@needs(Permission.PUBLISH_MARKET)
def change_list(list_key: str) -> ResponseReturnValue:
    """Where a list is changed, in the same two steps."""
    form, found = ChangeListForm(), _find_or_gone(list_key)
    if request.method == "GET" and found:
        form.fill(found.one)
    answer = _before_saving(form, list_key, found)
    if answer is not None:
        return answer
    try:
        made = operations.change_list(
            list_key, form.version.data or "", form.said(), form.reason.data or "", by=current_person()
        )
    except Invalid as error:
        form.blame(error)
        return _editing(form, list_key), 422
    flash(f"The list “{made.name}” is saved", "success")
    return redirect(url_for("market.show_list", list_key=made.key), code=303)


@blueprint.route("/lists/named/<list_key>/remove", methods=["GET", "POST"])
@needs(Permission.PUBLISH_MARKET)
def remove_list(list_key: str) -> ResponseReturnValue:
    """Say what removing means; once that was confirmed, remove the list. The page of all lists offers to undo it."""
    form, person, found = RemoveListForm(), current_person(), _find_or_gone(list_key)
    if form.validate_on_submit():
        operations.remove_list(
            list_key,
            form.version.data or "",
            form.reason.data or "",
            by=person,
            council_id=person.local_authority_id,
        )
        return redirect(url_for("market.lists", removed=list_key), code=303)
    if found is None:
        abort(404)
    if request.method == "GET":
        form.version.data = found.one.version
    page = render_template("market/lists/remove.html", form=form, found=found, one=found.one)
    return page, 422 if form.errors else 200


@blueprint.post("/lists/named/<list_key>/restore")
@needs(Permission.PUBLISH_MARKET)
def restore_list(list_key: str) -> Response:
    """Put a removed list back as it was."""
    person, _ = current_person(), _find_or_gone(list_key)
    one = operations.restore_list(list_key, by=person, council_id=person.local_authority_id)
    flash(f"The list “{one.name}” is back", "success")
    return redirect(url_for("market.show_list", list_key=one.key), code=303)


def _before_saving(form: ListForm, key: str = "", found: Listed | None = None) -> ResponseReturnValue | None:
    """The page to show before anything is saved; none once what was checked is confirmed."""
    if request.method == "GET" or "change" in request.form:
        return _editing(form, key)
    if not _is_sound(form):
        return _editing(form, key), 422
    checked = _checked(form)
    if checked.unknown:
        form.members.errors = _errors(checked)
        return _checking(form, checked, key, found), 422
    if "confirm" in request.form:
        return None
    return _checking(form, checked, key, found) if _can_be_kept(form, key) else (_editing(form, key), 422)


def _errors(checked: Checked) -> list[str]:
    """The first lines that cannot be taken, each in a sentence; the table under them has all."""
    more = len(checked.unknown) - _MOST_ERRORS
    said = [one.sentence for one in checked.unknown[:_MOST_ERRORS]]
    return [*said, f"{plural(more, 'more line')} not recognised"] if more > 0 else said


def _is_sound(form: ListForm) -> bool:
    """True where every field is filled in as it should be; a file's lines are among what was typed then."""
    try:
        form.take_file()
    except Invalid as error:
        form.blame(error)
        return False
    return bool(form.validate())


def _can_be_kept(form: ListForm, key: str) -> bool:
    try:
        operations.check_list(form.said(), key=key, by=current_person())
    except Invalid as error:
        form.blame(error)
        return False
    return True


def _checked(form: ListForm) -> Checked:
    """What the lines name, after the correction that a button asked for."""
    line, _, code = request.form.get("use", "").partition(":")
    area = with_code(code)
    if area is not None and line.isdecimal():
        form.members.data = with_line(form.members.data, int(line), f"{area.code} {area.name}")
    if "leave" in request.form:
        unknown = _read(form).unknown
        form.members.data = without_lines(form.members.data, [one.line for one in unknown])
    return _read(form)


def _read(form: ListForm) -> Checked:
    said = form.said()
    return check_lines(said.members, said.kind, own_area_name(), said.as_at)


def _editing(form: ListForm, key: str = "") -> str:
    return render_template(
        "market/lists/edit.html", form=form, key=key, hints=KIND_HINTS, address=_address(key)
    )


def _checking(form: ListForm, checked: Checked, key: str, found: Listed | None) -> str:
    before = set(found.one.members) if found else set()
    return render_template(
        "market/lists/check.html",
        form=form,
        checked=checked,
        key=key,
        kind=KIND_WORDS[form.said().kind],
        came={code for code in checked.codes if found and code not in before},
        gone=areas_of(sorted(before - set(checked.codes))),
        address=_address(key),
    )


def _address(key: str) -> str:
    return url_for("market.change_list", list_key=key) if key else url_for("market.new_list")


def _find(key: str) -> Listed:
    found = next(iter(listed(current_person().local_authority_id, key)), None)
    if found is None:
        abort(404)
    return found


def _find_or_gone(key: str) -> Listed | None:
    """The list; none where a page for changing it is sent after somebody removed it, which the operation then says."""
    council = current_person().local_authority_id
    if request.method == "POST" and last_removal(key, council) is not None:
        return None
    return _find(key)
