"""A council's officer, and a market to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask

from quality.people.models import Person
from tests.builders.people import a_council, a_person
from tests.builders.registers import load_register, load_rows
from tests.databases import Database, ground
from tests.market.figures.test_rules import Line, home, registered
from tests.pages import CheckedClient

FIRST, LAST = date(2025, 6, 30), date(2026, 6, 30)


@pytest.fixture
def browser(session: Database, sign_in: Callable[[Person], CheckedClient]) -> CheckedClient:
    """The browser of an officer of Northmere."""
    return sign_in(a_person(session, council=a_council(session)))


@pytest.fixture(scope="module")
def market_of_two_days(app: Flask) -> Iterator[None]:
    """What all tests of a module look at: see `load_two_days`."""
    with ground(app, lambda session: load_two_days()):
        yield


def load_two_days() -> None:
    """Four homes in Northmere and one in Southmere, of which some moved within a year."""
    away: Line = {
        "Location Local Authority": "Southmere",
        "Provider ID": "1-800000002",
        "Provider Name": "Other Care",
    }
    brand: Line = {"Brand ID": "BD1", "Brand Name": "BRAND One"}
    load_register(FIRST, *(registered(number) | brand for number in (1, 2, 3)), registered(4) | away)
    load_rows([home(1), home(2, Latest_Rating="Inadequate"), home(3), home(4) | away], as_at=FIRST)
    load_rows(
        [
            home(1, Latest_Rating="Requires improvement"),
            home(2),
            home(4) | away,
            home(5, Latest_Rating="Outstanding"),
        ],
        as_at=LAST,
    )
