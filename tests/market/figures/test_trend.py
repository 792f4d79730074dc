"""A share over the editions: one day of each month, each the share of that day, and where the line has to break."""

from __future__ import annotations

from datetime import date

from quality.market.areas.finding import find_area
from quality.market.figures.basis import Basis
from quality.market.figures.gathering import market
from quality.market.figures.rules import DEFAULT, RULES, find_rule
from quality.market.figures.trend import breaks_between, edition_days, series_of
from quality.ratings.comparability import SAF_BEGINS
from tests.builders.registers import load_directory, load_register, load_rows
from tests.databases import Database
from tests.market.figures.test_rules import home, registered

DAYS = [date(2023, 1, 2), date(2023, 1, 31), date(2023, 3, 1), date(2026, 6, 30)]


def load_all() -> None:
    """Four lists of ratings, two of them in one month, in which ever fewer are Good, and a register."""
    for worse, day in enumerate(DAYS):
        words = ["Inadequate"] * worse + ["Good"] * (4 - worse)
        load_rows([home(number, Latest_Rating=word) for number, word in enumerate(words)], as_at=day)
    load_register(date(2023, 3, 4), *(registered(number) for number in range(6)))
    load_register(date(2023, 3, 20), *(registered(number) for number in range(7)))
    load_directory(date(2023, 5, 5))


def test_each_month_has_the_last_day_on_which_ratings_were_told(session: Database) -> None:
    load_all()
    assert edition_days() == DAYS[1:]


def test_every_point_is_the_share_of_its_day_by_every_rule(session: Database) -> None:
    load_all()
    areas = [find_area(name, DAYS[-1]) for name in ("Northmere", "East of England", "England", "1-800000001")]
    for rule in RULES:
        basis = Basis(DAYS[-1], rule=rule)
        for series in series_of(market(), areas, edition_days(), basis):
            for point in series.points:
                share = market().share(series.area, basis.on(point.day))
                assert (point.k, point.n, point.interval, point.words) == (
                    share.k,
                    share.n,
                    share.interval,
                    share.words,
                )
    points = series_of(market(), areas[:1], edition_days(), Basis(DAYS[-1]))[0].points
    assert [(point.k, point.n) for point in points] == [(3, 4), (2, 4), (1, 4)]


def test_the_line_breaks_where_the_framework_changed_and_at_the_first_register(session: Database) -> None:
    load_all()
    area = find_area("Northmere", DAYS[-1])
    breaks = breaks_between(area, DAYS[0], DAYS[-1], find_rule("unrated-counted"))
    days = [one.day for one in breaks]
    assert days == sorted(days)
    assert SAF_BEGINS in days
    assert date(2023, 3, 4) in days
    assert date(2023, 3, 20) not in days
    assert all(one.reason for one in breaks)
    assert breaks_between(area, date(2023, 3, 4), date(2023, 3, 31), DEFAULT) == []
    assert date(2023, 3, 4) not in [one.day for one in breaks_between(area, DAYS[0], DAYS[-1], DEFAULT)]
