"""A letter of each kind about one audit, from the plain facts of the case."""

from __future__ import annotations

from datetime import date, timedelta

from quality.core.calendar import add_working_days, is_working_day
from quality.letters.after import due_findings, outcome, plan_reminder
from quality.letters.case import Case, Outcome
from quality.letters.kinds import LetterKind
from quality.letters.letter import Letter, Part
from quality.letters.wording import document_request, draft_cover, notification

__all__ = ["letter_of", "usual_day"]

# How long a provider usually has: to send documents and to say how far they are; to check a draft. CQC gives ten
# working days for factual accuracy. The officer may set another day.
SEND_WORKING_DAYS = 5
CHECK_WORKING_DAYS = 10
_ABOUT_A_REPORT = (LetterKind.OUTCOME, LetterKind.PLAN_REMINDER)


def usual_day(kind: LetterKind, case: Case, found: Outcome | None, today: date) -> date:
    """The day by which a letter asks for an answer unless the officer sets another."""
    if kind is LetterKind.DOCUMENT_REQUEST and case.planned_to >= today and not case.visited_on:
        return _working_day_before(case.planned_from, not_before=today)
    if kind is LetterKind.PLAN_REMINDER and found:
        coming = [one.by_when for _, one in due_findings(found.report) if one.by_when and one.by_when > today]
        if coming:
            return coming[0]
    days = CHECK_WORKING_DAYS if kind is LetterKind.DRAFT_COVER else SEND_WORKING_DAYS
    return add_working_days(today, days)


def letter_of(kind: LetterKind, case: Case, found: Outcome | None, *, on: date, by: date) -> Letter:
    """The letter, of the day `on`; `by` is the day by which it asks for an answer, where it does.

    What is about an issued report goes to the provider it was issued to, whoever runs the service now.
    """
    told = found.report.service.provider_name if found and kind in _ABOUT_A_REPORT else case.provider_name
    subject, parts = _said(kind, case, found, on, by)
    return Letter(
        title=f"{kind.words}: {case.service_name}",
        subject=subject,
        reference=case.reference,
        written_on=on,
        council=case.council,
        to=("The registered manager", case.service_name, *case.address),
        greeting=f"To the registered manager and to {told}, the registered provider",
        parts=parts,
        signatory=case.lead,
        enclosed=_enclosed(kind, case, found),
    )


def _said(
    kind: LetterKind, case: Case, found: Outcome | None, on: date, by: date
) -> tuple[str, tuple[Part, ...]]:
    name = case.service_name
    if kind is LetterKind.NOTIFICATION:
        return f"Our audit of {name}", notification(case)
    if kind is LetterKind.DOCUMENT_REQUEST:
        return f"Documents for our audit of {name}", document_request(case, by)
    if kind is LetterKind.DRAFT_COVER:
        return f"Draft report about {name}: please check its facts", draft_cover(case, by)
    if found is None:
        raise ValueError(f"There is no issued report of {case.reference} to write about.")
    if kind is LetterKind.OUTCOME:
        return f"Report of our audit of {name}", outcome(case, found.report)
    return f"What is due after our audit of {name}", plan_reminder(case, found.report, on=on, by=by)


def _enclosed(kind: LetterKind, case: Case, found: Outcome | None) -> tuple[str, ...]:
    if kind is LetterKind.DRAFT_COVER:
        return (f"Draft of the report of audit {case.reference}",)
    return (f"Report {found.report.number}",) if kind is LetterKind.OUTCOME and found else ()


def _working_day_before(day: date, not_before: date) -> date:
    before = day - timedelta(days=1)
    while before > not_before and not is_working_day(before):
        before -= timedelta(days=1)
    return max(before, not_before)
