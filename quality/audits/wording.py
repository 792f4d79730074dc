"""Deadlines, and reasons for an audit, in words."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from quality.audits.models import Audit
from quality.core.calendar import is_working_day
from quality.core.pages import plural


def is_overdue(due_on: date | None, today: date) -> bool:
    """True once the day something is due is past."""
    return due_on is not None and due_on < today


@lru_cache(maxsize=4096)
def due_in_words(due_on: date | None, today: date) -> str:
    """A deadline as people say it: due today, due in 2 working days, 3 days overdue. Empty when nothing is due."""
    if due_on is None:
        return ""
    if due_on < today:
        return f"{plural((today - due_on).days, 'day')} overdue"
    if due_on == today:
        return "due today"
    days = (today + timedelta(days=one) for one in range(1, (due_on - today).days + 1))
    left = sum(is_working_day(one) for one in days)
    # A planned visit may be due on a Sunday.
    return f"due in {plural(left, 'working day')}" if left else "due before the next working day"


def reason_words(audit: Audit) -> str:
    """Why the service was chosen, with the sentence about it: "Concern or safeguarding: two alerts in May"."""
    return ": ".join(
        part for part in (audit.chosen_because.words, audit.chosen_note.removesuffix(".")) if part
    )
