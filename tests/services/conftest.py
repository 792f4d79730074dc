"""What the tests of services share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.people import a_person
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]
LAST_DAY = date(2024, 7, 1)


@pytest.fixture
def officer(session: Database, sign_in: SignIn) -> CheckedClient:
    """A quality officer of Northmere, signed in."""
    return sign_in(a_person(session))


@pytest.fixture
def manager(session: Database) -> Person:
    """A manager of Northmere."""
    return a_person(session, Role.MANAGER, name="Ruth Bellamy")
