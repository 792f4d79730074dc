"""The pages of recording and reviewing: answers, findings, the judgement so far, check answers, and the review."""

from __future__ import annotations

from flask import Blueprint, abort, request

from quality.audits.models import Audit
from quality.audits.queries import find_audit
from quality.people.sign_in import current_person

blueprint = Blueprint("findings", __name__)


def audit_or_404(reference: str) -> Audit:
    """The audit of this address, if it is this person's to see."""
    audit = find_audit(reference, current_person())
    if audit is None:
        abort(404)
    return audit


def posted_version() -> int:
    """The version of the record that the sent page was made from; 0, which no record has, when it says none."""
    return request.form.get("version", 0, type=int)


from quality.findings.views import answering, checking, judging, reviewing, writing  # noqa: E402, F401 -- They add views.
