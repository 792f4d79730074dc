"""The real files: every row accounted for, and the figures that others have published from the same data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from quality.cqc import RatingWord
from quality.editions.loading import load_file
from quality.editions.result import LoadResult
from quality.ratings.contents import TWO_RATINGS
from quality.ratings.models import OVERALL, Rating
from quality.ratings.queries import current_ratings, overall_of_all
from quality.services.models import LocalAuthority, Service
from quality.services.queries import find_service
from tests.databases import Database

pytestmark = pytest.mark.slow

ENGLAND = "01_February_2021_Latest_ratings_Locations_Domain-Overall.csv.gz"
LINCOLNSHIRE = "2026_Latest_ratings_Locations_Lincolnshire.csv"
SUMMER = date(2026, 7, 31)
SOCIAL_CARE = ("Residential social care", "Community based adult social care services")


def good_of_rated(session: Database, *where: object) -> tuple[int, int]:
    """How many adult social care services are rated Good or Outstanding overall, of how many with one of the four."""
    rated = (
        select(Rating.word, func.count())
        .join(Service)
        .join(Service.local_authority)
        .where(Rating.service_group == OVERALL, Rating.domain == OVERALL, Rating.to_edition_id.is_(None))
        .where(Service.primary_category.in_(SOCIAL_CARE), *where)  # type: ignore[arg-type]
        .group_by(Rating.word)
    )
    found: dict[RatingWord, int] = dict(session.execute(rated).all())
    good = found[RatingWord.GOOD] + found[RatingWord.OUTSTANDING]
    return good, sum(count for word, count in found.items() if word.is_rating)


@pytest.fixture
def england(session: Database, shared_data: Path) -> LoadResult:
    """The file of all England, of February 2021."""
    return load_file(shared_data / "cqc" / ENGLAND)


@pytest.fixture
def lincolnshire(session: Database, shared_data: Path) -> LoadResult:
    """The file of one county, of summer 2026."""
    return load_file(shared_data / "cqc" / LINCOLNSHIRE, as_at=SUMMER)


def test_every_row_of_the_2021_file_is_accounted_for(session: Database, england: LoadResult) -> None:
    assert england.as_at == date(2021, 2, 1)
    assert (england.rows_read, england.stored, england.merged) == (74_184, 74_180, 2)
    assert england.set_aside == {TWO_RATINGS: 2}
    assert (england.effects["services"], england.effects["providers"]) == (31_966, 19_669)
    assert session.scalar(select(func.count(Rating.id))) == 74_180
    assert session.scalar(select(func.count(LocalAuthority.id))) == 151


def test_the_shares_of_february_2021_come_from_the_stored_ratings(
    session: Database, england: LoadResult
) -> None:
    assert good_of_rated(session, LocalAuthority.name == "Essex") == (555, 637)
    assert good_of_rated(session, LocalAuthority.region == "East of England") == (2_214, 2_634)
    assert good_of_rated(session) == (19_532, 23_115)


def test_a_location_that_stands_twice_has_its_newest_rating(session: Database, england: LoadResult) -> None:
    service = find_service("1-7453047569")
    assert service is not None
    assert overall_of_all([service.id])[service.id].published_on == date(2020, 4, 7)


def test_lincolnshire_is_rated_by_service_where_cqc_says_not_rated(
    session: Database, lincolnshire: LoadResult
) -> None:
    assert (lincolnshire.rows_read, lincolnshire.stored, lincolnshire.effects["services"]) == (
        4_159,
        4_159,
        478,
    )
    service = find_service("1-11463954528")
    assert service is not None
    standing = overall_of_all([service.id])[service.id]
    assert standing.word is RatingWord.NOT_RATED
    assert [(one.service_group, one.word, one.published_on) for one in standing.by_group] == [
        ("Homecare", RatingWord.GOOD, date(2024, 12, 13))
    ]
    everywhere = overall_of_all(session.scalars(select(Service.id)).all())
    assert sum(standing.is_by_service for standing in everywhere.values()) == 7


def test_the_county_closes_only_what_it_replaces(
    session: Database, england: LoadResult, shared_data: Path
) -> None:
    later = load_file(shared_data / "cqc" / LINCOLNSHIRE, as_at=SUMMER)
    assert (
        later.effects["new"] + later.effects["changed"] + later.effects["unchanged"] == later.stored == 4_159
    )
    closed = session.scalar(select(func.count(Rating.id)).where(Rating.to_edition_id.is_not(None)))
    assert closed == later.effects["changed"] + later.effects["ended"] > 0
    assert (
        session.scalar(select(func.count(Rating.id)))
        == 74_180 + later.effects["new"] + later.effects["changed"]
    )
    assert good_of_rated(session, LocalAuthority.name == "Essex") == (555, 637)


def test_the_order_of_loading_does_not_decide_what_is_current(
    session: Database, lincolnshire: LoadResult, shared_data: Path
) -> None:
    before = {rating.id for service in ("1-11463954528", "1-112803138") for rating in _ratings(service)}
    england = load_file(shared_data / "cqc" / ENGLAND)
    assert sum(england.set_aside.values()) + england.merged + england.stored == 74_184
    assert {
        rating.id for service in ("1-11463954528", "1-112803138") for rating in _ratings(service)
    } == before


def _ratings(cqc_id: str) -> list[Rating]:
    service = find_service(cqc_id)
    assert service is not None
    return [rating for group in current_ratings(service.id) for rating in group.ratings]
