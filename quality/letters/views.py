"""Pages of letters: which are right now, one of them to look at, and its files.

Making a letter is not noted in the history. It changes nothing, anybody can make it again from what is recorded, and
whether it was sent only its sender knows: a note would be read as if it had been. For the same reason a letter is asked
for by an address and never by a form that writes. Its permission is that of recording, which managers, who review, have
as well; other people of the council and providers never see one.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from quality.audits.models import Audit
from quality.audits.views.common import audit_or_404
from quality.core.clock import today
from quality.core.csv_files import file_name
from quality.core.errors import Refused
from quality.core.gate import needs
from quality.letters.building import letter_of, usual_day
from quality.letters.case import Case, Outcome, case_of, notices_of, outcome_of, standing_of
from quality.letters.forms import AnswerByForm
from quality.letters.kinds import LetterKind, check_is_right, why_not
from quality.letters.letter import Letter
from quality.letters.render import letter_body, letter_odt, letter_pdf
from quality.people.permissions import Permission

__all__ = ["blueprint"]

blueprint = Blueprint("letters", __name__)

_FORMS: dict[str, tuple[Callable[[Letter], bytes], str]] = {
    "pdf": (letter_pdf, "application/pdf"),
    "odt": (letter_odt, "application/vnd.oasis.opendocument.text"),
}


@blueprint.get("/audits/<reference>/letters")
@needs(Permission.RECORD_AUDITS)
def index(reference: str) -> str:
    """The letters that are right in the audit's state, and why the others are not."""
    audit = audit_or_404(reference)
    standing = standing_of(audit, outcome_of(audit))
    letters = [(kind, why_not(kind, standing)) for kind in LetterKind]
    return render_template(
        "letters/index.html",
        audit=audit,
        right=[kind for kind, why in letters if not why],
        others=[(kind, why) for kind, why in letters if why],
    )


@blueprint.get("/audits/<reference>/letters/<kind>")
@needs(Permission.RECORD_AUDITS)
def show(reference: str, kind: str) -> ResponseReturnValue:
    """One letter as it would be sent, with its files and the day that it asks for."""
    audit, asked, case, found = _case(reference, kind)
    form = AnswerByForm.of_address(usual_day(asked, case, found, today()))
    is_right = form.validate() if asked.asks_by else True
    body = letter_body(_letter(asked, case, found, form), level=2) if is_right else ""
    page = render_template(
        "letters/show.html", audit=audit, kind=asked, form=form, body=body, notices=notices_of(audit, found)
    )
    return page if is_right else (page, 422)


@blueprint.get("/audits/<reference>/letters/<kind>.<any(pdf, odt):form>")
@needs(Permission.RECORD_AUDITS)
def file(reference: str, kind: str, form: str) -> Response:
    """The letter as a PDF, or as a text document to change before it is sent."""
    _, asked, case, found = _case(reference, kind)
    by = AnswerByForm.of_address(usual_day(asked, case, found, today()))
    if asked.asks_by and not by.validate():
        raise Refused(f"{by.by.errors[0]}.")
    write, media_type = _FORMS[form]
    name = f"{file_name(asked.value, case.reference, case.service_name)}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write(_letter(asked, case, found, by)), mimetype=media_type, headers=headers)


def _case(reference: str, kind: str) -> tuple[Audit, LetterKind, Case, Outcome | None]:
    """What a letter is made from. Raises Refused where this letter would be wrong now."""
    audit = audit_or_404(reference)
    if kind not in set(LetterKind):
        abort(404)
    asked = LetterKind(kind)
    found = outcome_of(audit)
    check_is_right(asked, standing_of(audit, found))
    return audit, asked, case_of(audit), found


def _letter(kind: LetterKind, case: Case, found: Outcome | None, form: AnswerByForm) -> Letter:
    return letter_of(kind, case, found, on=today(), by=form.by.data)
