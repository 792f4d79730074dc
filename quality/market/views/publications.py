"""Drafting a publication of the market, previewing and publishing it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quality.core.errors import Invalid
from quality.core.gate import needs
from quality.market.figures.comparators import comparators_offered
from quality.market.models.publications import Publication
from quality.market.publications import operations
from quality.market.publications.forms import DraftForm
from quality.market.publications.queries import council_code, find_draft, find_published, of_council
from quality.market.publications.telling import paper_of
from quality.market.publications.wording import offered
from quality.market.views.asked import own_area_name
from quality.market.views.common import blueprint
from quality.people.permissions import Permission
from quality.people.sign_in import current_person


@blueprint.get("/publications")
@needs(Permission.READ_MARKET)
def publications() -> str:
    """The council's drafts and publications."""
    person = current_person()
    some = of_council(person.local_authority_id)
    corrected = {one.corrects_id for one in some if one.is_published}
    return render_template(
        "market/publications/index.html",
        drafts=[one for one in some if not one.is_published],
        published=[one for one in some if one.is_published],
        corrected=corrected,
        may_publish=person.may(Permission.PUBLISH_MARKET),
    )


@blueprint.route("/publications/new", methods=["GET", "POST"])
@needs(Permission.PUBLISH_MARKET)
def new_publication() -> ResponseReturnValue:
    """Where a draft is begun: anew, or as a correction of what is published, which it then begins with."""
    form = _form()
    if request.method == "GET":
        _begin(form)
        return _editing(form)
    if not form.validate():
        return _editing(form), 422
    try:
        made = operations.draft(form.said(), form_key=form.form_key.data or "", by=current_person())
    except Invalid as error:
        form.blame(error)
        return _editing(form), 422
    return redirect(url_for("market.draft", draft_id=made.id), code=303)


@blueprint.route("/publications/<int:draft_id>/change", methods=["GET", "POST"])
@needs(Permission.PUBLISH_MARKET)
def change_publication(draft_id: int) -> ResponseReturnValue:
    """Where a draft is changed."""
    one = _draft(draft_id)
    form = _form()
    if request.method == "GET":
        form.fill(one)
        return _editing(form, one)
    if not form.validate():
        return _editing(form, one), 422
    try:
        version = int(form.version.data) if (form.version.data or "").isdigit() else 0
        operations.change_draft(one.id, version, form.said(), by=current_person())
    except Invalid as error:
        form.blame(error)
        return _editing(form, one), 422
    flash("The draft was changed", "success")
    return redirect(url_for("market.draft", draft_id=one.id), code=303)


@blueprint.get("/publications/<int:draft_id>")
@needs(Permission.READ_MARKET)
def draft(draft_id: int) -> ResponseReturnValue:
    """What a draft would say, counted now."""
    one = _draft(draft_id)
    if one.is_published:
        return redirect(_address(one))
    paper = paper_of(operations.preview(one))
    may_publish = current_person().may(Permission.PUBLISH_MARKET)
    return render_template("market/publications/draft.html", one=one, paper=paper, may_publish=may_publish)


@blueprint.route("/publications/<int:draft_id>/publish", methods=["GET", "POST"])
@needs(Permission.PUBLISH_MARKET)
def publish(draft_id: int) -> ResponseReturnValue:
    """Say what publishing means; once that was confirmed, publish."""
    one = _draft(draft_id)
    if request.method == "POST":
        by, version = current_person(), _version()
        said = operations.count_apart(draft_id, version, by=by)
        made = operations.publish(draft_id, version, by=by, said=said)
        flash(f"“{made.title}” is published, as number {made.number}", "success")
        return redirect(_address(made), code=303)
    if one.is_published:
        return redirect(_address(one))
    return render_template("market/publications/publish.html", one=one)


@blueprint.route("/publications/<int:draft_id>/delete", methods=["GET", "POST"])
@needs(Permission.PUBLISH_MARKET)
def delete_draft(draft_id: int) -> ResponseReturnValue:
    """Say what deleting means; once that was confirmed, delete the draft."""
    one = _draft(draft_id)
    if request.method == "POST":
        title = operations.delete_draft(draft_id, _version(), by=current_person())
        flash(f"The draft of “{title}” was deleted", "success")
        return redirect(url_for("market.publications"), code=303)
    if one.is_published:
        return redirect(_address(one))
    return render_template("market/publications/delete.html", one=one)


def _version() -> int:
    """The version of the draft that the page was made from; 0, which none has, where something else was sent."""
    typed = request.form.get("version", "")
    return int(typed) if typed.isdecimal() else 0


def _begin(form: DraftForm) -> None:
    """Begin with the usual title, or with what is to be corrected."""
    form.title.data = f"Market quality in {own_area_name()}"
    number = request.args.get("corrects", type=int)
    council = council_code(current_person().local_authority_id)
    corrected = find_published(council, number) if number else None
    if corrected is not None:
        form.fill(corrected)
        form.corrects.data, form.correction.data, form.version.data = corrected.number, "", ""
        if corrected.compare not in {choice.value for choice in form.compare.choices}:
            was = f"Number {corrected.number} was set beside a list that was removed since."
            form.compare.errors = [f"{was} Choose another, or put it back"]


def _form() -> DraftForm:
    form = DraftForm()
    council = current_person().local_authority_id
    form.offer(comparators_offered(council), offered(council))
    return form


def _editing(form: DraftForm, one: Publication | None = None) -> str:
    return render_template("market/publications/edit.html", form=form, one=one)


def _draft(draft_id: int) -> Publication:
    one = find_draft(draft_id, current_person().local_authority_id)
    if one is None:
        abort(404)
    return one


def _address(one: Publication) -> str:
    return url_for("market.published", code=one.local_authority.council_code, number=one.number)
