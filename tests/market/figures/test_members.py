"""Which services lie in an area is told from memory as the database tells it, on any day, and asked for once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import event

from quality.core.database import db
from quality.market.areas import NoLookup, service_ids_in
from quality.market.areas.finding import find_area
from quality.market.areas.kinds import Area, AreaKind
from quality.market.areas.postcodes import load_postcodes
from quality.market.figures.basis import Basis
from quality.market.figures.gathering import market
from quality.market.figures.scopes import Scope
from quality.market.figures.trend import series_of
from quality.services.queries import find_service
from tests.builders.people import a_council
from tests.builders.register import contracted
from tests.builders.registers import load_deactivated, load_register
from tests.databases import Database
from tests.market.areas.files import directory
from tests.market.figures.test_rules import Line, registered

DAYS = [date(2025, month, 1) for month in (1, 3, 5, 7)]
HARLOW, BASILDON = "E07000073", "E07000066"
SET = Area("both", "Both", AreaKind.SET, members=(HARLOW, "E06000033"))
NAMES = [
    *("Essex", "Southend-on-Sea", "East of England", "England", HARLOW, BASILDON, "E54000026"),
    *("1-800000001", "1-800000002", "BD1", "BD2", "1-900000001", "1-900000003"),
]


def a_home(number: int, postcode: str, provider: int, brand: str = "-", authority: str = "Essex") -> Line:
    """A home of a register, in Essex unless said otherwise."""
    return registered(number) | {
        "Location Local Authority": authority,
        "Location Postal Code": postcode,
        "Provider ID": f"1-80000000{provider}",
        "Provider Name": f"Invented Care {provider}",
        "Brand ID": brand,
        "Brand Name": f"BRAND {brand}" if brand != "-" else "-",
    }


@pytest.fixture
def county(session: Database) -> None:
    """Homes that move between districts, owners and brands, one that closes, and one that comes late."""
    harlow, basildon, border = "CM20 9ZZ", "SS14 9ZZ", "SS4 9ZZ"
    homes = (
        a_home(1, harlow, 1, "BD1"),
        a_home(2, basildon, 1, "BD1"),
        a_home(3, border, 2, "-", "Southend-on-Sea"),
    )
    load_register(DAYS[0], *homes)
    load_register(DAYS[1], a_home(1, harlow, 2), a_home(2, harlow, 1, "BD1"), homes[2])
    load_register(
        DAYS[2], a_home(1, basildon, 2, "BD2"), a_home(2, harlow, 1, "BD2"), a_home(3, harlow, 2, "BD2")
    )
    load_register(DAYS[3], a_home(1, basildon, 2), a_home(2, harlow, 1, "BD1"), a_home(4, harlow, 1, "BD1"))
    load_deactivated(DAYS[3], homes[2], ended="01/07/2025")


def place(tmp_path: Path) -> None:
    """Load where the postcodes lie."""
    rows = [
        {"pcds": "CM20 9ZZ", "lad25cd": HARLOW, "icb23cd": "E54000025"},
        {"pcds": "SS14 9ZZ", "lad25cd": BASILDON, "icb23cd": "E54000026"},
        {"pcds": "SS4 9ZZ", "lad25cd": "E07000075", "icb23cd": "E54000026"},
    ]
    load_postcodes(directory(tmp_path / "ONSPD.csv", *rows))


def areas() -> list[Area]:
    """One of each kind, and more."""
    return [*(find_area(name, DAYS[-1]) for name in NAMES), SET]


@pytest.mark.usefixtures("county")
def test_what_memory_tells_is_what_the_database_tells_on_every_day(session: Database, tmp_path: Path) -> None:
    place(tmp_path)
    held, seen = market(), set()
    for area in areas():
        lies = held.lying_in(area)
        for day in [*DAYS, date(2025, 2, 1), date(2026, 1, 1)]:
            inside = held.held.service_ids[lies(held.standing(day))].tolist()
            assert inside == service_ids_in(area, day), (area, day)
            seen.add((area.name, tuple(inside)))
    assert len({name for name, _ in seen}) == len(NAMES) + 1
    assert len(seen) > 2 * len(NAMES), "Little moved, so little was tried."


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("name", [HARLOW, "E54000026"])
def test_without_a_lookup_a_district_is_refused(session: Database, name: str) -> None:
    area = find_area(name, DAYS[-1])
    with pytest.raises(NoLookup, match="no lookup of postcodes is loaded"):
        market().lying_in(area)


@pytest.mark.usefixtures("county")
def test_a_trend_asks_the_database_as_often_for_many_editions_as_for_two(
    session: Database, tmp_path: Path
) -> None:
    place(tmp_path)
    council, service = a_council(session, "Essex", "ESX"), find_service("1-900000001")
    assert service is not None
    contracted(session, service, council.id, starts_on=DAYS[1], ends_on=DAYS[2])
    held = market()
    for scope in (Scope(), Scope(contracted_by=council.id)):
        for area in areas():
            basis = Basis(DAYS[-1], scope)
            few = _statements(partial(series_of, held, [area], DAYS[:2], basis))
            many = _statements(partial(series_of, held, [area], DAYS, basis))
            assert many <= few, area
            (series,) = series_of(held, [area], DAYS, basis)
            assert [(one.k, one.n) for one in series.points] == [
                (share.k, share.n) for share in (held.share(area, basis.on(day)) for day in DAYS)
            ]


def _statements(do: Callable[[], object]) -> int:
    """How many statements the database is given."""
    found: list[str] = []

    def note(*told: object) -> None:
        found.append(str(told[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        do()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(found)
