"""What CQC says of providers as a whole is kept from edition to edition, and told in order on the provider's page."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from quality.core.clock import now
from quality.cqc import RatingWord
from quality.cqc.rows import PublishedRating
from quality.ratings.framework_models import OrganisationRating
from quality.ratings.frameworks.operations import seed
from quality.ratings.organisations import organisation_history
from quality.ratings.provider_ratings import keep_provider_ratings
from quality.services.models import Edition, EditionKind, Provider
from tests.databases import Database

TRUST = "ZZ9"
GOOD, BETTER, WORSE = RatingWord.GOOD, RatingWord.OUTSTANDING, RatingWord.REQUIRES_IMPROVEMENT
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture(autouse=True)
def frameworks(session: Database) -> None:
    """The frameworks that ratings point to."""
    seed()


def a_rating(word: RatingWord = GOOD, on: date | None = date(2022, 3, 1), **changes: Any) -> PublishedRating:
    """A rating of an invented trust as a whole, overall."""
    rating = PublishedRating(
        "Overall", "Overall", word, word.words, on, None, None, None, False, None, None, ()
    )
    return rating._replace(**changes)


def keep(session: Database, as_at: date, *ratings: PublishedRating) -> dict[str, int]:
    """Keep what an edition of a day tells of the trust."""
    name = f"invented {as_at} {ratings}"
    edition = Edition(
        kind=EditionKind.LATEST_RATINGS,
        file_name="invented.csv",
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        as_at=as_at,
        loaded_at=now(),
        rows_read=0,
        stored=0,
        merged=0,
        set_aside={},
        warnings=[],
    )
    session.add(edition)
    session.flush()
    return keep_provider_ratings([(TRUST, "Northmere Hospitals NHS Trust", one) for one in ratings], edition)


def told(session: Database, as_at: date | None = None) -> list[list[tuple[str, str]]]:
    """Each row of the trust's history: when, and the words."""
    trust = session.scalars(select(Provider).where(Provider.cqc_id == TRUST)).one()
    return [[(step.when, step.words) for step in row.steps] for row in organisation_history(trust.id, as_at)]


def test_a_provider_that_is_not_held_is_made_and_its_ratings_kept(session: Database) -> None:
    safe = a_rating(WORSE, domain="Safe")
    assert keep(session, MAY, a_rating(), safe) == {"new": 2}
    assert told(session) == [[("1 March 2022", "Good")], [("1 March 2022", "Requires improvement")]]


def test_the_same_again_changes_nothing(session: Database) -> None:
    keep(session, MAY, a_rating())
    assert keep(session, JUNE, a_rating()) == {"unchanged": 1}
    assert session.scalar(select(func.count()).select_from(OrganisationRating)) == 1


def test_a_newer_rating_closes_the_older_across_frameworks_and_both_are_told(session: Database) -> None:
    keep(session, MAY, a_rating())
    assert keep(session, JUNE, a_rating(BETTER, date(2026, 5, 9))) == {"changed": 1}
    open_rows = select(OrganisationRating).where(OrganisationRating.held_to.is_(None))
    assert [row.word for row in session.scalars(open_rows)] == ["Outstanding"]
    assert told(session) == [[("1 March 2022", "Good"), ("9 May 2026", "Outstanding")]]
    assert told(session, MAY) == [[("1 March 2022", "Good")]]


def test_an_older_edition_does_not_replace_what_is_newer(session: Database) -> None:
    keep(session, JUNE, a_rating(BETTER))
    assert keep(session, MAY, a_rating()) == {"newer held": 1}


def test_what_is_told_only_as_history_is_kept_once_and_told_in_its_place(session: Database) -> None:
    past = a_rating(WORSE, date(2019, 2, 1), is_past=True)
    assert keep(session, MAY, a_rating(), past) == {"new": 1, "past": 1}
    assert keep(session, JUNE, a_rating(), past) == {"unchanged": 2}
    assert told(session) == [[("1 February 2019", "Requires improvement"), ("1 March 2022", "Good")]]


def test_what_an_edition_leaves_out_stays(session: Database) -> None:
    keep(session, MAY, a_rating(), a_rating(domain="Safe"))
    keep(session, JUNE, a_rating(WORSE, JUNE))
    assert [words[-1][1] for words in told(session)] == ["Requires improvement", "Good"]


def test_a_rating_that_may_be_of_either_framework_says_so(session: Database) -> None:
    keep(session, MAY, a_rating(on=date(2024, 1, 5)))
    (row,) = organisation_history(session.scalars(select(Provider.id).where(Provider.cqc_id == TRUST)).one())
    assert row.steps[0].notes[0].startswith("Either CQC ratings of 2014")


def test_an_undated_word_is_kept_too(session: Database) -> None:
    keep(session, MAY, a_rating(RatingWord.NOT_RATED, None))
    assert told(session) == [[("1 May 2026", "Not rated")]]
