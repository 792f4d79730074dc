"""A publication counts what the council contracts, and specialisms, where there are any, by words that hold."""

from __future__ import annotations

from datetime import date

import pytest

from quality.core.clock import now
from quality.core.errors import Invalid
from quality.market.publications.operations import finish
from quality.market.publications.snapshot import Role
from quality.market.publications.verifying import verify
from quality.market.publications.wording import offered, scope_of
from quality.people.models import Person
from quality.services.models import Contract, Service, Trait
from tests.builders.publications import a_publication
from tests.databases import Database
from tests.market.publications.test_publishing import said_by
from tests.pages import CheckedClient

pytestmark = pytest.mark.usefixtures("market_of_two_days")


@pytest.fixture
def contracted(market_of_two_days: None, session: Database, manager: Person) -> None:
    """The council contracts one of its homes since a year ago, and ended another before the publication's day."""
    for cqc_id, ends in (("1-900000001", None), ("1-900000002", date(2026, 1, 31))):
        service = session.query(Service).filter_by(cqc_id=cqc_id).one()
        days = {"starts_on": date(2025, 7, 1), "ends_on": ends}
        council = {"local_authority_id": manager.local_authority_id, "service_id": service.id}
        session.add(Contract(**council, **days, noted_at=now(), noted_by_id=manager.id))
    session.flush()


def test_only_a_council_that_noted_contracts_is_offered_them(manager: Person) -> None:
    assert not any("contracted" in word for word, _ in offered(manager.local_authority_id))


@pytest.mark.usefixtures("contracted")
def test_what_the_council_contracts_on_the_day_is_counted_beside_nobody(
    manager: Person, client: CheckedClient
) -> None:
    assert "all.contracted" in dict(offered(manager.local_authority_id))
    one = a_publication(manager, scopes=("all", "all.contracted"))
    scope = said_by(one).scopes[1]
    (own,) = scope.figures
    assert (own.role, own.n, scope.place) == (Role.OWN, 1, "")
    client.get("/market/published/NMR/1")
    assert "All adult social care, contracted by the council" in client.words
    assert "Which ones others contract is not known here" in client.words
    assert client.get("/market/published/NMR/1/chart/all.contracted.svg").status_code == 404
    finish(one.id, b"%PDF-1.7")
    assert verify(one).holds


@pytest.mark.usefixtures("contracted")
def test_contracts_that_were_noted_otherwise_since_are_found(session: Database, manager: Person) -> None:
    one = a_publication(manager, scopes=("all.contracted",))
    session.query(Contract).delete()
    faults = [line.fault for line in verify(one).lines if line.role == "own"]
    assert "counted: published 1 of 1, now 0 of 0" in faults[0] or "counted: published 0 of 1" in faults[0]


def test_every_specialism_that_a_service_has_is_offered_and_counted_again(
    session: Database, manager: Person, client: CheckedClient
) -> None:
    words = [word for word, _ in offered(manager.local_authority_id) if ".for-" in word]
    names = {name for (name,) in session.query(Trait.name).filter_by(kind="specialism").distinct()}
    assert {scope_of(word, 0).specialism for word in words} == names
    assert words
    one = a_publication(manager, scopes=("all", words[0]))
    finish(one.id, b"%PDF-1.7")
    assert verify(one).holds
    assert client.get(f"/market/published/NMR/1/chart/{words[0]}.svg").status_code == 200


def test_a_specialism_that_nobody_has_is_refused_in_a_sentence() -> None:
    with pytest.raises(Invalid, match="no service here is told to have that specialism"):
        scope_of("all.for-dragons", 0)
