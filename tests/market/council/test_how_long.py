"""How long services stay Requires improvement, what ended it, and what was audited in between."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from quality.core.clock import today
from quality.cqc import RatingWord
from quality.market.council.how_long import Ending, how_long
from quality.services.models import Edition, EditionKind, LocalAuthority, Service
from tests.builders.editions import days_ago
from tests.builders.people import a_council
from tests.builders.register import a_rating, an_edition, change
from tests.builders.services import a_service
from tests.databases import Database
from tests.market.council.builders import an_issued_audit

GOOD, LOW, WORST = RatingWord.GOOD, RatingWord.REQUIRES_IMPROVEMENT, RatingWord.INADEQUATE


@pytest.fixture
def council(session: Database) -> LocalAuthority:
    return a_council(session)


def _told(session: Database, ago: int, kind: EditionKind = EditionKind.LATEST_RATINGS) -> Edition:
    return an_edition(session, days_ago(ago), kind)


def _rated(session: Database, council: LocalAuthority, *told: tuple[int, RatingWord]) -> Service:
    """A service that CQC rated so, so many days ago, each time told by an edition ten days later."""
    editions = [_told(session, ago - 10) for ago, _ in told]
    service = a_service(session, council, edition=editions[0])
    for place, (ago, word) in enumerate(told):
        to = editions[place + 1] if place + 1 < len(editions) else None
        a_rating(session, service, word, editions[place], to, published_on=days_ago(ago))
    return service


def _stays(council: LocalAuthority, as_at: date | None = None) -> list[tuple[Ending, int]]:
    return [(one.stay.ending, one.stay.days) for one in how_long(council.id, as_at or today()).moved]


def test_a_stay_ends_with_the_next_rating_or_still_runs(session: Database, council: LocalAuthority) -> None:
    _rated(session, council, (500, GOOD), (400, LOW), (100, GOOD))
    _rated(session, council, (300, LOW), (200, WORST))
    _rated(session, council, (90, LOW))
    assert _stays(council) == [(Ending.RUNNING, 90), (Ending.WORSE, 100), (Ending.BETTER, 300)]
    assert _stays(council, days_ago(150)) == [(Ending.WORSE, 100), (Ending.RUNNING, 250)]


def test_rated_so_again_it_has_stayed_so(session: Database, council: LocalAuthority) -> None:
    _rated(session, council, (400, LOW), (200, LOW), (50, GOOD))
    assert _stays(council) == [(Ending.BETTER, 350)]


def test_a_registration_that_ends_ends_the_stay(session: Database, council: LocalAuthority) -> None:
    service = _rated(session, council, (400, LOW))
    change(session, service, ended_on=days_ago(100))
    assert _stays(council) == [(Ending.CLOSED, 300)]


def test_a_stay_that_no_edition_told_of_in_time_is_listed_and_not_counted(
    session: Database, council: LocalAuthority
) -> None:
    late = _told(session, 30)
    service = a_service(session, council, edition=late)
    a_rating(session, service, LOW, late, published_on=days_ago(1000))
    found = how_long(council.id, today())
    assert (found.own.n, found.own.found_late, found.own.lasting) == (0, 1, None)
    assert [one.stay.told_soon for one in found.moved] == [False]


def test_what_cqcs_api_tells_as_history_counts(session: Database, council: LocalAuthority) -> None:
    told = _told(session, 10, EditionKind.API)
    service = a_service(session, council, edition=told)
    # What was told only as history has held on no day.
    past: dict[str, Any] = {"is_past": True, "held_to": told.as_at}
    a_rating(session, service, LOW, told, published_on=days_ago(1500), **past)
    a_rating(session, service, GOOD, told, published_on=days_ago(1000))
    found = how_long(council.id, today())
    assert (found.own.n, found.own.number("better"), found.own.found_late) == (1, 1, 0)


def test_england_has_the_stays_of_all_councils_and_ones_own_its_own(
    session: Database, council: LocalAuthority
) -> None:
    other = a_council(session, "Southmere", "SMR")
    for where, days in ((council, 100), (other, 200), (other, 300)):
        _rated(session, where, (400, LOW), (400 - days, GOOD))
    found = how_long(council.id, today())
    assert (found.own.n, found.england.n) == (1, 3)
    assert found.own.lasting is not None
    assert found.england.lasting is not None
    assert (found.own.lasting.median, found.england.lasting.median) == (100, 200)
    assert found.england.lasting.still_after(250).share == pytest.approx(1 / 3)  # type: ignore[union-attr]


def test_the_audits_issued_during_a_stay_stand_beside_it(session: Database, council: LocalAuthority) -> None:
    service = _rated(session, council, (300, LOW), (100, GOOD))
    for ago in (330, 200, 150, 50):
        an_issued_audit(session, council, service, days_ago(ago))
    found = how_long(council.id, today())
    [one] = found.moved
    assert [(today() - audit.issued_on).days for audit in one.audits] == [200, 150]
    assert found.audited("better") == (1, 1, 50)


def test_days_that_are_asked_for_again_are_told_again_after_a_load(
    session: Database, council: LocalAuthority
) -> None:
    before = how_long(council.id, today()).own.n
    _rated(session, council, (90, LOW))
    after = how_long(council.id, today()).own.n
    assert all(second > first for first, second in pairwise((before, after)))
