"""An audit that is being visited, its lead's browser, and a colleague: what most tests of findings begin with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.people.models import Person
from tests.builders.audits import an_audit, an_officer
from tests.databases import Database
from tests.pages import CheckedClient


@pytest.fixture
def audit(session: Database) -> Audit:
    return an_audit(session, at=State.VISITING)


@pytest.fixture
def officer(audit: Audit, sign_in: Callable[[Person], CheckedClient]) -> CheckedClient:
    return sign_in(audit.lead)


@pytest.fixture
def colleague(session: Database, audit: Audit) -> Person:
    return an_officer(session, audit.local_authority, name="Ruth Bellamy")
