"""The pages of an audit's photographs: adding, describing, removing, putting back, erasing."""

from __future__ import annotations

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, send_file, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from quality.audits.models import Audit
from quality.audits.policies import can_record, check_can_record, may_record, would_lose_approval
from quality.audits.views.common import audit_or_404
from quality.core.errors import Invalid, NotAllowed, Refused
from quality.core.gate import let_others_write, needs, takes_up_to
from quality.core.pages import plural
from quality.evidence.storage import storage
from quality.people.permissions import Permission
from quality.people.sign_in import current_person, why_signed_out
from quality.photographs import operations, queries
from quality.photographs.forms import AddForm, DescribeForm
from quality.photographs.models import Photograph
from quality.printing.errors import PrintingError
from quality.printing.pdf import prepare_photograph
from quality.printing.prepared import Prepared

Answer = str | Response | tuple[str | Response, int]

MEGABYTES_AT_ONCE = 200
_MEGABYTES_OF_ONE = 40

blueprint = Blueprint("photographs", __name__)


@blueprint.get("/audits/<reference>/photographs")
@needs(Permission.READ_AUDITS)
def index(reference: str) -> str:
    """The photographs of an audit, and those that were removed."""
    return _index(audit_or_404(reference), AddForm(formdata=None))


@blueprint.post("/audits/<reference>/photographs")
@needs(Permission.RECORD_AUDITS)
@takes_up_to(MEGABYTES_AT_ONCE)
def add(reference: str) -> Answer:
    """Take photographs in; those that cannot be read are named, and the others are kept."""
    try:
        return _add(reference)
    except Refused as error:
        if not _asked_by_script():
            raise
        return jsonify(added=0, refused=[error.sentence]), 409


def _add(reference: str) -> Answer:
    audit, form = audit_or_404(reference), AddForm()
    if not form.validate():
        return _not_added(audit, form)
    check_can_record(audit, current_person())
    let_others_write()
    taken, refused = _take_in(form.given)
    if not taken:
        form.files.errors = [*form.files.errors, *refused]
        return _not_added(audit_or_404(reference), form)
    if ended := why_signed_out():
        raise NotAllowed(f"No photograph was added, because {ended}.")
    added = operations.add_photographs(audit_id=audit.id, files=taken, by=current_person())
    refused = [*_not_new(added), *refused]
    alone = added.new[0].number if len(form.given) == len(added.new) == 1 else None
    address = _address(reference, "describe" if alone else "index", alone)
    if _asked_by_script():
        return jsonify(added=len(added.new), refused=refused, address=address)
    _tell(len(added.new), refused)
    return redirect(address, code=303)


@blueprint.route("/audits/<reference>/photographs/<int:number>", methods=["GET", "POST"])
@needs(Permission.RECORD_AUDITS)
def describe(reference: str, number: int) -> Answer:
    """Say what a photograph shows."""
    audit = audit_or_404(reference)
    photograph = _photograph_or_404(audit, number)
    form = _form(audit)
    if request.method == "GET":
        form.show(photograph)
    elif form.validate():
        try:
            operations.describe_photograph(
                audit_id=audit.id,
                number=number,
                version=request.form.get("version", 0, type=int),
                text=form.text(),
                by=current_person(),
            )
        except Invalid as error:
            form.blame(error)
        else:
            return _described(audit, number)
    return _describing(audit, photograph, form)


@blueprint.route("/audits/<reference>/photographs/<int:number>/remove", methods=["GET", "POST"])
@needs(Permission.RECORD_AUDITS)
def remove(reference: str, number: int) -> Answer:
    """Remove a photograph, after asking once."""
    audit = audit_or_404(reference)
    if request.method == "GET":
        photograph = _photograph_or_404(audit, number)
        return render_template("photographs/remove.html", audit=audit, photograph=photograph)
    version = request.form.get("version", 0, type=int)
    operations.remove_photograph(audit_id=audit.id, number=number, version=version, by=current_person())
    flash(f"Photograph {number} is removed. You can put it back below.", "success")
    return redirect(_address(reference), code=303)


@blueprint.post("/audits/<reference>/photographs/<int:number>/restore")
@needs(Permission.RECORD_AUDITS)
def restore(reference: str, number: int) -> Response:
    """Put a removed photograph back."""
    audit = audit_or_404(reference)
    operations.restore_photograph(audit_id=audit.id, number=number, by=current_person())
    flash(f"Photograph {number} is back.", "success")
    return redirect(_address(reference), code=303)


@blueprint.route("/audits/<reference>/photographs/<int:number>/erase", methods=["GET", "POST"])
@needs(Permission.RECORD_AUDITS)
def erase(reference: str, number: int) -> Answer:
    """Erase a removed photograph for good, after asking once."""
    audit = audit_or_404(reference)
    if request.method == "GET":
        photograph = _photograph_or_404(audit, number)
        return render_template("photographs/erase.html", audit=audit, photograph=photograph)
    operations.erase_photograph(audit_id=audit.id, number=number, by=current_person())
    flash(f"Photograph {number} is erased.", "success")
    return redirect(_address(reference), code=303)


@blueprint.get("/audits/<reference>/photographs/<int:number>-<any(small, large):size>.jpg")
@needs(Permission.READ_AUDITS)
def file(reference: str, number: int, size: str) -> Response:
    """The picture itself: as it is printed, or as large as it is kept."""
    photograph = _photograph_or_404(audit_or_404(reference), number)
    sha256 = photograph.printed_sha256 if size == "small" else photograph.shown_sha256
    return send_file(storage().checked(sha256), mimetype="image/jpeg", etag=sha256)


def _take_in(files: list[FileStorage]) -> tuple[list[Prepared], list[str]]:
    """What could be read, and a sentence for each file that could not."""
    taken, refused = [], []
    for file in files:
        content = file.stream.read(_MEGABYTES_OF_ONE * 1_000_000 + 1)
        try:
            if len(content) > _MEGABYTES_OF_ONE * 1_000_000:
                raise PrintingError(f"It is larger than {_MEGABYTES_OF_ONE} MB.")
            taken.append(prepare_photograph(content))
        except PrintingError as error:
            refused.append(f"“{file.filename}” was not added. {error.sentence}")
    return taken, refused


def _not_new(added: operations.Added) -> list[str]:
    """A sentence for what the audit had already, and for what found no room."""
    sentences = []
    if added.known:
        numbers = ", ".join(str(one.number) for one in added.known)
        sentences.append(f"The audit had this already, so it was not added again: photograph {numbers}.")
    if added.too_many:
        left = plural(added.too_many, "photograph")
        sentences.append(f"An audit holds at most {operations.MOST} photographs, so {left} found no room.")
    return sentences


def _tell(added: int, refused: list[str]) -> None:
    if added:
        what = "Say what it shows." if added == 1 else "Say what each one shows."
        flash(f"{plural(added, 'photograph')} added. {what}", "success")
    for sentence in refused:
        flash(sentence, "note")


def _not_added(audit: Audit, form: AddForm) -> Answer:
    if _asked_by_script():
        return jsonify(added=0, refused=form.files.errors), 422
    return _index(audit, form), 422


def _asked_by_script() -> bool:
    """True for a script that sends photographs one after the other and says itself what became of each."""
    return request.accept_mimetypes.best == "application/json"


def _described(audit: Audit, number: int) -> Response:
    flash(f"Photograph {number} is saved.", "success")
    if request.form.get("then") == "next":
        for one in queries.photographs_of(audit):
            if not one.is_described and one.number != number:
                return redirect(_address(audit.reference, "describe", one.number), code=303)
    if request.args.get("back") == "check":
        return redirect(url_for("findings.check", reference=audit.reference), code=303)
    return redirect(_address(audit.reference), code=303)


def _describing(audit: Audit, photograph: Photograph, form: DescribeForm) -> Answer:
    others = [one for one in queries.photographs_of(audit) if one.number != photograph.number]
    page = render_template(
        "photographs/describe.html",
        audit=audit,
        photograph=photograph,
        version=request.form.get("version", photograph.version),
        form=form,
        waiting=sum(not one.is_described for one in others),
        may_write=can_record(audit, current_person()) and photograph.removed_at is None,
        warn=would_lose_approval(audit, current_person()),
        back=request.args.get("back"),
    )
    return (page, 422) if form.errors else page


def _index(audit: Audit, form: AddForm) -> str:
    person = current_person()
    return render_template(
        "photographs/index.html",
        audit=audit,
        form=form,
        photographs=queries.photographs_of(audit),
        removed=queries.removed_from(audit),
        may_write=can_record(audit, person),
        may_erase=may_record(audit, person),
        warn=would_lose_approval(audit, person),
        megabytes=MEGABYTES_AT_ONCE,
    )


def _form(audit: Audit) -> DescribeForm:
    form = DescribeForm()
    form.offer(queries.standards_asked(audit))
    return form


def _photograph_or_404(audit: Audit, number: int) -> Photograph:
    photograph = queries.find_photograph(audit, number)
    if photograph is None:
        abort(404)
    return photograph


def _address(reference: str, page: str = "index", number: int | None = None) -> str:
    return url_for(f"photographs.{page}", reference=reference, number=number)
