"""Deadlines in words."""

from __future__ import annotations

from datetime import date

import pytest

from quality.audits.wording import due_in_words

# The Thursday before Easter; Good Friday and Easter Monday are bank holidays.
MAUNDY_THURSDAY = date(2026, 4, 2)


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (None, ""),
        (date(2026, 4, 2), "due today"),
        (date(2026, 4, 1), "1 day overdue"),
        (date(2026, 3, 30), "3 days overdue"),
        (date(2026, 4, 3), "due before the next working day"),
        (date(2026, 4, 6), "due before the next working day"),
        (date(2026, 4, 7), "due in 1 working day"),
        (date(2026, 4, 8), "due in 2 working days"),
        (date(2026, 4, 17), "due in 9 working days"),
    ],
)
def test_a_deadline_is_told_in_working_days_and_being_late_in_days(due_on: date | None, words: str) -> None:
    assert due_in_words(due_on, MAUNDY_THURSDAY) == words
