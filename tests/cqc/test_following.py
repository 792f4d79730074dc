"""A file that is followed along an earlier one gives out what differs, and passes over only what is as it was."""

from __future__ import annotations

from array import array
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from quality.cqc.following import Following, Remembered, digest_of

# A row is its service and what it says; the rows of a service follow each other.
Row = tuple[int, int]


def text(row: Row) -> str:
    """The row as it stands in a file."""
    return f"{row[0]}: {row[1]}"


def remembered(rows: list[Row], touched: frozenset[int] = frozenset()) -> Remembered:
    """These rows as an earlier file's."""
    runs = [len(list(run)) for _, run in groupby(rows, key=lambda row: row[0])]
    return Remembered(array("H", runs), array("Q", map(digest_of, map(text, rows))), {}, touched)


def followed(before: Remembered, rows: list[Row]) -> tuple[list[str], list[tuple[int, int]]]:
    """The rows that are given out, and the runs that are passed over with their numbers of rows."""
    steps = list(Following(before).steps(map(text, rows)))
    return (
        [what for what, _ in steps if isinstance(what, str)],
        [(what, count) for what, count in steps if isinstance(what, int)],
    )


MONTH = [(service, fact) for service in range(20) for fact in range(3)]


def test_a_file_that_is_as_it_was_is_passed_over_whole() -> None:
    assert followed(remembered(MONTH), MONTH) == ([], [(run, 3) for run in range(20)])


def test_a_changed_row_gives_out_its_service_and_those_beside_it() -> None:
    rows = [(7, 99) if row == (7, 1) else row for row in MONTH]
    given_out, passed = followed(remembered(MONTH), rows)
    assert given_out == [text(row) for row in rows if row[0] == 7]
    assert [run for run, _ in passed] == [run for run in range(20) if run != 7]


def test_a_new_row_between_two_services_could_be_of_either() -> None:
    rows = [*MONTH[:24], (7, 50), *MONTH[24:]]
    given_out, _ = followed(remembered(MONTH), rows)
    assert given_out == [text(row) for row in rows if row[0] in (7, 8)]


def test_a_service_that_lost_a_row_is_given_out() -> None:
    given_out, _ = followed(remembered(MONTH), [row for row in MONTH if row != (7, 2)])
    assert given_out == [text((7, 0)), text((7, 1))]


def test_what_another_edition_touched_is_given_out_though_it_is_as_it_was() -> None:
    given_out, passed = followed(remembered(MONTH, frozenset({3})), MONTH)
    assert given_out == [text((3, fact)) for fact in range(3)]
    assert len(passed) == 19


def test_many_services_that_are_gone_at_once_do_not_lose_the_place() -> None:
    before = [(service, fact) for service in range(2_000) for fact in range(3)]
    given_out, passed = followed(remembered(before), before[3_000:])
    assert len(given_out) + sum(count for _, count in passed) == 3_000
    assert len(given_out) < 30


services = st.lists(st.integers(0, 12), unique=True, max_size=12)
facts = st.lists(st.integers(0, 3), min_size=1, max_size=4)


@st.composite
def months(draw: st.DrawFn) -> list[Row]:
    """The rows of some services, in any order and with any facts."""
    return [(service, fact) for service in draw(services) for fact in draw(facts)]


@settings(max_examples=300, deadline=None)
@given(before=months(), rows=months())
def test_every_row_is_given_out_or_passed_and_only_whole_services_that_are_as_they_were(
    before: list[Row], rows: list[Row]
) -> None:
    runs = [list(run) for _, run in groupby(before, key=lambda row: row[0])]
    expected = list(rows)
    for what, count in Following(remembered(before)).steps(map(text, rows)):
        if isinstance(what, str):
            assert what == text(expected.pop(0))
        else:
            assert [expected.pop(0) for _ in range(count)] == runs[what]
            whose = runs[what][0][0]
            assert [row for row in rows if row[0] == whose] == runs[what]
    assert expected == []
