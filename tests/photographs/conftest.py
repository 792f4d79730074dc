"""An audit that is being visited, and its lead's browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.people.models import Person
from tests.builders.audits import an_audit
from tests.databases import Database
from tests.pages import CheckedClient


@pytest.fixture
def audit(session: Database) -> Audit:
    return an_audit(session, at=State.VISITING)


@pytest.fixture
def officer(audit: Audit, sign_in: Callable[[Person], CheckedClient]) -> CheckedClient:
    return sign_in(audit.lead)
