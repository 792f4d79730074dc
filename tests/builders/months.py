"""Months of CQC's spreadsheets about invented services, and what may change from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from quality.cqc import CqcFileError
from quality.editions.loading import load_file
from tests.builders.cqc_files import Cell, a_row, latest_ratings_rows, write_ods
from tests.builders.cqc_files_register import register_rows
from tests.builders.registers import LARKFIELD

Line = dict[str, Cell]
Month = list[Line]
Change = Callable[[Month, str], Month]
DAYS = [date(2026, month, 1) for month in (1, 2, 3, 4)]
COUNT = 14


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
