"""Editions come in any order; what held on a day does not depend on it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quality.services.weaving import Mark, Segment, woven

FIRST = date(2020, 1, 1)
DAYS = [FIRST + timedelta(days=30 * month) for month in range(6)]
# One statement for each of some days, each a value or that there was nothing, in the order in which they are loaded.
STATEMENTS = st.lists(
    st.tuples(st.sampled_from(DAYS), st.sampled_from(["Good", "Outstanding", None])),
    unique_by=lambda one: one[0],
    max_size=6,
).flatmap(st.permutations)


def loaded(statements: list[tuple[date, str | None]]) -> list[Segment[str]]:
    """The segments after the statements were loaded in this order, each by an edition that speaks of the thing."""
    segments: list[Segment[str]] = []
    marks: list[Mark] = []
    for number, (day, value) in enumerate(statements, 1):
        at = Mark(day, number)
        later = min((mark for mark in marks if mark.day > day), key=lambda mark: mark.day, default=None)
        segments = woven(segments, value, at, later)
        marks.append(at)
    return segments


def held_on(segments: list[Segment[str]], day: date) -> list[str]:
    """What holds on a day."""
    return [one.value for one in segments if one.holds_on(day)]


@given(STATEMENTS)
def test_on_any_day_holds_what_the_newest_edition_up_to_it_said(
    statements: list[tuple[date, str | None]],
) -> None:
    segments = loaded(statements)
    for day in (DAYS[0] - timedelta(days=1), *(day + timedelta(days=n) for day in DAYS for n in (0, 15))):
        said = max((one for one in statements if one[0] <= day), default=(day, None), key=lambda one: one[0])
        assert held_on(segments, day) == ([said[1]] if said[1] is not None else [])


@given(STATEMENTS)
def test_no_two_segments_hold_on_one_day_and_each_ends_after_it_begins(
    statements: list[tuple[date, str | None]],
) -> None:
    segments = loaded(statements)
    assert all(one.ends is None or one.ends.day >= one.begins.day for one in segments)
    assert sum(one.ends is None for one in segments) <= 1


@given(STATEMENTS)
def test_what_is_said_again_changes_nothing(statements: list[tuple[date, str | None]]) -> None:
    segments = loaded(statements)
    for number, (day, value) in enumerate(statements, 100):
        again = woven(segments, value, Mark(day, number))
        assert all(one is other for one, other in zip(again, segments, strict=True))


def test_a_second_edition_of_the_same_day_takes_the_place_of_the_first() -> None:
    first = woven([], "Good", Mark(FIRST, 1))
    segments = woven(first, "Outstanding", Mark(FIRST, 2))
    assert held_on(segments, FIRST) == ["Outstanding"]
    assert [one.value for one in segments] == ["Good", "Outstanding"]


def test_an_edition_between_two_others_holds_only_until_the_later_one() -> None:
    january, february, march = (Mark(day, number) for number, day in enumerate(DAYS[:3], 1))
    segments = woven(woven([], "Good", january), "Good", march)
    assert len(segments) == 1
    segments = woven(segments, "Inadequate", february, march)
    assert [(one.value, one.begins, one.ends) for one in segments] == [
        ("Good", january, february),
        ("Inadequate", february, march),
        ("Good", march, None),
    ]
