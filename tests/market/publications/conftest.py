"""A manager, and a market to publish."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.people import a_council, a_person
from tests.databases import Database
from tests.market.views.conftest import market_of_two_days
from tests.pages import CheckedClient

__all__ = ["market_of_two_days"]


@pytest.fixture
def manager(session: Database) -> Person:
    """A manager of Northmere."""
    return a_person(session, Role.MANAGER, council=a_council(session))


@pytest.fixture
def browser(manager: Person, sign_in: Callable[[Person], CheckedClient]) -> CheckedClient:
    """The manager's browser."""
    return sign_in(manager)
