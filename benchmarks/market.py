"""The market: one authority's page as at any day, again, with ten years of editions; every authority at one day.

The register is the full-size invented one of `benchmarks.register`, its local authorities named as real ones are, since
the page compares with the authorities that there are; nothing but figures is made of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select, text

from benchmarks import ten_years
from benchmarks.full_size import write_ratings, write_register
from benchmarks.invented_audits import MANAGER
from benchmarks.invented_register import Month
from benchmarks.measuring import Figure, interleaved
from benchmarks.one_load import an_app, load
from benchmarks.serving import Server, server
from quality.core.database import db
from quality.market.areas.membership import authorities_at
from quality.market.figures.basis import Basis
from quality.market.figures.gathering import market
from quality.people.permissions import Role
from quality.services.models import LocalAuthority
from tests.builders.people import a_council, a_person
from tests.databases import fresh_copy, migrated_database

GOAL_UNCACHED, GOAL_AGAIN, GOAL_SCAN, GOAL_YEARS = 40, 4, 2, 1.2
_PAGES_A_RUN = 20
_COUNTS_A_RUN = 5
_LAST_DAY = date(2026, 9, 2)
_ONE_YEAR = 12
_AREA = "Essex"
# What counting every authority needs at the least: each service that counts, with its authority and rating.
_SCAN = text(
    "SELECT service.local_authority_id, rating.word FROM service JOIN rating ON rating.service_id = service.id "
    "WHERE service.primary_category IN ('Residential social care', 'Community based adult social care services') "
    "AND rating.domain = 'Overall' AND rating.service_group = 'Overall' AND rating.held_to IS NULL"
)


def run(engine: str, runs: int) -> list[Figure]:
    """Measure on one engine. Two or three minutes of it go into making and loading the files."""
    with TemporaryDirectory() as name, _databases(engine, Path(name)) as (one_year, all_years):
        folder = Path(name)
        return [*_pages(one_year, all_years, folder, runs), _counting(engine, all_years, folder, runs)]


def _pages(one_year: str, all_years: str, folder: Path, runs: int) -> list[Figure]:
    pages = runs * _PAGES_A_RUN
    with ExitStack() as stack:
        one, ten = (stack.enter_context(server(address, folder)) for address in (one_year, all_years))
        first = {"one": one.seconds(_page(_LAST_DAY), _AREA), "ten": ten.seconds(_page(_LAST_DAY), _AREA)}
        asked: dict[str, Callable[[], float]] = {
            "empty": lambda: ten.seconds("/empty"),
            "again": lambda: ten.seconds(_page(_LAST_DAY), _AREA),
            "one": _never_asked(one, since=0, within=300),
            "ten": _never_asked(ten, since=0, within=300),
            "long_ago": _never_asked(ten, since=400, within=2_600),
        }
        interleaved(_PAGES_A_RUN, **asked)
        seconds = interleaved(pages, **asked)
    engine = "postgresql" if all_years.startswith("postgresql") else "sqlite"
    empty, page = "an empty page of the same server", "the market page of one authority with its benchmarks"

    def against_empty(what: str, taken: float, goal: float) -> Figure:
        return Figure(f"{page}, {what}", empty, engine, taken, seconds["empty"], goal, pages)

    return [
        against_empty(
            "as at a day never asked for, ten years of editions", seconds["long_ago"], GOAL_UNCACHED
        ),
        against_empty("asked again", seconds["again"], GOAL_AGAIN),
        Figure(
            f"{page}, ten years of editions",
            "with one year of them",
            engine,
            seconds["ten"],
            seconds["one"],
            GOAL_YEARS,
            pages,
            {"ms of the first page after a load": first["ten"] * 1000},
        ),
    ]


def _counting(engine: str, address: str, folder: Path, runs: int) -> Figure:
    """Every authority's k and n as at a day, against the database reading the rows that this needs."""
    with an_app(address, folder):
        held, days = market(), count()

        def counting() -> float:
            basis = Basis(_LAST_DAY - timedelta(days=next(days)))
            started = time.perf_counter()
            held.counts(basis)
            return time.perf_counter() - started

        def scanning() -> float:
            started = time.perf_counter()
            db.session.execute(_SCAN).all()
            return time.perf_counter() - started

        seconds = interleaved(runs * _COUNTS_A_RUN, counting=counting, scanning=scanning)
        db.session.rollback()
    return Figure(
        "k and n of every authority as at a day never asked for",
        "the database reading the rows that this needs",
        engine,
        seconds["counting"],
        seconds["scanning"],
        GOAL_SCAN,
        runs * _COUNTS_A_RUN,
    )


def _never_asked(asked: Server, *, since: int, within: int) -> Callable[[], float]:
    """Asks for the page as at another day each time, of so many that end `since` days before the last."""
    steps = count(1)

    def seconds() -> float:
        # A step that has no divisor in common with the number of days comes to each day once before any again.
        return asked.seconds(_page(_LAST_DAY - timedelta(days=since + next(steps) * 7 % within + 1)), _AREA)

    return seconds


def _page(day: date) -> str:
    return f"/market/areas/{_AREA}?as_at={day}"


@contextmanager
def _databases(engine: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Two databases with the full-size register: one year of monthly editions, and ten years of them."""
    files = [write_register(folder, Month(0)), write_ratings(folder, Month(0))]
    with ExitStack() as stack:
        one = stack.enter_context(migrated_database(engine, folder))
        with an_app(one, folder):
            load(files)
            a_person(db.session, Role.MANAGER, council=a_council(db.session), email=MANAGER)
            _name_authorities()
            db.session.commit()
        ten = stack.enter_context(fresh_copy(one, folder))
        for address, months in ((one, _ONE_YEAR), (ten, ten_years.MONTHS)):
            with an_app(address, folder):
                ten_years.fill(months)
        yield one, ten


def _name_authorities() -> None:
    names = [one.name for one in authorities_at(_LAST_DAY)]
    invented = db.session.scalars(select(LocalAuthority).where(LocalAuthority.name.startswith("Invented ")))
    for authority, name in zip(invented.all(), names, strict=False):
        authority.name = name
