"""Searching as the tests of it do."""

from __future__ import annotations

from datetime import date

from quality.ratings.queries import standing_in_sql
from quality.services.criteria import read_address
from quality.services.search import Scope, count_services, find_all
from tests.builders.people import a_council
from tests.databases import Database

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)


def scope(session: Database, authority: int | None = None) -> Scope:
    """Northmere looks, in all England unless told otherwise."""
    return Scope(a_council(session).id, authority, standing_in_sql)


def found(session: Database, **asked: str) -> list[str]:
    """The names that an address finds in all England; the count must agree with them."""
    day = asked.pop("as_at", None)
    read = read_address(asked, date.fromisoformat(day) if day else None)
    assert not read.faults
    here = scope(session)
    names = [one.name for some in find_all(read.search, here) for one in some]
    assert count_services(read.search, here).found == len(names)
    return names
