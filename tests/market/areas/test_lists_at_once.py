"""Several people who write the council's lists at the same moment, with commits that are real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Flask

from quality.core.database import db
from quality.core.errors import Moved, Refused
from quality.history.queries import verify
from quality.market.areas.lists import find_list, history_of, listed
from quality.market.areas.operations import change_list, write_list
from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.lists import USUAL, a_list
from tests.builders.people import a_council, a_person

MANAGERS = 6
COUNTIES = ("Kent", "Norfolk", "Suffolk", "Surrey", "Devon", "Lancashire")


def test_of_people_who_change_a_list_at_once_one_does_and_the_others_are_told(
    fresh_database: Flask, in_threads: Callable[..., list[object]]
) -> None:
    with fresh_database.app_context():
        council = a_council(db.session)
        people = [a_person(db.session, Role.MANAGER, council=council).id for _ in range(MANAGERS)]
        one = a_list(db.session.get_one(Person, people[0]))
        key, seen, council_id = one.key, one.version, council.id
        db.session.commit()

    def change(number: int) -> str:
        with fresh_database.app_context():
            by, said = db.session.get_one(Person, people[number]), replace(USUAL, members=COUNTIES[number])
            # As a page does, the list is read first, before anybody waits for anybody.
            find_list(key, council_id)
            made = change_list(key, seen, said, "At once.", by=by)
            db.session.commit()
            return made.members[0]

    results = in_threads(change, range(MANAGERS))
    kept = [one for one in results if isinstance(one, str)]
    assert len(kept) == 1, results
    assert sum(isinstance(one, Moved) for one in results) == MANAGERS - 1, results
    with fresh_database.app_context():
        held = find_list(key, council_id)
        assert held is not None
        assert held.members == kept
        assert len(history_of(key, council_id)) == 2
        assert verify(council_id).fault is None


def test_of_people_who_give_one_name_to_their_lists_at_once_one_gets_it(
    fresh_database: Flask, in_threads: Callable[..., list[object]]
) -> None:
    with fresh_database.app_context():
        council = a_council(db.session)
        people = [a_person(db.session, Role.MANAGER, council=council).id for _ in range(MANAGERS)]
        council_id = council.id
        db.session.commit()

    def write(number: int) -> str:
        with fresh_database.app_context():
            said = replace(USUAL, members=COUNTIES[number])
            made = write_list(said, by=db.session.get_one(Person, people[number]))
            db.session.commit()
            return made.key

    results = in_threads(write, range(MANAGERS))
    assert [one for one in results if isinstance(one, str)] == ["similar-counties"]
    assert sum(isinstance(one, Refused) for one in results) == MANAGERS - 1, results
    with fresh_database.app_context():
        assert len(listed(council_id)) == 1
