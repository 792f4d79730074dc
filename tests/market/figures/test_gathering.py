"""What is kept in memory never gives yesterday's figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from config import Settings
from quality.core.clock import supposing
from quality.core.database import db
from quality.core.errors import Invalid
from quality.market.areas.finding import find_area
from quality.market.figures.basis import Basis
from quality.market.figures.gathering import market
from tests.builders.cqc_replies import a_location_reply, a_provider_reply, rated
from tests.builders.editions import noon
from tests.builders.loaded_replies import load
from tests.builders.people import a_council
from tests.builders.registers import load_deactivated, load_register, load_rows
from tests.databases import Database, fresh_copy
from tests.market.figures.test_rules import DAY, home, registered

LATER = date(2026, 6, 30)


def figures(day: date = LATER) -> tuple[int, int, int]:
    """k, n and how many are registered in England."""
    share = market().share(find_area("England", day), Basis(day))
    return share.k, share.n, share.registered


def test_nothing_is_read_twice_while_nothing_is_loaded(session: Database) -> None:
    load_rows([home(1)], as_at=DAY)
    first = market()
    a_council(session, "Southmere", "SMR")
    second = market()
    assert market() is second
    assert first.share(find_area("England", DAY), Basis(DAY)).n == figures(DAY)[1] == 1


def test_a_load_that_only_ends_something_is_seen(session: Database) -> None:
    load_register(DAY, registered(1), registered(2))
    load_rows([home(1), home(2)], as_at=DAY)
    assert figures() == (2, 2, 2)
    load_deactivated(LATER, registered(2), ended="30/06/2026")
    assert figures() == (1, 1, 1)
    load_rows([home(1, Location_City="Elsewhere")], as_at=LATER)
    assert figures() == (1, 1, 1)


def test_what_cqcs_api_replies_is_seen(session: Database) -> None:
    load_rows([home(1)], as_at=DAY)
    assert figures() == (1, 1, 1)
    load(LATER, [a_location_reply(currentRatings=rated("Inadequate", "2026-06-01"))], [a_provider_reply()])
    assert figures() == (0, 1, 1)
    assert figures(DAY) == (1, 1, 1)
    load(LATER, [a_location_reply(registrationStatus="Deregistered", deregistrationDate="2026-06-30")])
    assert figures() == (0, 0, 0)


def test_a_load_that_is_taken_back_is_forgotten_even_where_its_numbers_are_given_again(
    session: Database,
) -> None:
    with supposing(noon(LATER)):
        load_rows([home(1)], as_at=DAY)
        for word, good in (("Good", 2), ("Inadequate", 1)):
            savepoint = session.begin_nested()
            load_rows([home(1), home(2, Latest_Rating=word)], as_at=DAY, part=True)
            load_rows([home(3, Latest_Rating="Inadequate")], as_at=LATER, part=True)
            assert figures() == (good, 3, 3)
            savepoint.rollback()
            session.expire_all()
            assert figures() == (1, 1, 1)


def test_a_dry_run_leaves_no_trace(session: Database) -> None:
    load_rows([home(1)], as_at=DAY)
    before = market()
    load_rows([home(1), home(2)], as_at=LATER, dry_run=True)
    assert market() is before


def test_two_apps_with_databases_of_their_own_keep_markets_of_their_own(
    fresh_database: Flask, migrated: str, tmp_path: Path
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    with fresh_copy(migrated, folder) as address:
        other = create_app(Settings(database_url=address, storage_url=str(folder), secret_key="k" * 40))
        for app, words in ((fresh_database, ("Good",)), (other, ("Inadequate", "Good"))):
            with app.app_context():
                load_rows([home(n, Latest_Rating=word) for n, word in enumerate(words, 1)], as_at=DAY)
                db.session.commit()
        for app, expected in ((fresh_database, (1, 1, 1)), (other, (1, 2, 2)), (fresh_database, (1, 1, 1))):
            with app.app_context():
                assert figures() == expected
                db.session.rollback()
        with other.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.mark.parametrize("day", [date(2026, 3, 13), date(1999, 1, 1)])
def test_a_day_before_the_first_edition_is_refused_and_the_first_is_offered(
    session: Database, day: date
) -> None:
    load_rows([home(1)], as_at=DAY)
    with pytest.raises(Invalid, match="Ask as at 14 March 2026"):
        market().share(find_area("England", DAY), Basis(day))
