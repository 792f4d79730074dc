"""Dates, lists and long texts as they are written in what we issue."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.printing.wording import counted, days_in_words, direction, in_words, listed, paragraphs


def test_dates_are_written_out() -> None:
    assert in_words(date(2026, 5, 4)) == "4 May 2026"
    assert in_words(datetime(2026, 5, 4, 14, 5)) == "4 May 2026 at 2:05pm"  # noqa: DTZ001  # Its own clock is shown.
    assert in_words(datetime(2026, 5, 4, 0, 30)) == "4 May 2026 at 12:30am"  # noqa: DTZ001
    assert in_words(datetime(2026, 5, 4, 12, 0)) == "4 May 2026 at 12:00pm"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([date(2026, 5, 12)], "12 May 2026"),
        ([date(2026, 5, 13), date(2026, 5, 12), date(2026, 5, 12)], "12 and 13 May 2026"),
        ([date(2026, 4, 30), date(2026, 5, 4), date(2026, 5, 5)], "30 April, 4 and 5 May 2026"),
        ([date(2025, 12, 31), date(2026, 1, 2)], "31 December 2025 and 2 January 2026"),
        ([], ""),
    ],
)
def test_days_do_not_repeat_their_month(days: list[date], words: str) -> None:
    assert days_in_words(days) == words


def test_lists_end_in_and() -> None:
    assert [listed([]), listed("A"), listed("AB"), listed("ABC")] == ["", "A", "A and B", "A, B and C"]


def test_nouns_follow_their_number() -> None:
    counts = [counted(number, "record", "records") for number in (0, 1, 1200)]
    assert counts == ["0 records", "1 record", "1,200 records"]


def test_paragraphs_stand_between_blank_lines() -> None:
    assert paragraphs("One\r\nstill one\r\n \t\r\n\r\nTwo\n") == ["One\nstill one", "Two"]
    assert paragraphs(" \n\n ") == []


@given(st.text())
def test_no_letter_is_lost_between_paragraphs(text: str) -> None:
    assert "".join("".join(paragraphs(text)).split()) == "".join(text.split())


def test_a_text_runs_the_way_its_first_letter_does() -> None:
    assert direction("12: مرحبا Larkfield") == "rtl"
    assert direction("Larkfield שלום") == "ltr"
    assert direction("12 – 13") == "ltr"
