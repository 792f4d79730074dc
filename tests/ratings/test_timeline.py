"""A service's ratings in order, across owners and frameworks, with breaks where they are not comparable."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from quality.cqc import RatingWord
from quality.ratings.frameworks.operations import ensure_seeded
from quality.ratings.story import RatedService, rated_service
from quality.ratings.timeline import Break, Timeline, Told
from quality.services.known import known_service, relations_of
from quality.services.models import Service, ServiceLink
from tests.builders.register import a_rating, change
from tests.builders.services import a_service
from tests.builders.through_time import (
    GOOD,
    INADEQUATE,
    NOT_RATED,
    POOR,
    a_place_rated_by_service,
    a_story,
    editions_of,
    rates,
)
from tests.databases import Database


def rated(service: Service, day: date | None = None) -> RatedService:
    known = known_service(service, day)
    assert known is not None
    return rated_service(known, relations_of(service, day), day)


def timeline(service: Service, day: date | None = None) -> Timeline:
    found = rated(service, day).timeline
    assert found is not None
    return found


def rows(found: Timeline) -> list[str]:
    """The rows of the whole service's table: a rating by its year and overall word, a break by its heading."""
    return [
        f"{row.on.year} {row.ratings['Overall'].word.words}" if isinstance(row, Told) else row.heading
        for row in found.groups[0].rows
    ]


def test_ratings_stand_newest_first_with_the_breaks_between_them(session: Database) -> None:
    found = timeline(a_story(session).service)
    assert rows(found) == [
        "2024 Good",
        "Compare with caution",
        "2022 Inadequate",
        "Compare with caution",
        "Another registration",
        "2015 Good",
    ]
    assert [one.number for one in found.breaks] == [1, 2, 3]


def test_what_parts_all_key_questions_alike_is_one_break(session: Database) -> None:
    found = timeline(a_story(session).service)
    new_framework = found.breaks[-1]
    assert new_framework.parting == (date(2022, 4, 5), date(2024, 6, 5))
    assert "quality statements" in new_framework.reason
    assert new_framework.source


def test_a_change_of_owner_is_a_break_that_names_the_owner_before(session: Database) -> None:
    story = a_story(session)
    (sold,) = [one for one in timeline(story.service).breaks if one.heading == "Another registration"]
    assert sold.parting == (date(2019, 4, 1), date(2019, 4, 1))
    assert "Since 1 April 2019" in sold.reason
    assert "Old Larkfield Partners" in sold.reason
    assert "CQC’s reason: New Provider." in sold.reason


def test_an_inherited_rating_stands_once_and_as_the_earlier_owners(session: Database) -> None:
    found = timeline(a_story(session).service)
    earliest = found.chart.marks[0]
    assert earliest.is_former
    assert len([mark for mark in found.chart.marks if mark.x == earliest.x]) == 6


def test_the_story_goes_on_after_a_service_was_sold(session: Database) -> None:
    found = timeline(a_story(session).before)
    assert rows(found)[0] == "2024 Good"
    assert rows(found)[-1] == "2015 Good"
    newest = found.groups[0].rows[0]
    assert isinstance(newest, Told)
    assert newest.registration == "Larkfield House"


def test_as_at_a_past_day_nothing_is_told_that_came_later(session: Database) -> None:
    service = a_story(session).service
    assert rows(timeline(service, date(2022, 6, 1)))[0] == "2022 Inadequate"
    assert rows(timeline(service, date(2020, 1, 1))) == ["Another registration", "2015 Good"]
    assert {rating.word for rating in rated(service, date(2020, 1, 1)).holding} == {GOOD}
    assert all(rating.inherited for rating in rated(service, date(2020, 1, 1)).holding)


def test_a_change_of_owner_without_a_day_lies_between_the_ratings_of_both(session: Database) -> None:
    story = a_story(session)
    change(session, story.service, registered_on=None)
    (sold,) = [one for one in timeline(story.service).breaks if one.heading == "Another registration"]
    assert sold.parting == (date(2015, 11, 12), date(2022, 4, 5))
    assert sold.reason.startswith("This is a registration of its own.")


def test_no_line_is_drawn_through_several_earlier_services(session: Database) -> None:
    story = a_story(session)
    other = a_service(session, edition=story.editions[0])
    a_rating(session, other, POOR, story.editions[0])
    link = ServiceLink(service_id=story.service.id, kind="predecessor", other_cqc_id=other.cqc_id)
    link.from_edition_id = story.editions[1].id
    session.add(link)
    session.flush()
    found = timeline(story.service)
    assert "Another registration" not in rows(found)
    assert all("Requires improvement" not in row for row in rows(found))
    assert len(relations_of(story.service, None)) == 2


def test_where_the_whole_is_rated_no_longer_the_break_says_why(session: Database) -> None:
    found = timeline(a_place_rated_by_service(session))
    assert [group.name for group in found.groups] == ["Overall", "Homecare", "Supported living"]
    (only,) = found.breaks
    assert only.heading == "Not comparable"
    assert "single kind of service" in only.reason
    assert rows(found) == ["2024 Not rated", "Not comparable", "2018 Good"]
    assert not [row for row in found.groups[1].rows if isinstance(row, Break)]


def test_where_the_whole_was_rated_no_longer_within_the_framework_of_2014_the_break_says_why(
    session: Database,
) -> None:
    ensure_seeded()
    first, second = editions_of(session, date(2018, 9, 1), date(2022, 7, 1))
    service = a_service(session, edition=first)
    rates(session, service, GOOD, date(2018, 8, 8), first, to=second)
    rates(session, service, NOT_RATED, None, second)
    rates(session, service, POOR, date(2021, 3, 4), second, service_group="Homecare")
    (only,) = timeline(service).breaks
    assert only.heading == "Not comparable"
    assert "The earlier rating was of the whole place" in only.reason
    assert only.source


def test_where_kinds_of_service_were_rated_all_along_nothing_was_split(session: Database) -> None:
    first, second = editions_of(session, date(2018, 9, 1), date(2024, 7, 1))
    service = a_service(session, edition=first)
    for group in ("Overall", "Homecare"):
        rates(session, service, GOOD, date(2018, 8, 8), first, to=second, service_group=group)
    rates(session, service, NOT_RATED, None, second)
    assert timeline(service).breaks == []


def test_a_place_with_one_kind_of_service_is_told_once(session: Database) -> None:
    (edition,) = editions_of(session, date(2020, 1, 1))
    service = a_service(session, edition=edition)
    for group in ("Overall", "Care Homes"):
        rates(session, service, GOOD, date(2019, 12, 1), edition, service_group=group)
    rates(session, service, POOR, date(2019, 12, 1), edition, service_group="Homecare")
    found = timeline(service)
    assert [group.name for group in found.groups] == ["Overall", "Homecare"]
    assert found.alike == ["Care Homes"]
    assert "Care Homes" not in [" ".join(name.lines) for name in found.chart.names]


def test_what_has_no_date_stands_at_the_day_it_was_first_told(session: Database) -> None:
    found = timeline(a_place_rated_by_service(session))
    newest = found.groups[0].rows[0]
    assert isinstance(newest, Told)
    assert newest.ratings["Overall"].word is NOT_RATED
    assert (newest.on, newest.is_dated) == (date(2024, 7, 1), False)


def test_a_focused_inspection_has_only_what_it_rated_anew(session: Database) -> None:
    first, second = editions_of(session, date(2020, 1, 1), date(2021, 1, 1))
    service = a_service(session, edition=first)
    rates(session, service, GOOD, date(2019, 12, 1), first, to=second)
    a_rating(session, service, POOR, second, domain="Safe")
    newest = timeline(service).groups[0].rows[0]
    assert isinstance(newest, Told)
    assert set(newest.ratings) == {"Safe"}


def test_a_service_never_rated_has_no_timeline(session: Database) -> None:
    service = a_service(session, edition=editions_of(session, date(2020, 1, 1))[0])
    assert rated(service).timeline is None
    assert rated(service).overall is None


@pytest.mark.parametrize(
    ("overall", "flags"), [(GOOD, ["would normally give Requires improvement"]), (POOR, [])]
)
def test_a_rating_that_cqcs_own_rules_would_not_give_is_flagged(
    session: Database, overall: RatingWord, flags: list[str]
) -> None:
    (edition,) = editions_of(session, date(2020, 1, 1))
    service = a_service(session, edition=edition)
    rates(session, service, (overall, POOR, POOR, GOOD, GOOD, GOOD), date(2019, 12, 1), edition)
    found = rated(service).flags
    assert len(found) == len(flags)
    assert all(words in flag for words, flag in zip(flags, found, strict=True))


def test_the_chart_is_told_in_words(session: Database) -> None:
    words = timeline(a_story(session).service).words
    assert "The service as a whole: Good on 12 November 2015, then Inadequate on 5 April 2022" in words
    assert "Breaks: 1, another registration" in words


def test_the_timeline_takes_three_queries_however_long_it_is(session: Database) -> None:
    service = a_story(session).service
    known = known_service(service, None)
    relations = relations_of(service, None)
    session.flush()
    statements: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert known is not None
        rated_service(known, relations, None)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(statements) <= 3, statements
    assert INADEQUATE in {rating.word for rating in rated(service, date(2022, 6, 1)).holding}
