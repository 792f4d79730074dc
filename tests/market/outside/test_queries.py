"""What a page or a chart shows beside our own figures of an area and a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quality.market.outside.loading import load_outside
from quality.market.outside.queries import claims_for, outside_for, outside_table, outside_trend
from tests.market.outside.files import (
    CLASS,
    EXAMPLE,
    MARKED,
    NORTHMERE,
    SOUTHMERE,
    a_claim,
    a_figure,
    a_month,
    a_written_file,
    a_year,
    an_ascof_file,
    an_lg_file,
)

CODE = NORTHMERE[2]
TWO_YEARS = ("2023 to 2024", "2024 to 2025")
SPRING = date(2024, 4, 1)
pytestmark = pytest.mark.usefixtures("session")


@pytest.mark.parametrize(
    ("as_at", "period", "days"),
    [
        (date(2019, 1, 1), "2023 to 2024", 1916),
        (date(2024, 9, 29), "2023 to 2024", -182),
        (date(2024, 9, 30), "2024 to 2025", 182),
        (date(2026, 3, 31), "2024 to 2025", -365),
    ],
)
def test_the_period_nearest_the_day_is_shown_with_how_far_it_is(
    tmp_path: Path, as_at: date, period: str, days: int
) -> None:
    load_outside(an_ascof_file(tmp_path, [*NORTHMERE, *a_year(1, 8, 1), *a_year(2, 8, 1)], years=TWO_YEARS))
    (shown,) = outside_for(CODE, "Northmere", as_at)
    assert (shown.period, shown.days_apart) == (period, days)


def test_areas_are_joined_by_code_however_they_are_spelt(tmp_path: Path) -> None:
    load_outside(
        an_ascof_file(tmp_path, [*NORTHMERE, *a_year(1, 8, 1)], ["997", "North Mere", "E10999997", *MARKED])
    )
    assert [one.area_name for one in outside_for(CODE, "Northmere, County of", SPRING)] == ["Northmere"]


def test_a_name_joins_nothing_that_has_a_code(tmp_path: Path) -> None:
    load_outside(an_ascof_file(tmp_path, [*NORTHMERE, *a_year(1, 8, 1)], [*CLASS, *a_year(5, 8, 1)]))
    assert outside_for("E10999990", "Northmere", SPRING) == []
    assert outside_for(None, "Northmere", SPRING) == []
    assert [one.k for one in outside_for(None, "Shire Counties", SPRING)] == [13]


def test_a_series_is_shown_beside_its_own_scope_alone(tmp_path: Path) -> None:
    load_outside(an_ascof_file(tmp_path, [*NORTHMERE, *a_year(1, 8, 1)]))
    load_outside(an_lg_file(tmp_path, a_month("Mar 2024", "77.4")))
    keys = {
        scope: [one.source.key for one in outside_for(CODE, "", SPRING, scope)]
        for scope in ("residential", "care-home", "all", None)
    }
    assert keys == {
        "residential": ["ascof-6b"],
        "care-home": ["lg-inform-care-homes"],
        "all": [],
        None: ["ascof-6b", "lg-inform-care-homes"],
    }


def test_a_newer_file_replaces_the_periods_it_tells_again_and_leaves_the_others(tmp_path: Path) -> None:
    later = an_ascof_file(
        tmp_path, [*NORTHMERE, *a_year(1, 8, 1), *a_year(2, 8, 1)], years=("2024 to 2025", "2025 to 2026")
    )
    load_outside(
        later
    )  # Loaded first: which is the newer is told by the years and not by the order of loading.
    load_outside(an_ascof_file(tmp_path, [*NORTHMERE, *a_year(0, 5, 1), *a_year(0, 6, 1)], years=TWO_YEARS))
    assert [(one.period, one.k) for one in outside_trend(CODE, "Northmere")] == [
        ("2023 to 2024", 5),
        ("2024 to 2025", 9),
        ("2025 to 2026", 10),
    ]


def test_an_area_that_the_newer_file_marks_does_not_come_back_from_the_older(tmp_path: Path) -> None:
    good = a_year(1, 8, 1)
    load_outside(an_ascof_file(tmp_path, [*NORTHMERE, *good], [*SOUTHMERE, *good]))
    load_outside(
        an_ascof_file(tmp_path, [*NORTHMERE, *MARKED, *MARKED], [*SOUTHMERE, *good, *good], years=TWO_YEARS)
    )
    assert outside_trend(CODE, "Northmere") == []


def test_what_people_wrote_again_later_replaces_all_they_wrote_of_it(tmp_path: Path) -> None:
    load_outside(a_written_file(tmp_path, a_figure() + a_claim(more='shown_with = ["E10999999"]')))
    load_outside(a_written_file(tmp_path, a_figure("84%", more=""), read_on="2026-02-01"))
    assert [one.value_text for one in outside_for(CODE, "Northmere", SPRING)] == ["84%"]
    assert claims_for(CODE, "Northmere") == []


def test_a_figure_without_a_day_is_shown_without_a_distance(tmp_path: Path) -> None:
    load_outside(a_written_file(tmp_path, a_figure("84%", more="")))
    (shown,) = outside_for(CODE, "Northmere", SPRING)
    assert (shown.day, shown.days_apart) == (None, None)
    assert shown.words == "Published elsewhere: 84% (denominator not stated), Northmere, March 2024."


def test_the_words_say_of_how_many_and_what_has_to_be_said(tmp_path: Path) -> None:
    load_outside(an_ascof_file(tmp_path, [*NORTHMERE, *a_year(1, 8, 1, 2)]))
    (shown,) = outside_for(CODE, "Northmere", SPRING)
    assert shown.words == (
        "Published elsewhere: 75.0% (9 of 12), Northmere, 2023 to 2024. 2 of the 12 had no rating yet."
    )


def test_a_table_gives_every_area_of_a_series_at_one_period(tmp_path: Path) -> None:
    both = [*a_year(2, 8, 1), *a_year(1, 8, 1)]
    new = ["997", "Eastmere", "E10999997", *MARKED, *a_year(1, 8, 1)]
    load_outside(an_ascof_file(tmp_path, [*SOUTHMERE, *both], [*NORTHMERE, *both], new, years=TWO_YEARS))
    assert [(one.area_name, one.k) for one in outside_table("ascof-6b", date(2024, 1, 1))] == [
        ("Northmere", 10),
        ("Southmere", 10),
    ]
    assert len(outside_table("ascof-6b", date(2025, 1, 1))) == 3


def test_claims_are_shown_with_the_areas_they_name(tmp_path: Path) -> None:
    load_outside(a_written_file(tmp_path, a_claim(more='shown_with = ["E10999999"]')))
    assert [one.words for one in claims_for(CODE, "Northmere")] == ["Among the top four."]
    assert [one.words for one in claims_for(None, "NHS Northmere")] == ["Among the top four."]
    assert claims_for(SOUTHMERE[2], "NHS Northmere") == []


def test_the_page_on_essex_is_shown_as_published_elsewhere() -> None:
    load_outside(EXAMPLE)
    shown = outside_for("E10000012", "Essex", date(2024, 3, 31), "all")
    assert [(one.value_text, one.n, one.as_at) for one in shown] == [
        ("83.16%", None, date(2024, 3, 31)),
        ("83%", None, date(2024, 3, 31)),
        ("84%", None, None),
    ]
    assert all(not one.source.denominator_stated for one in shown)
    assert shown[0].source.comparators != shown[-1].source.comparators
    assert [one.value_text for one in outside_for("E12000006", "East of England", SPRING)] == ["80.51%"]
    assert [one.value_text for one in outside_for("E92000001", "England", SPRING)] == ["82.44%"]


def test_the_articles_claims_are_shown_for_the_places_it_is_about() -> None:
    load_outside(EXAMPLE)
    harlow = claims_for("E07000073", "Harlow")
    assert [one.words.split(",")[0].rstrip(".") for one in harlow] == [
        "Good for the quality of commissioning",
        "Good for the quality of financial management",
        "Among the top four primary care trusts in the east of England",
        "In the top third of primary care trusts in the country",
        "Met all 24 core standards",
    ]
    assert all(one.can_be_said and one.cannot_be_said for one in harlow)
    assert claims_for("E07000066", "Basildon") == []
    assert outside_for("E07000073", "Harlow", SPRING) == []
