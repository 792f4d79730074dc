"""How ratings are read: in CQC's order, as they stand, and how old they are."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from quality.cqc import DOMAINS, RatingWord
from quality.ratings.models import Rating
from quality.ratings.queries import Standing, current_ratings, overall_of, overall_of_all, ratings_standing
from quality.services.models import Service
from tests.builders.cqc_files import LARKFIELD
from tests.builders.registers import load_rows
from tests.builders.services import a_service, rated
from tests.databases import Database

NOT_RATED = {"Latest Rating": "Not Rated", "Publication Date": ""}


def test_groups_come_overall_first_and_domains_in_cqcs_order(session: Database) -> None:
    names = ("Supported Living", "Homecare", "Overall")
    load_rows(
        [{"Service / Population Group": name, "Domain": domain} for name in names for domain in DOMAINS[::-1]]
    )
    groups = current_ratings(session.query(Service.id).scalar())
    assert [group.name for group in groups] == ["Overall", "Homecare", "Supported Living"]
    assert [group.is_overall for group in groups] == [True, False, False]
    assert all([rating.domain for rating in group.ratings] == list(DOMAINS) for group in groups)


def test_a_rating_that_was_replaced_is_not_current(session: Database) -> None:
    service = a_service(session)
    rated(session, service, "Good", date(2020, 1, 1))
    rated(session, service, "Inadequate", date(2024, 1, 1))
    (group,) = current_ratings(service.id)
    assert [rating.word for rating in group.ratings] == [RatingWord.INADEQUATE]


def test_overall_is_the_rating_of_the_whole_service(session: Database) -> None:
    service = rated(session, a_service(session), "Outstanding", date(2023, 5, 4))
    assert overall_of(service.id) == Standing(RatingWord.OUTSTANDING, date(2023, 5, 4))


def test_a_service_rated_by_service_has_its_groups_ratings(session: Database) -> None:
    service = rated(session, a_service(session), "Not Rated")
    rated(session, service, "Good", date(2024, 12, 13), group="Homecare")
    rated(session, service, "Inadequate", date(2024, 12, 13), group="Homecare", domain="Safe")
    standing = overall_of(service.id)
    assert standing.word is RatingWord.NOT_RATED
    assert standing.is_by_service
    assert [(one.service_group, one.word) for one in standing.by_group] == [("Homecare", RatingWord.GOOD)]


def test_a_service_with_no_rating_stands_without_one(session: Database) -> None:
    assert overall_of(a_service(session).id) == Standing()


def test_a_service_rated_only_in_its_groups_is_rated_by_service(session: Database) -> None:
    service = rated(session, a_service(session), "Good", date(2020, 1, 1), group="Care Homes")
    assert overall_of(service.id).is_by_service


def test_many_services_take_one_query(session: Database) -> None:
    services = [rated(session, a_service(session), "Good", date(2020, 1, 1)) for _ in range(6)]
    session.commit()
    numbers = [service.id for service in services]
    statements: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        found = overall_of_all(numbers)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(found) == 6
    assert len([one for one in statements if one.startswith("SELECT")]) == 1


def test_ratings_standing_on_a_day_leave_out_what_was_published_after_it(session: Database) -> None:
    rows = [
        {"Domain": "Overall", **NOT_RATED},
        {"Domain": "Safe", "Publication Date": "01/06/2024"},
        {"Domain": "Caring", "Publication Date": "02/06/2024"},
    ]
    load_rows([{**LARKFIELD, **row} for row in rows])
    service_id = session.query(Service.id).scalar()
    standing = ratings_standing(service_id, date(2024, 6, 1))
    assert [rating.domain for rating in standing] == ["Overall", "Safe"]


@pytest.mark.parametrize(
    ("published", "day", "words"),
    [
        (date(2020, 3, 14), date(2020, 4, 13), "less than a month"),
        (date(2020, 3, 14), date(2020, 4, 14), "1 month"),
        (date(2020, 3, 14), date(2021, 3, 13), "11 months"),
        (date(2020, 3, 14), date(2021, 3, 14), "1 year"),
        (date(2020, 3, 14), date(2025, 5, 20), "5 years and 2 months"),
        (None, date(2025, 5, 20), ""),
    ],
)
def test_the_age_of_a_rating_in_words(published: date | None, day: date, words: str) -> None:
    assert Rating(published_on=published).age_on(day) == words


def test_every_word_that_is_no_rating_has_its_reason() -> None:
    for word in RatingWord:
        assert bool(Rating(word=word).why_not_rated) is not word.is_rating
