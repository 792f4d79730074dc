"""The figures of the real files: as others publish them from the same data, and as plain SQL counts them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from quality.editions.loading import load_file
from quality.market.areas.finding import find_area
from quality.market.figures.basis import Basis
from quality.market.figures.counting import Fate
from quality.market.figures.gathering import market
from quality.market.figures.rules import DEFAULT, find_rule
from quality.market.figures.scopes import Kind, Scope
from quality.market.figures.share import Share
from tests.databases import Database
from tests.editions.test_real_files import ENGLAND, LINCOLNSHIRE, SUMMER

pytestmark = pytest.mark.slow

FEBRUARY = date(2021, 2, 1)
BY_AUTHORITY = """
    SELECT authority.name,
           SUM(CASE WHEN rating.word IN ('outstanding', 'good') THEN 1 ELSE 0 END),
           COUNT(*)
    FROM service
    JOIN local_authority authority ON authority.id = service.local_authority_id
    JOIN rating ON rating.service_id = service.id
    WHERE service.primary_category IN ('Residential social care', 'Community based adult social care services')
      AND rating.service_group = 'Overall' AND rating.domain = 'Overall' AND rating.held_to IS NULL
      AND rating.word IN ('outstanding', 'good', 'requires_improvement', 'inadequate')
    GROUP BY authority.name
"""


@pytest.fixture
def england(session: Database, shared_data: Path) -> None:
    """The file of all England, of February 2021."""
    load_file(shared_data / "cqc" / ENGLAND)


@pytest.fixture
def lincolnshire(session: Database, shared_data: Path) -> None:
    """The file of one county, of summer 2026."""
    load_file(shared_data / "cqc" / LINCOLNSHIRE, as_at=SUMMER)


def share(area: str, day: date = FEBRUARY, kind: Kind = Kind.ALL, rule: str = DEFAULT.name) -> Share:
    """The share of an area by these words."""
    return market().share(find_area(area, day), Basis(day, Scope(kind), find_rule(rule)))


def test_the_shares_of_february_2021_are_those_of_the_reading(session: Database, england: None) -> None:
    areas = ("Essex", "East of England", "England")
    of = {
        kind: [(one.k, one.n) for one in (share(area, kind=kind) for area in areas)]
        for kind in (Kind.ALL, Kind.CARE_HOME, Kind.COMMUNITY)
    }
    assert of[Kind.ALL] == [(555, 637), (2_214, 2_634), (19_532, 23_115)]
    assert of[Kind.CARE_HOME] == [(339, 399), (1_329, 1_626), (12_285, 14_839)]
    assert of[Kind.COMMUNITY][0] == (216, 238)
    assert [share(area, kind=Kind.COMMUNITY).words for area in areas] == ["90.8%", "87.7%", "87.6%"]
    assert share("Essex").words == "87.1%"


def test_every_authority_has_the_k_and_n_that_plain_sql_counts(session: Database, england: None) -> None:
    counted = {name: (int(k), int(n)) for name, k, n in session.execute(text(BY_AUTHORITY))}
    assert len(counted) == 151
    held, counts = market().held, market().counts(Basis(FEBRUARY))
    ours = {name: (int(counts.k[number]), int(counts.n[number])) for number, name in held.authorities.items()}
    assert {name: both for name, both in ours.items() if both[1]} == counted
    named = {name for name in counted if name != "Unspecified"}
    assert {name: (share(name).k, share(name).n) for name in named} == {name: counted[name] for name in named}


def test_the_command_prints_the_figure_that_the_page_shows(
    app: Flask, session: Database, england: None
) -> None:
    asked = ["market", "share", "--area", "E10000012", "--as-at", "2021-02-01", "--json"]
    answer = app.test_cli_runner().invoke(args=asked)
    assert answer.exit_code == 0, answer.output
    told: dict[str, Any] = json.loads(answer.stdout)
    assert (told["area"], told["as_at"], told["scope"], told["rule"]) == (
        "Essex",
        "2021-02-01",
        "all",
        "rated/1",
    )
    assert (told["k"], told["n"], round(told["share"], 4)) == (555, 637, 0.8713)
    assert 0.84 < told["low"] < told["share"] < told["high"] < 0.9
    assert told["n"] + sum(told["left_out"].values()) == told["registered"]


def test_a_later_day_without_a_newer_file_rests_on_the_newest_there_is(
    session: Database, england: None
) -> None:
    later = share("Essex", date(2022, 6, 1))
    assert (later.k, later.n) == (555, 637)
    assert market().told_on(date(2022, 6, 1)) == FEBRUARY


def test_a_place_rated_by_service_is_left_out_with_that_reason_or_counts_by_its_worst(
    session: Database, lincolnshire: None
) -> None:
    rated = share("Lincolnshire", SUMMER)
    worst = share("Lincolnshire", SUMMER, rule="worst-service")
    assert rated.left_out[Fate.RATED_BY_SERVICE] == 7
    assert Fate.RATED_BY_SERVICE not in worst.left_out
    assert worst.n == rated.n + 7
    assert worst.registered == rated.registered == rated.n + sum(rated.left_out.values())
