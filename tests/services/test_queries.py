"""Finding services and providers."""

from __future__ import annotations

import pytest

from quality.services.queries import find_providers, find_service
from tests.builders.services import a_provider, a_service
from tests.databases import Database


@pytest.fixture
def register(session: Database) -> None:
    """A hospital, and two providers."""
    larkfield = a_provider(session, name="Larkfield Care Limited", cqc_id="1-800000001")
    a_provider(session, name="Tideway Homecare Limited", cqc_id="1-800000002")
    a_service(
        session,
        provider=larkfield,
        name="Orchard Hospital",
        cqc_id="RX999",
        location_type="NHS Healthcare Organisation",
    )


def test_a_service_is_found_by_its_cqc_id_in_any_case(session: Database, register: None) -> None:
    service = find_service("rx999")
    assert service is not None
    assert service.name == "Orchard Hospital"
    assert find_service("1-9") is None
    assert find_service("\0") is None


def test_providers_are_found_by_words_of_their_name_or_their_id(session: Database, register: None) -> None:
    assert [one.name for one in find_providers("limited care")] == [
        "Larkfield Care Limited",
        "Tideway Homecare Limited",
    ]
    assert [one.name for one in find_providers("1-800000002")] == ["Tideway Homecare Limited"]
    assert find_providers("  ") == []
