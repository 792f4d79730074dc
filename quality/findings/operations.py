"""What people write to an audit: answers, the decision between two texts, findings, and sending it for review.

Every function locks the audit first, so that two people who write at once write one after the other.
"""

from __future__ import annotations

from quality.audits.lifecycle import MoveName
from quality.audits.models import Audit
from quality.audits.operations import lock_for_move, move
from quality.core.errors import Refused
from quality.core.pages import plural
from quality.findings.answering import Conflict, Keep, SaveResult, save_answers, settle_held
from quality.findings.readiness import problems
from quality.findings.writing import add_finding, change_finding, remove_finding
from quality.people.models import Person

__all__ = [
    "Conflict",
    "Keep",
    "SaveResult",
    "add_finding",
    "change_finding",
    "remove_finding",
    "save_answers",
    "send_for_review",
    "settle_held",
]


def send_for_review(audit_id: int, *, by: Person, version: int) -> Audit:
    """Send a complete audit to a manager who took no part in it.

    Raises Refused while anything stands in the way, and what lock_for_move raises.
    """
    audit = lock_for_move(audit_id, MoveName.SEND_FOR_REVIEW, by=by, version=version)
    found = problems(audit)
    if found:
        first = " ".join(problem.sentence for problem in found[:3])
        raise Refused(
            f"{plural(len(found), 'thing')} must be put right before this audit can be sent. {first}"
        )
    return move(audit_id, MoveName.SEND_FOR_REVIEW, by=by, version=version)
