"""The page of one audit: where it stands, what is left to do, and everything that happened."""

from __future__ import annotations

from itertools import groupby

from flask import render_template

from quality.audits import policies, queries
from quality.audits.lifecycle import BY_NAME, MoveName, State
from quality.audits.models import Audit
from quality.audits.views.common import audit_or_404, blueprint
from quality.audits.views.moves import MADE_ELSEWHERE
from quality.audits.wording import due_in_words, is_overdue
from quality.core.clock import today
from quality.core.gate import needs
from quality.core.jobs import newest_job
from quality.findings.queries import progress
from quality.history.kinds import Kind
from quality.history.queries import timeline
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.photographs.queries import photographs_of
from quality.reports.queries import report_of

# What gives the one who writes an audit something to deal with, in the words of its reason.
_SENT_BACK = {Kind.AUDIT_RETURNED, Kind.CORRECTION_BEGUN}


@blueprint.get("/audits/<reference>")
@needs(Permission.READ_AUDITS)
def show(reference: str) -> str:
    """The page of one audit."""
    audit, person = audit_or_404(reference), current_person()
    entries = timeline("audit", audit.id)
    moves = queries.available_moves(audit, person)
    return render_template(
        "audits/show.html",
        audit=audit,
        due=due_in_words(audit.due_on, today()),
        late=is_overdue(audit.due_on, today()),
        returned=next((one for one in entries if one.kind in _SENT_BACK), None) if audit.reason else None,
        # Before the visit there is nothing to record yet.
        begun=audit.ratings_as_at is not None,
        domains=[
            (title, list(inside)) for title, inside in groupby(progress(audit), lambda one: one.domain_title)
        ],
        visits=queries.visits_of(audit),
        photographs=photographs_of(audit),
        pinned=queries.pinned_ratings(audit),
        rated_since=queries.rated_since(audit),
        moves=[one for one in moves if one.name not in MADE_ELSEWHERE],
        can_record=policies.can_record(audit, person),
        can_change_plan=policies.can_change_plan(audit, person),
        can_send=policies.can_move(audit, BY_NAME[MoveName.SEND_FOR_REVIEW], person),
        can_review=person.may(Permission.REVIEW_AUDITS) and audit.state is State.IN_REVIEW,
        why_not_approve=policies.why_not(audit, BY_NAME[MoveName.APPROVE], person),
        entries=entries,
        **_report_of(audit),
    )


def _report_of(audit: Audit) -> dict[str, object]:
    """What became of the report of an approved audit: itself, or how far the job is that draws it up."""
    report = report_of(audit) if audit.state is State.PUBLISHED else None
    is_awaited = audit.state is State.PUBLISHED and not (report and report.issued_at)
    job = newest_job("reports.issue", key_begins=f"audit-{audit.id}-") if is_awaited else None
    return {"report": report, "job": job, "waiting": is_awaited and not (job and job.gave_up_at)}
