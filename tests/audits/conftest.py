"""What the tests of audits share."""

from __future__ import annotations

import pytest

from quality.services.models import Service
from tests.audits.rating_again import OLD
from tests.builders.editions import an_edition_that_says, days_ago
from tests.builders.services import a_service
from tests.databases import Database


@pytest.fixture
def service(session: Database) -> Service:
    """A service that CQC rated Good years ago, as its file of three months ago says."""
    service = a_service(session, name="Larkfield House")
    an_edition_that_says(service, days_ago(90), {"Overall": ("Good", OLD), "Safe": ("Good", OLD)})
    return service
