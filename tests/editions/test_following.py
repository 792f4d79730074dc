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

from quality.cqc import CqcFileError, open_cqc_file
from quality.editions.loading import load_file
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
from tests.builders.cqc_files import Cell, a_row, latest_ratings_rows, write_ods
from tests.builders.cqc_files_register import register_rows
from tests.builders.registers import LARKFIELD, load_register
from tests.databases import Database

Line = dict[str, Cell]
Month = list[Line]
Change = Callable[[Month, str], Month]
DAYS = [date(2026, month, 1) for month in (1, 2, 3, 4)]
COUNT = 14
# The first stands beside the headings and the last beside blank rows, which are no service's.
AT_THE_ENDS = 2


def ratings_month() -> Month:
    """Two ratings of each of some services, which share four providers."""
    return [
        {**facts(number), "Domain": domain, "Latest Rating": "Good", "Publication Date": "14/03/2020"}
        for number in range(COUNT)
        for domain in ("Overall", "Safe")
    ]


def facts(number: int) -> Line:
    """What is said of one service."""
    return {
        "Location ID": f"1-9{number:08}",
        "Location Name": f"Invented House {number}",
        "Location Local Authority": "Northmere" if number % 3 else "Southmere",
        "Provider ID": f"1-8{number % 4:08}",
        "Provider Name": f"Invented Care {number % 4} Limited",
    }


def register_month() -> Month:
    """A register of the same services."""
    return [{**LARKFIELD, **facts(number)} for number in range(COUNT)]


def on_first(**changes: Cell) -> Change:
    """A change of the first row of a service."""
    headings = {name.replace("_", " "): value for name, value in changes.items()}

    def change(month: Month, service: str) -> Month:
        at = next(place for place, row in enumerate(month) if row["Location ID"] == service)
        return [*month[:at], {**month[at], **headings}, *month[at + 1 :]]

    return change


def on_all(**changes: Cell) -> Change:
    """A change of every row of a service."""
    headings = {name.replace("_", " "): value for name, value in changes.items()}
    return lambda month, service: [
        {**row, **headings} if row["Location ID"] == service else row for row in month
    ]


def of_provider(month: Month, service: str) -> Month:
    """Another name for the provider of a service, wherever it stands."""
    whose = next(row["Provider ID"] for row in month if row["Location ID"] == service)
    return [{**row, "Provider Name": "New Care"} if row["Provider ID"] == whose else row for row in month]


def gone(month: Month, service: str) -> Month:
    """The service is not listed any more."""
    return [row for row in month if row["Location ID"] != service]


def opened(month: Month, service: str) -> Month:
    """Another service is listed behind it."""
    at = max(place for place, row in enumerate(month) if row["Location ID"] == service)
    number = 50 + len(month)
    return [*month[: at + 1], {**month[at], **facts(number)}, *month[at + 1 :]]


def row_gone(month: Month, service: str) -> Month:
    """One of its rows is not listed any more."""
    at = next(place for place, row in enumerate(month) if row["Location ID"] == service)
    return [*month[:at], *month[at + 1 :]]


def moved_away(month: Month, service: str) -> Month:
    """One of its rows stands at the end of the file."""
    at = next(place for place, row in enumerate(month) if row["Location ID"] == service)
    return [*month[:at], *month[at + 1 :], month[at]]


def twice(month: Month, service: str) -> Month:
    """One of its rows stands twice, the second time at the end of the file."""
    return [*month, next(row for row in month if row["Location ID"] == service)]


def turned_round(month: Month, service: str) -> Month:
    """The whole file is in another order."""
    return month[::-1]


CHANGES: dict[str, Change] = {
    "rated again": on_first(Latest_Rating="Inadequate", Publication_Date="20/12/2025"),
    "a date the other way round": on_first(Publication_Date="12/20/2025"),
    "renamed": on_all(Location_Name="Renamed House"),
    "renamed in one row": on_first(Location_Name="Renamed House"),
    "elsewhere spelt otherwise": on_first(Location_City="North Mere"),
    "the provider is renamed": of_provider,
    "the provider is renamed in one row": on_first(Provider_Name="New Care"),
    "the brand is told in one service": on_all(Brand_ID="BD1", Brand_Name="BRAND One"),
    "in another authority": on_all(Location_Local_Authority="Eastmere"),
    "without an authority": on_all(Location_Local_Authority=""),
    "gone": gone,
    "opened": opened,
    "a row gone": row_gone,
    "a row elsewhere": moved_away,
    "a row twice": twice,
    "turned round": turned_round,
}
changes = st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, COUNT - 1)), max_size=3)


def changed(month: Month, some: list[tuple[str, int]]) -> Month:
    """The month after, with these changes of the services that are still listed."""
    for name, number in some:
        if any(row["Location ID"] == facts(number)["Location ID"] for row in month):
            month = CHANGES[name](month, str(facts(number)["Location ID"]))
    return month


def load_ratings(month: Month, day: date) -> Any:
    """Load these ratings as a spreadsheet."""
    headings = latest_ratings_rows()[0]
    return _load([headings, *(a_row(row) for row in month)], day)


def load_services(month: Month, day: date) -> Any:
    """Load this register as a spreadsheet."""
    return _load(register_rows(month), day)


def _load(table: list[list[Cell]], day: date) -> Any:
    with TemporaryDirectory() as folder:
        # No two months are the same bytes, which would be one.
        path = write_ods(Path(folder) / "file.ods", table, before={"README": [[f"Month {day.month}"]]})
        try:
            return load_file(path, as_at=day, confirm=lambda movement: True).effects
        except CqcFileError as error:
            return error.sentence


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
