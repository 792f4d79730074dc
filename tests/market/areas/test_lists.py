"""Writing, changing, removing and putting back a council's own list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from quality.core.clock import today
from quality.core.errors import AlreadyDone, Invalid, Moved, Refused
from quality.history.queries import verify
from quality.market.areas import find_area
from quality.market.areas.lists import find_list, history_of, listed, removed_lists, stamp, uses_of
from quality.market.areas.operations import change_list, remove_list, restore_list, write_list
from quality.market.models import AreaSet, AreaSetKind
from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.lists import USUAL, a_list
from tests.builders.people import a_council, a_person
from tests.databases import Database


@pytest.fixture
def manager(session: Database) -> Person:
    """A manager of Essex."""
    return a_person(session, Role.MANAGER, council=a_council(session, "Essex", "ESX"), name="Ruth Bellamy")


@pytest.fixture
def colleague(session: Database, manager: Person) -> Person:
    """Another of the same council."""
    return a_person(session, Role.MANAGER, council=a_council(session, "Essex", "ESX"), name="Joan Field")


def changed(one: AreaSet, by: Person, version: str = "", **choices: Any) -> AreaSet:
    """The list, changed by somebody who looked at it now, or at this version."""
    return change_list(one.key, version or one.version, replace(USUAL, **choices), "It was agreed.", by=by)


def removed(one: AreaSet, by: Person, version: str = "") -> str:
    """The name of the list, removed by somebody who looked at it now, or at this version."""
    seen = version or one.version
    return remove_list(one.key, seen, "No longer wanted.", by=by, council_id=by.local_authority_id)


def test_a_list_that_is_written_is_an_area_with_its_event(manager: Person) -> None:
    one = a_list(manager)
    assert (one.key, one.members, one.noted_by_id) == (
        "similar-counties",
        ["E10000016", "E10000029"],
        manager.id,
    )
    assert find_area("similar-counties", today()).members == ("E10000016", "E10000029")
    (event,) = history_of(one.key, manager.local_authority_id)
    assert event.sentence == "Ruth Bellamy named the areas “Similar counties”: 2 areas."


def test_the_same_list_sent_twice_is_one(manager: Person) -> None:
    one = a_list(manager)
    with pytest.raises(AlreadyDone) as again:
        a_list(manager)
    assert again.value.path == f"/market/lists/named/{one.key}"
    assert len(listed(manager.local_authority_id)) == 1


@pytest.mark.parametrize("name", ["similar counties", "Similar-Counties"])
def test_two_lists_never_go_by_one_name(manager: Person, name: str) -> None:
    a_list(manager)
    with pytest.raises(Invalid, match="There is a list called") as refused:
        a_list(manager, name=name, members="Norfolk")
    assert refused.value.field == "name"


@pytest.mark.parametrize(
    ("choices", "field", "sentence"),
    [
        ({"name": "Kent"}, "name", "“Kent” is the name of an area of England"),
        ({"name": " \n "}, "name", "Enter a name"),
        ({"name": "x" * 121}, "name", "at most 120 characters"),
        ({"as_at": date(2999, 1, 1)}, "as_at", "today or in the past"),
        ({"source": " "}, "source", "Say where the list is from"),
        ({"members": "Kent\nKentish Town"}, "members", "Line 2: no local authority or district is called"),
        ({"members": "\n"}, "members", "Enter 1 to 400 areas; there are 0"),
        ({"members": "Essex"}, "members", "Essex .E10000012. is the council itself"),
        ({"kind": AreaSetKind.QUADRANT}, "members", "is no district"),
    ],
)
def test_what_cannot_be_kept_is_told_about_its_field(
    manager: Person, choices: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        a_list(manager, **choices)
    assert refused.value.field == field
    assert listed(manager.local_authority_id) == []


def test_a_change_keeps_its_reason_and_which_areas_came_and_went(manager: Person) -> None:
    one = changed(a_list(manager), manager, members="Kent\nNorfolk")
    assert one.members == ["E10000016", "E10000020"]
    event = history_of(one.key, manager.local_authority_id)[0]
    assert event.reason == "It was agreed."
    assert [area.name for area in event.came] == ["Norfolk"]
    assert [area.name for area in event.gone] == ["Suffolk"]


def test_a_change_needs_a_reason(manager: Person) -> None:
    one = a_list(manager)
    with pytest.raises(Invalid, match="Say why the list changes"):
        change_list(one.key, one.version, USUAL, "  ", by=manager)


def test_of_two_people_who_change_a_list_the_second_is_told(manager: Person, colleague: Person) -> None:
    one = a_list(manager)
    seen = one.version
    changed(one, manager, members="Norfolk")
    with pytest.raises(Moved, match="Somebody changed “Similar counties”"):
        changed(one, colleague, seen, members="Suffolk")
    with pytest.raises(Moved, match="so it was not removed"):
        removed(one, colleague, seen)
    assert one.members == ["E10000020"]


def test_the_same_change_sent_twice_is_one(manager: Person) -> None:
    one = a_list(manager)
    seen = one.version
    changed(one, manager, members="Norfolk")
    with pytest.raises(AlreadyDone):
        changed(one, manager, seen, members="Norfolk")
    assert len(history_of(one.key, manager.local_authority_id)) == 2


def test_a_removed_list_stays_in_the_history_and_comes_back_as_it_was(
    session: Database, manager: Person
) -> None:
    one, council = a_list(manager), manager.local_authority_id
    key, was = one.key, (one.name, one.kind, list(one.members), one.source, one.as_at)
    before = stamp(council)
    assert removed(one, manager) == "Similar counties"
    assert find_list(key, council) is None
    assert stamp(council) != before
    (gone,) = removed_lists(council)
    assert (gone.definition.key, gone.reason) == (key, "No longer wanted.")
    assert gone.sentence == "Ruth Bellamy removed the areas “Similar counties”."
    back = restore_list(key, by=manager, council_id=council)
    assert (back.name, back.kind, list(back.members), back.source, back.as_at) == was
    assert removed_lists(council) == []
    assert len(history_of(key, council)) == 3
    assert verify(council).fault is None


def test_removing_twice_or_putting_back_twice_is_done_once(manager: Person, colleague: Person) -> None:
    one, council = a_list(manager), manager.local_authority_id
    seen, key = one.version, one.key
    removed(one, manager)
    with pytest.raises(AlreadyDone):
        remove_list(key, seen, "Again.", by=manager, council_id=council)
    with pytest.raises(Moved, match="There is no such list"):
        remove_list(key, seen, "Again.", by=colleague, council_id=council)
    with pytest.raises(Moved, match="Somebody removed this list"):
        change_list(key, seen, USUAL, "Late.", by=colleague)
    restore_list(key, by=manager, council_id=council)
    with pytest.raises(AlreadyDone):
        restore_list(key, by=manager, council_id=council)
    with pytest.raises(Refused, match="no such removed list"):
        restore_list("never-was", by=manager, council_id=council)


def test_a_key_never_stands_for_another_list(manager: Person) -> None:
    one, council = a_list(manager), manager.local_authority_id
    key = one.key
    removed(one, manager)
    other = a_list(manager, members="Norfolk")
    assert other.key == f"{key}-2"
    with pytest.raises(Refused, match="Another list is called “Similar counties” now"):
        restore_list(key, by=manager, council_id=council)
    assert len(history_of(key, council)) == 2
    assert len(history_of(other.key, council)) == 1


def test_a_key_is_no_areas_name(manager: Person) -> None:
    assert a_list(manager, name="Kent!").key == "kent-2"
    assert a_list(manager, name="…", members="Norfolk").key == "list"


def test_another_councils_list_is_not_found(session: Database, manager: Person) -> None:
    one = a_list(manager)
    other = a_person(session, Role.MANAGER, council=a_council(session, "Southmere", "SMR"))
    with pytest.raises(Moved):
        changed(one, other)
    assert uses_of(one.key, other.local_authority_id) == []
    assert a_list(other).key == one.key


def test_a_list_may_be_about_a_day_in_the_past(manager: Person) -> None:
    one = a_list(manager, members="Cumbria", as_at=date(2022, 1, 1))
    assert one.members == ["E10000006"]
    with pytest.raises(Invalid, match="existed until 31 March 2023"):
        write_list(
            replace(USUAL, name="Late", members="Cumbria", as_at=today() - timedelta(days=1)), by=manager
        )
