"""When the ground that an area stands on changed."""

from __future__ import annotations

from datetime import date

import pytest

from quality.market.areas import Area, AreaKind, changes_of
from quality.market.areas.official import with_code

FIRST, LAST = date(2018, 1, 1), date(2026, 1, 1)


@pytest.mark.parametrize(
    ("code", "words", "is_whole"),
    [
        (
            "E10000006",
            "On 1 April 2023 Cumberland (E06000063) and Westmorland and Furness (E06000064) followed Cumbria "
            "(E10000006), on the same ground.",
            True,
        ),
        (
            "E06000063",
            "On 1 April 2023 Cumberland (E06000063) followed Cumbria (E10000006), not on the same ground: what was "
            "counted before is not all that is counted after.",
            False,
        ),
        (
            "E06000066",
            "On 1 April 2023 Somerset (E06000066) followed Somerset (E10000027): another code, and services go by the "
            "same name.",
            True,
        ),
    ],
)
def test_a_change_is_told_with_its_day(code: str, words: str, is_whole: bool) -> None:
    (change,) = changes_of(area_with(code), FIRST, LAST)
    assert (change.words, change.is_whole) == (words, is_whole)


def test_dorset_and_its_neighbour_did_not_keep_their_ground() -> None:
    for code in ("E06000058", "E06000059", "E10000009"):
        (change,) = changes_of(area_with(code), FIRST, LAST)
        assert (change.on, change.is_whole) == (date(2019, 4, 1), False)


def test_a_change_counts_from_the_day_after_the_first_up_to_the_last() -> None:
    somerset, day = area_with("E06000066"), date(2023, 4, 1)
    assert len(changes_of(somerset, date(2023, 3, 31), day)) == 1
    assert changes_of(somerset, day, LAST) == []
    assert changes_of(somerset, FIRST, date(2023, 3, 31)) == []


def test_the_members_of_a_set_bring_their_changes_and_a_region_none() -> None:
    both = Area("similar", "Similar", AreaKind.SET, members=("E06000066", "E06000060", "E10000012"))
    assert [one.on for one in changes_of(both, FIRST, LAST)] == [date(2020, 4, 1), date(2023, 4, 1)]
    for code in ("E12000009", "E92000001", "E10000012", "E07000066"):
        assert changes_of(area_with(code), FIRST, LAST) == []
    assert changes_of(Area("", "Northmere", AreaKind.AUTHORITY), FIRST, LAST) == []


def area_with(code: str) -> Area:
    area = with_code(code)
    assert area is not None
    return area
