"""Two publications line by line: an area is compared with itself alone, or the reason stands in place of the figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quality.market.publications.comparing import compare
from quality.market.publications.meaning import ground_between
from quality.market.publications.snapshot import Figure, Role
from tests.databases import Database
from tests.market.publications.told import a_figure, a_scope, a_snapshot

BEFORE, AFTER = date(2022, 6, 30), date(2024, 6, 30)
NORTH_WEST, ENGLAND = "E12000002", "E92000001"


def a_line(role: Role, code: str, name: str, k: int = 60, n: int = 90) -> Figure:
    """k of n in an area of this code and name."""
    return replace(a_figure(role, k, n), area_code=code, area_name=name)


def compared_alone(then: Figure, now: Figure) -> tuple[str, str, str]:
    """The refusal, the difference and the note of two figures that are there for the same."""
    before, after = (a_snapshot(a_scope(one)) for one in (then, now))
    (line,) = compare(before, after, ground=ground_between(BEFORE, AFTER)).lines
    return line.refused, line.difference, line.note


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(
    ("role", "code", "name"), [(Role.REGION, NORTH_WEST, "North West"), (Role.ENGLAND, ENGLAND, "England")]
)
def test_a_region_whose_authorities_changed_is_compared_and_that_is_said(
    role: Role, code: str, name: str
) -> None:
    refused, difference, note = compared_alone(a_line(role, code, name), a_line(role, code, name, 70))
    assert (refused, difference) == ("", "+11.1 percentage points")
    assert "only then Cumbria" in note
    assert "Cumberland" in note
    assert "Westmorland and Furness" in note


@pytest.mark.usefixtures("session")
def test_a_region_whose_authorities_are_the_same_has_no_note() -> None:
    east = a_line(Role.REGION, "E12000006", "East of England")
    assert compared_alone(east, east) == ("", "no change", "")


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("role", [Role.OWN, Role.REGION, Role.ENGLAND])
def test_another_code_is_another_area_and_is_refused(role: Role) -> None:
    refused, difference, _ = compared_alone(
        a_line(role, NORTH_WEST, "North West"), a_line(role, "E12000006", "East of England")
    )
    assert refused == "Not the same area: E12000002 then, E12000006 now."
    assert difference == ""


@pytest.mark.usefixtures("session")
def test_an_authority_that_followed_another_is_not_compared_with_it() -> None:
    then = a_snapshot(a_scope(a_line(Role.COMPARATOR, "E10000006", "Cumbria")))
    now = a_snapshot(a_scope(a_line(Role.COMPARATOR, "E06000063", "Cumberland")))
    found = compare(then, now, ground=ground_between(BEFORE, AFTER)).lines
    assert [bool(line.refused) for line in found] == [True, True]
    assert not any(line.difference for line in found)


def test_an_authority_without_a_code_is_known_by_its_name(session: Database) -> None:
    refused, _, _ = compared_alone(a_line(Role.OWN, "", "Northmere"), a_line(Role.OWN, "", "Southmere"))
    assert refused == "Not the same area: Northmere then, Southmere now."
