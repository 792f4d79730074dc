"""The blueprint of the audit pages, and what most of them begin with."""

from __future__ import annotations

from flask import Blueprint, abort

from quality.audits import queries
from quality.audits.models import Audit
from quality.people.models import Person
from quality.people.permissions import Permission
from quality.people.queries import staff_who_may
from quality.people.sign_in import current_person

blueprint = Blueprint("audits", __name__)


def audit_or_404(reference: str) -> Audit:
    """The audit of this reference; a page that is not there when it is not this person's to see."""
    audit = queries.find_audit(reference, current_person())
    if audit is None:
        abort(404)
    return audit


def colleagues() -> list[Person]:
    """Everybody at this person's council who can lead an audit or visit."""
    return staff_who_may(Permission.RECORD_AUDITS, current_person().local_authority_id)
