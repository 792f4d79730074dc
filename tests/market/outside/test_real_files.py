"""The real tables of ASCOF 6b and LG Inform: every row accounted for, and the figures as they were published."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from quality.market.models import OutsideFigure
from quality.market.outside.loading import OutsideLoad, load_outside
from quality.market.outside.queries import outside_for, outside_trend
from tests.databases import Database

SPRING = {"2023 to 2024": date(2024, 4, 1), "2024 to 2025": date(2025, 4, 1)}


@pytest.fixture
def ascof(session: Database, shared_data: Path) -> OutsideLoad:
    """ASCOF 6b of two years."""
    return load_outside(shared_data / "reference" / "ascof_6b_extracted.csv")


def test_every_row_of_ascof_is_accounted_for(session: Database, ascof: OutsideLoad) -> None:
    assert (ascof.rows_read, ascof.stored) == (168, 332)
    assert ascof.set_aside == {
        "2023 to 2024: marked [x], not available": 3,
        "2024 to 2025: marked [x], not available": 1,
    }
    assert ascof.stored + sum(ascof.set_aside.values()) == 2 * ascof.rows_read


def test_all_153_authorities_are_read(session: Database, ascof: OutsideLoad) -> None:
    authorities = func.substr(OutsideFigure.area_code, 1, 3).in_(("E06", "E07", "E08", "E09", "E10"))
    read = Counter(session.scalars(select(OutsideFigure.period).where(authorities)))
    # The City of London has no figure, nor have two councils of 2023 in the first of the years.
    assert {
        year: count + ascof.set_aside[f"{year}: marked [x], not available"] for year, count in read.items()
    } == {
        "2023 to 2024": 153,
        "2024 to 2025": 153,
    }


@pytest.mark.parametrize(
    ("code", "year", "published"),
    [
        ("E10000012", "2023 to 2024", (296, 371, "79.8")),
        ("E10000012", "2024 to 2025", (299, 368, "81.3")),
        ("E12000006", "2023 to 2024", (1_183, 1_528, "77.4")),
        ("E12000006", "2024 to 2025", (1_176, 1_500, "78.4")),
        ("E92000001", "2023 to 2024", (11_331, 14_105, "80.3")),
        ("E92000001", "2024 to 2025", (11_287, 13_820, "81.7")),
        ("E10000015", "2023 to 2024", (183, 235, "77.9")),
        ("E10000020", "2023 to 2024", (209, 318, "65.7")),
        ("E10000029", "2023 to 2024", (154, 179, "86.0")),
        ("E10000016", "2023 to 2024", (388, 479, "81.0")),
    ],
)
def test_a_figure_of_ascof_is_as_it_was_published(
    ascof: OutsideLoad, code: str, year: str, published: tuple[int, int, str]
) -> None:
    (shown,) = outside_for(code, "", SPRING[year], "residential")
    assert (shown.period, (shown.k, shown.n, shown.value_text)) == (year, published)
    assert shown.source.denominator_stated


def test_a_council_that_ascof_spells_otherwise_is_found_by_its_code(ascof: OutsideLoad) -> None:
    (shown,) = outside_for("E06000047", "County Durham", SPRING["2023 to 2024"])
    assert shown.area_name == "Durham"


def test_the_numerators_that_count_services_without_a_rating_are_told(ascof: OutsideLoad) -> None:
    assert len(ascof.warnings) == 1
    assert ascof.warnings[0].startswith(
        "2024 to 2025: in 35 of 168 rows the numerator counts services that had no"
    )
    (england,) = outside_for("E92000001", "England", SPRING["2024 to 2025"])
    assert england.note == "25 of the 13,820 had no rating yet, and the 11,287 count them as well."
    (before,) = outside_for("E92000001", "England", SPRING["2023 to 2024"])
    assert before.note == "1 of the 14,105 had no rating yet."


def test_every_month_of_lg_informs_is_read(session: Database, shared_data: Path) -> None:
    path = shared_data / "reference" / "lginform_care_homes_good_or_outstanding_monthly.csv"
    loaded = load_outside(path)
    assert (loaded.rows_read, loaded.stored, loaded.set_aside, loaded.warnings) == (510, 510, {}, [])
    england = {one.period: one.value_text for one in outside_trend("E92000001", "England", "care-home")}
    assert len(england) == 30
    assert (england["Mar 2024"], england["Apr 2024"], england["Apr 2026"]) == ("77.4", "77.2", "73.4")
