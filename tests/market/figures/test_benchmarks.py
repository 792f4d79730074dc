"""An area beside others: each line the area's own share, each list by a rule that a count by hand finds too."""

from __future__ import annotations

from datetime import date

import pytest

from quality.core.errors import Invalid
from quality.market.areas.finding import find_area
from quality.market.figures import comparators as lists
from quality.market.figures.basis import Basis
from quality.market.figures.benchmarks import Benchmark, benchmark
from quality.market.figures.comparators import comparators, england, region_around
from quality.market.figures.gathering import market
from quality.market.figures.rules import RULES, find_rule
from quality.scoring.proportions import Comparison
from tests.builders.people import a_council
from tests.builders.registers import load_register, load_rows
from tests.databases import Database
from tests.market.figures.test_rules import Line, home, registered

DAY = date(2026, 3, 14)
PLACES = {"Essex": 20, "Kent": 12, "Northmere": 6, "(pseudo) Wales": 15, "Suffolk": 1}


@pytest.fixture
def england_in_small(session: Database) -> None:
    """Some homes in each of five places; in each, every third is Inadequate and one is not rated."""
    register, ratings, number = [], [], 0
    for name, homes in PLACES.items():
        own: Line = {
            "Location Local Authority": name,
            "Location Region": "South East" if name == "Kent" else "East",
        }
        for at in range(homes):
            number += 1
            word = "Not Rated" if at == 0 else "Inadequate" if at % 3 == 0 else "Good"
            register.append(registered(number, **{"Care homes beds": str(5 + 7 * at)}) | own)
            ratings.append(home(number, Latest_Rating=word, Publication_Date="14/03/2024") | own)
    load_register(DAY, *register)
    load_rows(ratings, as_at=DAY)


def beside(name: str, key: str, rule: str = "rated") -> Benchmark:
    """An area beside a list."""
    area, basis = find_area(name, DAY), Basis(DAY, rule=find_rule(rule))
    others = comparators(key, market=market(), area=area, council=0, basis=basis)
    return benchmark(market(), area, others, region=region_around(area), england=england(), basis=basis)


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
@pytest.mark.parametrize("key", ["size", "region", "counties", "all"])
@pytest.mark.usefixtures("england_in_small")
def test_every_line_is_the_share_of_its_area(key: str, rule: str) -> None:
    found = beside("Essex", key, rule)
    assert {"Essex"} <= {line.area.name for line in found.lines}
    for line in found.lines:
        share = market().share(line.area, Basis(DAY, rule=find_rule(rule)))
        assert (line.k, line.n, line.interval, line.words) == (share.k, share.n, share.interval, share.words)
    shares = [line.k / line.n for line in found.lines]
    assert shares == sorted(shares, reverse=True)
    assert found.without == len(found.comparators.areas) - len(found.lines)


@pytest.mark.usefixtures("england_in_small")
def test_authorities_of_a_size_are_those_with_as_many_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "LARGE", 12)
    found = beside("Essex", "size")
    assert {line.area.name for line in found.lines} == {"Essex", "Kent"}
    assert "at least 12" in found.comparators.definition
    assert found.place is not None
    assert found.place.of == 2


@pytest.mark.usefixtures("england_in_small")
def test_an_area_that_is_too_small_stands_beside_the_large_and_is_said_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lists, "LARGE", 12)
    found = beside("Northmere", "size")
    assert {line.area.name for line in found.lines} == {"Essex", "Kent", "Northmere"}
    assert "Northmere is not one of them" in found.comparators.definition


@pytest.mark.usefixtures("england_in_small")
def test_the_lists_by_region_and_class_have_those_that_lie_there() -> None:
    assert {line.area.name for line in beside("Essex", "region").lines} == {"Essex", "Northmere"}
    assert {line.area.name for line in beside("Essex", "counties").lines} == {"Essex", "Kent"}
    assert {line.area.name for line in beside("Essex", "all").lines} == {"Essex", "Kent", "Northmere"}


@pytest.mark.usefixtures("england_in_small")
def test_england_has_everything_also_what_lies_in_no_named_place() -> None:
    found = beside("Essex", "all")
    assert found.england.registered == sum(PLACES.values())
    assert found.england.n == sum(PLACES.values()) - len(PLACES)
    assert found.region is not None
    assert found.region.area.name == "East of England"
    assert found.against_england is Comparison.SIMILAR


@pytest.mark.usefixtures("england_in_small")
def test_a_share_of_beds_has_no_place_and_an_area_in_which_nobody_counts_no_line() -> None:
    assert beside("Essex", "all", "beds").place is None
    nobody = beside("Suffolk", "all")
    assert nobody.place is None
    assert nobody.own.interval is None
    assert nobody.against_england is None


@pytest.mark.usefixtures("england_in_small")
def test_an_unknown_list_is_refused() -> None:
    with pytest.raises(Invalid, match="is no list to compare with"):
        beside("Essex", "set:neighbours")


def test_another_councils_list_is_none_of_ours(session: Database) -> None:
    load_rows([home(1)], as_at=DAY)
    area, council = find_area("Northmere", DAY), a_council(session)
    with pytest.raises(Invalid):
        comparators("set:theirs", market=market(), area=area, council=council.id, basis=Basis(DAY))
