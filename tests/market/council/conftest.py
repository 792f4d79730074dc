"""A council, and one of its officers at a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.people.models import Person
from quality.services.models import LocalAuthority
from tests.builders.audits import an_officer
from tests.builders.people import a_council
from tests.databases import Database
from tests.pages import CheckedClient


@pytest.fixture
def council(session: Database) -> LocalAuthority:
    """Northmere."""
    return a_council(session)


@pytest.fixture
def browser(
    session: Database, council: LocalAuthority, sign_in: Callable[[Person], CheckedClient]
) -> CheckedClient:
    """The browser of an officer of Northmere."""
    return sign_in(an_officer(session, council))
