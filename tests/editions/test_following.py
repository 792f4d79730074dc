"""A month that is followed along the one before it comes to exactly what reading all of it comes to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from quality.cqc import open_cqc_file
from quality.editions.models import NamedPerson, RememberedRows
from quality.editions.names import decide
from quality.editions.remembering import recall
from quality.ratings.models import Rating
from quality.services.models import (
    Edition,
    LocalAuthority,
    Provider,
    ProviderVersion,
    Service,
    ServiceVersion,
)
from tests.builders.cqc_files import write_ods
from tests.builders.cqc_files_register import register_rows
from tests.builders.months import (
    CHANGES,
    COUNT,
    DAYS,
    Month,
    changed,
    facts,
    load_ratings,
    load_services,
    ratings_month,
    register_month,
)
from tests.builders.registers import LARKFIELD, load_register
from tests.databases import Database

# The first service stands beside the headings and the last beside blank rows, which are no service's.
AT_THE_ENDS = 2
changes = st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, COUNT - 1)), max_size=3)


def everything(session: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All that is held, without the numbers of rows."""
    session.expire_all()
    editions = select(
        Edition.as_at, Edition.rows_read, Edition.stored, Edition.merged, Edition.set_aside, Edition.warnings,
        Edition.authorities, Edition.domains, Edition.effects,
    )  # fmt: skip
    held: dict[str, Any] = {"editions": editions}
    provider = ("name", "brand_id", "brand_name", "held_from", "held_to")
    held["providers"] = select(Provider.cqc_id, *(getattr(Provider, name) for name in provider))
    held["former providers"] = select(
        Provider.cqc_id, *(getattr(ProviderVersion, name) for name in provider)
    ).join_from(ProviderVersion, Provider, ProviderVersion.provider_id == Provider.id)
    service = ("name", "town", "postcode", "primary_category", "ended_on", "held_from", "held_to")
    for name, table in (("services", Service), ("former services", ServiceVersion)):
        one: Any = table
        columns = [getattr(one, column) for column in service]
        rows = select(Service.cqc_id, Provider.cqc_id, LocalAuthority.name, *columns).select_from(one)
        if one is not Service:
            rows = rows.join(Service, ServiceVersion.service_id == Service.id)
        held[name] = rows.join(Provider, one.provider_id == Provider.id).join(
            LocalAuthority, one.local_authority_id == LocalAuthority.id
        )
    rating = ("service_group", "domain", "word", "published_on", "held_from", "held_to")
    held["ratings"] = select(Service.cqc_id, *(getattr(Rating, name) for name in rating)).join_from(
        Rating, Service
    )
    return {
        name: sorted((tuple(row) for row in session.execute(rows)), key=repr) for name, rows in held.items()
    }


def same_both_ways(session: Database, load: Callable[[], Any]) -> None:
    """Load with what is remembered, and without; keep the first."""
    outcomes = []
    for remembers in (False, True):
        with session.begin_nested() as savepoint:
            if not remembers:
                session.execute(delete(RememberedRows))
            outcomes.append((load(), everything(session)))
            if not remembers:
                savepoint.rollback()
    assert outcomes[0] == outcomes[1]


WAYS: dict[str, tuple[Callable[[], Month], Callable[[Month, date], Any]]] = {
    "ratings": (ratings_month, load_ratings),
    "register": (register_month, load_services),
}


@pytest.mark.parametrize("kind", WAYS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(months=st.lists(changes, min_size=1, max_size=3), told_between=st.integers(-1, COUNT - 1))
def test_following_comes_to_the_same_whatever_changed(
    session: Database, kind: str, months: list[list[tuple[str, int]]], told_between: int
) -> None:
    begin, load = WAYS[kind]
    month = begin()
    with session.begin_nested() as savepoint:
        load(month, DAYS[0])
        if told_between >= 0:
            said = {**LARKFIELD, **facts(told_between), "Location Name": "Renamed House"}
            load_register(DAYS[0], said, part=True)
        for day, some in zip(DAYS[1:], months, strict=False):
            month = changed(month, some)
            same_both_ways(session, lambda month=month, day=day: load(month, day))  # type: ignore[misc]
        savepoint.rollback()


@pytest.mark.parametrize("change", sorted(CHANGES))
@pytest.mark.parametrize("kind", WAYS)
def test_following_comes_to_the_same_after_each_change(session: Database, kind: str, change: str) -> None:
    begin, load = WAYS[kind]
    load(begin(), DAYS[0])
    after = changed(begin(), [(change, 5)])
    same_both_ways(session, lambda: load(after, DAYS[1]))
    same_both_ways(session, lambda: load(after[::-1], DAYS[2]))


def passed_over(month: Month, day: date) -> int:
    """How many rows of such a register would be passed over."""
    with TemporaryDirectory() as folder:
        file = open_cqc_file(write_ods(Path(folder) / "file.ods", register_rows(month)), as_at=day)
        following = recall(file).following
        list(file.rows(following))
        return following.rows_passed


def test_only_what_changed_and_what_stands_beside_it_is_read(session: Database) -> None:
    load_services(register_month(), DAYS[0])
    assert passed_over(changed(register_month(), [("renamed", 5)]), DAYS[1]) == COUNT - 3 - AT_THE_ENDS


def test_what_another_source_told_since_is_read_again(session: Database) -> None:
    load_services(register_month(), DAYS[0])
    load_register(DAYS[0], {**LARKFIELD, **facts(5), "Location Name": "Renamed House"}, part=True)
    assert passed_over(register_month(), DAYS[1]) == COUNT - 1 - AT_THE_ENDS
    load_services(changed(register_month(), [("gone", 9)]), DAYS[1])
    assert session.scalar(select(Service.name).where(Service.cqc_id == facts(5)["Location ID"])) == (
        "Invented House 5"
    )


def test_a_file_older_than_one_that_is_held_is_read_whole(session: Database) -> None:
    load_services(register_month(), DAYS[1])
    assert passed_over(register_month(), DAYS[0]) == 0


def test_an_edition_that_was_older_than_another_when_it_was_loaded_is_not_followed(session: Database) -> None:
    load_register(DAYS[1], {**LARKFIELD, **facts(5), "Location Name": "Renamed House"}, part=True)
    load_services(register_month(), DAYS[0])
    assert passed_over(register_month(), DAYS[2]) == 0
    same_both_ways(session, lambda: load_services(register_month(), DAYS[2]))


def test_a_part_of_a_file_is_not_remembered(session: Database) -> None:
    load_register(DAYS[0], *register_month(), part=True)
    assert session.scalar(select(RememberedRows.kind)) is None


def test_names_that_were_forgotten_are_read_again(session: Database) -> None:
    decide(keep=True, reason="Officers ask who is in charge")
    load_services(register_month(), DAYS[0])
    decide(keep=False, reason="Nobody asked")
    decide(keep=True, reason="Officers do ask")
    load_services(changed(register_month(), [("gone", 9)]), DAYS[1])
    assert session.scalar(select(func.count(NamedPerson.service_id.distinct()))) == COUNT - 1
