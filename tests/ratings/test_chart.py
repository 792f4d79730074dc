"""The geometry of the timeline chart: everything has a place, and no text stands on another."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.cqc import RatingWord
from quality.ratings.chart import LEVELS, draw, scale_of
from quality.ratings.chart_parts import LEFT, RIGHT, WIDTH, Chart, Given, Lane, Mark, Parting, Text

TODAY = date(2026, 11, 22)
GOOD, POOR, UNRATED = RatingWord.GOOD, RatingWord.INADEQUATE, RatingWord.NOT_RATED
days = st.dates(date(2009, 1, 1), TODAY)
ratings = st.lists(st.builds(Given, days, st.sampled_from(RatingWord), st.booleans()), max_size=14).map(
    lambda given: sorted(given, key=lambda one: one.on)
)
partings = st.lists(st.tuples(days, days).map(lambda two: Parting(*sorted(two))), max_size=4)


def whole(*given: Given) -> Lane:
    return Lane("The service as a whole", given)


def covered(label: Text) -> tuple[float, float, float, float]:
    """What a label covers, by the widths of Arial's letters at a size of 16."""
    width = sum(12.5 if one in "GORSmw" else 5.4 if one in "Iijltfr ," else 8.9 for one in label.words)
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - 12, left + width, label.y + 3


def meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@given(ratings, ratings, partings)
def test_no_label_stands_on_another_or_on_a_mark_or_outside_the_chart(
    main: list[Given], other: list[Given], breaks: list[Parting]
) -> None:
    chart = draw(whole(*main), [Lane("Safe", other)], breaks, TODAY)
    labels = [covered(mark.label) for mark in chart.marks if mark.label]
    marks = [(mark.x - 9, mark.y - 9, mark.x + 9, mark.y + 9) for mark in chart.marks]
    assert not any(meet(one, another) for one, another in combinations(labels, 2))
    assert not any(meet(label, mark) for label in labels for mark in marks)
    assert all(
        left >= LEFT and right <= WIDTH and bottom <= chart.height for left, _, right, bottom in labels
    )
    assert not any(left < flag.x < right for left, _, right, _ in labels for flag in chart.flags)


@given(ratings, partings)
def test_every_rating_and_every_break_is_drawn_in_order_of_time_and_inside(
    main: list[Given], breaks: list[Parting]
) -> None:
    chart = draw(whole(*main), [], breaks, TODAY)
    assert [mark.word for mark in sorted(chart.marks, key=lambda mark: mark.x)] or not main
    assert len(chart.marks) == len(main)
    assert all(LEFT <= mark.x <= RIGHT and 0 < mark.y < chart.height for mark in chart.marks)
    assert [flag.number for flag in chart.flags] == list(range(1, len(breaks) + 1))
    assert all(LEFT <= flag.x <= RIGHT and flag.y < chart.top for flag in chart.flags)
    for one, another in combinations(chart.flags, 2):
        assert one.y != another.y or abs(one.x - another.x) >= 24


@given(st.lists(days, min_size=1, max_size=20))
def test_later_days_stand_further_right_and_years_keep_room_for_their_numbers(found: list[date]) -> None:
    scale = scale_of(found, TODAY)
    places = [scale.x(day) for day in sorted(found)]
    assert places == sorted(places)
    assert scale.x(TODAY) == RIGHT
    ticks = scale.ticks()
    assert ticks
    assert all(after.x - before.x >= 50 for before, after in pairwise(ticks))


def marks_of(chart: Chart, word: RatingWord) -> list[Mark]:
    return [mark for mark in chart.marks if mark.word is word]


def test_a_better_rating_stands_higher_and_what_is_no_rating_lowest() -> None:
    given = [Given(date(2015 + place, 1, 1), word) for place, word in enumerate((*LEVELS, UNRATED))]
    heights = [mark.y for mark in draw(whole(*given), [], [], TODAY).marks]
    assert heights == sorted(set(heights))


def test_a_level_for_what_is_no_rating_is_there_only_when_needed() -> None:
    assert len(draw(whole(Given(date(2020, 1, 1), GOOD)), [], [], TODAY).levels) == 4
    assert len(draw(whole(Given(date(2020, 1, 1), UNRATED)), [], [], TODAY).levels) == 5


def test_a_rating_says_its_word_and_month_where_there_is_room() -> None:
    (mark,) = draw(whole(Given(date(2019, 3, 14), GOOD)), [], [], TODAY).marks
    assert mark.label is not None
    assert mark.label.words == "Good, Mar 2019"


def test_where_ratings_crowd_the_newest_keeps_its_label() -> None:
    crowd = [Given(TODAY - timedelta(days=n), GOOD) for n in range(60, 0, -1)]
    newest = draw(whole(Given(date(2010, 1, 1), POOR), *crowd), [], [], TODAY).marks[-1]
    assert newest.label is not None


def test_a_line_leads_from_one_level_to_another_and_not_across_a_break() -> None:
    two = whole(Given(date(2019, 3, 14), GOOD), Given(date(2024, 6, 5), POOR))
    parting = Parting(date(2019, 3, 14), date(2024, 6, 5))

    def upright(breaks: list[Parting]) -> int:
        return sum(line.x1 == line.x2 for line in draw(two, [], breaks, TODAY).lines)

    assert upright([]) == 1
    assert upright([parting]) == 0


def test_no_line_leads_to_or_from_what_is_no_rating() -> None:
    given = (Given(date(2018, 4, 1), POOR), Given(date(2018, 8, 1), UNRATED), Given(date(2019, 1, 1), GOOD))
    assert not [line for line in draw(whole(*given), [], [], TODAY).lines if line.x1 == line.x2]


def test_a_line_is_open_on_both_sides_of_a_break() -> None:
    one = whole(Given(date(2019, 3, 14), GOOD))
    changed = date(2022, 4, 1)
    chart = draw(one, [], [Parting(changed, changed)], TODAY)
    left, right = chart.lines
    assert left.x2 < chart.flags[0].x < right.x1
    assert (left.x1, right.x2) == (chart.marks[0].x, RIGHT)


def test_a_line_says_under_which_registration_it_runs() -> None:
    two = whole(Given(date(2019, 3, 14), GOOD, is_former=True), Given(date(2024, 6, 5), GOOD))
    assert [line.is_former for line in draw(two, [], [], TODAY).lines] == [True, False]


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ((2019, 2024), (2021, 2025), Parting(date(2021, 1, 1), date(2024, 1, 1))),
        ((2019, 2020), (2021, 2022), None),
        ((2019, 2020), (2020, 2022), None),
        ((2020, 2020), (2020, 2020), Parting(date(2020, 1, 1), date(2020, 1, 1))),
    ],
)
def test_two_breaks_are_one_where_one_line_can_stand_for_both(
    one: tuple[int, int], other: tuple[int, int], both: Parting | None
) -> None:
    first, second = (Parting(*(date(year, 1, 1) for year in years)) for years in (one, other))
    assert first.together(second) == second.together(first) == both


def test_a_long_name_takes_two_lines() -> None:
    name = "Community based services for people with a learning disability or who are autistic"
    (shown,) = draw(whole(), [Lane(name, ())], [], TODAY).names
    assert len(shown.lines) == 2
    assert shown.lines[1].endswith("…")


def test_a_chart_of_this_years_ratings_only_has_years_to_go_by() -> None:
    chart = draw(whole(Given(date(2026, 11, 1), GOOD)), [], [], TODAY)
    assert [tick.year for tick in chart.ticks] == [2025, 2026]
