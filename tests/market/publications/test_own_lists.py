"""A publication set beside the council's own list says for good what it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quality.market.areas.operations import change_list, remove_list
from quality.market.models import AreaSetKind, Publication
from quality.market.publications.snapshot import Role, Snapshot
from quality.market.publications.verifying import verify
from quality.people.models import Person
from tests.builders.lists import USUAL, a_list
from tests.builders.publications import a_publication
from tests.pages import CheckedClient

pytestmark = pytest.mark.usefixtures("market_of_two_days")


def test_what_is_published_keeps_its_list_and_verifying_says_what_became_of_it(manager: Person) -> None:
    one = a_list(manager, kind=AreaSetKind.NAMED, members="Kent\nSuffolk\nBraintree")
    made = a_publication(manager, printed=True, compare=f"set:{one.key}")
    (scope,) = Snapshot.from_json(made.snapshot or "").scopes
    shown = [figure.area_code for figure in scope.of(Role.COMPARATOR)]
    assert {"E10000016", "E10000029"} <= set(shown)
    assert "it has 3 members; not set beside as authorities of the day: Braintree (E07000067)" in (
        scope.comparators.definition
    )
    assert _told(made) == []

    change_list(one.key, one.version, replace(USUAL, members="Kent"), "x", by=manager)
    (told,) = _told(made)
    assert "the council changed the list since (no longer chosen: Suffolk; chosen now: none)" in told
    remove_list(one.key, one.version, "x", by=manager, council_id=manager.local_authority_id)
    (told,) = _told(made)
    assert "the council removed the list since" in told
    assert made.snapshot is not None
    assert "E10000029" in made.snapshot


def test_whoever_corrects_it_is_told_that_the_list_was_removed(
    manager: Person, browser: CheckedClient
) -> None:
    one = a_list(manager)
    made = a_publication(manager, compare=f"set:{one.key}")
    path = f"/market/publications/new?corrects={made.number}"
    browser.get(path)
    assert "There is a problem" not in browser.words
    remove_list(one.key, one.version, "x", by=manager, council_id=manager.local_authority_id)
    browser.get(path)
    assert (
        "Number 1 was set beside a list that was removed since. Choose another, or put it back"
        in browser.words
    )


def _told(made: Publication) -> list[str]:
    """What verifying says became of the list; every figure is still the same."""
    found = verify(made)
    assert found.holds, found
    return [
        line.published for line in found.lines if line.role == "comparators" and "since" in line.published
    ]
