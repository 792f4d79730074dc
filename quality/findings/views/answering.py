"""Answering: every question of one standard on one page, saved whenever somebody wants, complete or not."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quality.audits.models import Audit
from quality.audits.policies import can_record, would_lose_approval
from quality.core.gate import needs
from quality.core.pages import plural
from quality.findings import operations, queries
from quality.findings.forms import StandardForm, standard_form
from quality.findings.merging import Content
from quality.findings.models import HeldText
from quality.findings.operations import SaveResult
from quality.findings.queries import Recorded
from quality.findings.views import audit_or_404, blueprint
from quality.frameworks.models import Question, Standard
from quality.frameworks.queries import rules_of
from quality.people.permissions import Permission
from quality.people.sign_in import current_person

Answer = str | Response | tuple[str, int]


@blueprint.get("/audits/<reference>/standards/<code>")
@needs(Permission.READ_AUDITS)
def standard(reference: str, code: str) -> Answer:
    """One standard with its questions: as a form while the audit is being recorded, else to read."""
    audit = audit_or_404(reference)
    recorded = queries.recorded(audit)
    place = _place(recorded, code)
    form = standard_form(place[1], _held(recorded, place[1]), recorded.answers)
    return _page(recorded, place, form, to_write=can_record(audit, current_person()))


@blueprint.post("/audits/<reference>/standards/<code>")
@needs(Permission.RECORD_AUDITS)
def save_standard(reference: str, code: str) -> Answer:
    """Save what was typed, decide what was decided, and go where the button says."""
    audit = audit_or_404(reference)
    recorded = queries.recorded(audit)
    place = _place(recorded, code)
    form = standard_form(place[1], _held(recorded, place[1]))
    if not form.validate():
        return _page(recorded, place, form, to_write=True), 422
    result = operations.save_answers(
        audit_id=audit.id, standard_code=code, typed=form.typed(), by=current_person()
    )
    overtaken = _settle(audit, form)
    _tell(result, overtaken)
    stay = bool(result.conflicts or overtaken)
    return redirect(
        _next_address(recorded, code, "stay" if stay else request.form.get("then", ""), result), code=303
    )


def _settle(audit: Audit, form: StandardForm) -> list[str]:
    """Carry out the decisions; the codes of those that somebody else's newer answer has overtaken."""
    typed = form.typed()
    overtaken = []
    for held, keep in form.settled().items():
        question = held.question
        if question is None or question.id not in typed:
            continue
        seen = typed[question.id].content.fingerprint
        decided = operations.settle_held(
            audit_id=audit.id, held_id=held.id, keep=keep, seen=seen, by=current_person()
        )
        if not decided:
            overtaken.append(question.code)
    return overtaken


def _tell(result: SaveResult, overtaken: list[str]) -> None:
    if result.conflicts:
        codes = ", ".join(each.question.code for each in result.conflicts)
        flash(
            f"Somebody else saved another answer to {codes} while you were writing. Nothing is lost: "
            "both texts are below, and you or they decide. Everything else on the page is saved.",
            "note",
        )
    if overtaken:
        codes = ", ".join(overtaken)
        flash(
            f"The answer to {codes} changed while you decided between two texts. Look at it once more.",
            "note",
        )
    if result.saved and not result.conflicts:
        flash(f"{plural(len(result.saved), 'answer')} saved.", "success")


def _next_address(recorded: Recorded, code: str, then: str, result: SaveResult) -> str:
    """Where to go after saving: `then` is the word of the button, and a finding's button names its question."""
    reference, back = recorded.audit.reference, request.args.get("back")
    codes = [each.code for each, _ in recorded.standards]
    following = codes[codes.index(code) + 1 :]
    if then.startswith("finding-"):
        return url_for(
            "findings.add", reference=reference, standard=code, question=then.removeprefix("finding-")
        )
    if then == "next" and following:
        return url_for("findings.standard", reference=reference, code=following[0])
    if then == "photographs":
        return url_for("photographs.index", reference=reference)
    if then == "return":
        page = "findings.check" if back == "check" else "audits.show"
        return url_for(page, reference=reference)
    anchor = f"q-{result.conflicts[0].question.code}" if result.conflicts else None
    return url_for("findings.standard", reference=reference, code=code, back=back, _anchor=anchor)


def _page(
    recorded: Recorded, place: tuple[Standard, list[Question]], form: StandardForm, *, to_write: bool
) -> str:
    codes = [each.code for each, _ in recorded.standards]
    at = codes.index(place[0].code)
    held = [(one, Content.from_words(one.typed)) for one in _held(recorded, place[1])]
    return render_template(
        f"findings/{'answer' if to_write else 'read'}_standard.html",
        audit=recorded.audit,
        standard=place[0],
        questions=place[1],
        recorded=recorded,
        form=form,
        held={each.id: [pair for pair in held if pair[0].question_id == each.id] for each in place[1]},
        done=sum(each.answered for each in recorded.progress()),
        asked=len(recorded.questions),
        before=recorded.standards[at - 1][0] if at else None,
        after=recorded.standards[at + 1][0] if at + 1 < len(codes) else None,
        back=request.args.get("back"),
        warn=would_lose_approval(recorded.audit, current_person()),
        scale=rules_of(recorded.framework).scale.steps,
    )


def _held(recorded: Recorded, questions: list[Question]) -> list[HeldText]:
    numbers = {each.id for each in questions}
    return [each for each in recorded.held if each.question_id in numbers]


def _place(recorded: Recorded, code: str) -> tuple[Standard, list[Question]]:
    place = next((each for each in recorded.standards if each[0].code == code), None)
    if place is None:
        abort(404)
    return place
