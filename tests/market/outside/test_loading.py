"""Loading figures that others published: what is stored, what is set aside, and what is only said."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from quality.core.database import Base
from quality.history.models import Event
from quality.market.models import OutsideClaim, OutsideFigure, OutsideSeries
from quality.market.outside.loading import load_outside
from tests.databases import Database
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


def the_figures(session: Database) -> list[OutsideFigure]:
    """Every figure that is stored, in the order of the file."""
    return list(session.scalars(select(OutsideFigure).order_by(OutsideFigure.id)))


def counts(session: Database) -> dict[str, int]:
    """How many rows every table has."""
    return {
        name: session.scalar(select(func.count()).select_from(table)) or 0
        for name, table in Base.metadata.tables.items()
    }


def test_a_figure_is_kept_as_it_was_published_with_its_count(session: Database, tmp_path: Path) -> None:
    load_outside(an_ascof_file(tmp_path, [*NORTHMERE, *a_year(10, 76, 16)]))
    (figure,) = the_figures(session)
    assert (figure.area_code, figure.area_name, figure.period) == ("E10999999", "Northmere", "2023 to 2024")
    assert (figure.k, figure.n, figure.value_text, figure.value) == (86, 102, "84.3", Decimal("84.3"))
    assert (figure.precision, figure.as_at, figure.period_end) == (1, None, date(2024, 3, 31))


def test_any_two_years_are_read_from_the_headings(session: Database, tmp_path: Path) -> None:
    years = ("2031 to 2032", "2032 to 2033")
    row = [*NORTHMERE, *a_year(1, 8, 1), *a_year(2, 7, 3)]
    loaded = load_outside(an_ascof_file(tmp_path, row, years=years))
    assert [(one.period, one.k, one.n) for one in the_figures(session)] == [
        ("2031 to 2032", 9, 10),
        ("2032 to 2033", 9, 12),
    ]
    assert (loaded.rows_read, loaded.stored) == (1, 2)


def test_a_class_of_councils_has_no_code(session: Database, tmp_path: Path) -> None:
    load_outside(an_ascof_file(tmp_path, [*CLASS, *a_year(1, 8, 1)]))
    assert [(one.area_code, one.area_name) for one in the_figures(session)] == [(None, "Shire Counties")]


def test_what_is_marked_is_set_aside_with_the_meaning_of_its_mark(session: Database, tmp_path: Path) -> None:
    rows = [[*NORTHMERE, *a_year(1, 8, 1), *MARKED], [*SOUTHMERE, *MARKED, *["[c]"] * 15]]
    loaded = load_outside(an_ascof_file(tmp_path, *rows, years=("2023 to 2024", "2024 to 2025")))
    assert loaded.set_aside == {
        "2023 to 2024: marked [x], not available": 1,
        "2024 to 2025: marked [x], not available": 1,
        "2024 to 2025: marked [c], confidential": 1,
    }
    assert (loaded.rows_read, loaded.stored) == (2, 1)
    assert loaded.stored + sum(loaded.set_aside.values()) == 2 * 2


def test_an_outcome_without_its_count_is_kept_without_one(session: Database, tmp_path: Path) -> None:
    year = a_year(1, 8, 1)
    year[-3] = "[c]"
    load_outside(an_ascof_file(tmp_path, [*NORTHMERE, *year]))
    assert [(one.k, one.n, one.value_text) for one in the_figures(session)] == [(None, None, "90.0")]


def test_an_outcome_that_is_not_its_count_is_a_warning_that_names_the_row(
    session: Database, tmp_path: Path
) -> None:
    rows = [[*SOUTHMERE, *a_year(1, 8, 1)], [*NORTHMERE, *a_year(1, 8, 1, outcome="91.0")]]
    loaded = load_outside(an_ascof_file(tmp_path, *rows))
    assert loaded.warnings == ["Row 3 (Northmere), 2023 to 2024: 91.0 is published, and 9 of 10 is 90."]
    assert the_figures(session)[1].value == Decimal("91.0")


@pytest.mark.parametrize("outcome", ["6.2", "6.3"])
def test_half_way_between_two_figures_either_is_right(
    session: Database, tmp_path: Path, outcome: str
) -> None:
    loaded = load_outside(an_ascof_file(tmp_path, [*NORTHMERE, *a_year(1, 0, 15, outcome=outcome)]))
    assert loaded.warnings == []


def test_services_without_a_rating_in_the_denominator_are_said(session: Database, tmp_path: Path) -> None:
    loaded = load_outside(an_ascof_file(tmp_path, [*NORTHMERE, *a_year(1, 8, 1, 2)]))
    assert (the_figures(session)[0].note, loaded.warnings) == ("2 of the 12 had no rating yet.", [])


def test_services_without_a_rating_in_the_numerator_are_said_and_warned_of(
    session: Database, tmp_path: Path
) -> None:
    year = a_year(1, 8, 1, 2)
    year[-3:] = ["11.0", "12.0", "91.7"]
    loaded = load_outside(an_ascof_file(tmp_path, [*NORTHMERE, *year]))
    assert the_figures(session)[0].note == "2 of the 12 had no rating yet, and the 11 count them as well."
    assert loaded.warnings == [
        "2023 to 2024: in 1 of 1 rows the numerator counts services that had no rating yet as well as those rated "
        "Good or Outstanding (row 2). It is kept as published."
    ]


def test_parts_that_do_not_add_up_are_a_warning(session: Database, tmp_path: Path) -> None:
    year = a_year(1, 8, 1)
    year[0] = "2.0"
    loaded = load_outside(an_ascof_file(tmp_path, [*NORTHMERE, *year]))
    assert loaded.warnings == [
        "Row 2 (Northmere), 2023 to 2024: 9 of 10 is not what its parts add up to "
        "(2 outstanding, 8 good, 1 other, 0 not yet rated)."
    ]


def test_a_month_of_lg_informs_stands_at_its_end(session: Database, tmp_path: Path) -> None:
    load_outside(an_lg_file(tmp_path, a_month("Feb 2024", "77.4"), a_month("Mar 2024", "78")))
    assert [(one.period_end, one.value_text, one.precision, one.n) for one in the_figures(session)] == [
        (date(2024, 2, 29), "77.4", 1, None),
        (date(2024, 3, 31), "78", 0, None),
    ]
    assert session.scalars(select(OutsideSeries.speaks_until)).one() == date(2024, 3, 31)


def test_what_people_wrote_down_is_kept_with_what_can_be_said_of_it(
    session: Database, tmp_path: Path
) -> None:
    load_outside(a_written_file(tmp_path, a_figure() + a_claim(more='shown_with = ["E10999999"]')))
    (figure,), claim = the_figures(session), session.scalars(select(OutsideClaim)).one()
    assert (figure.value_text, figure.value, figure.precision) == ("83.2%", Decimal("83.2"), 1)
    assert (figure.as_at, figure.n) == (date(2024, 3, 31), None)
    assert (claim.words, claim.cannot_be_said) == ("Among the top four.", "How sure the place is.")
    assert (claim.area_code, claim.shown_with, claim.day) == (None, ["E10999999"], None)


def test_a_figure_of_so_many_is_written_with_both_numbers(session: Database, tmp_path: Path) -> None:
    load_outside(a_written_file(tmp_path, a_figure("90%", more="k = 9\nn = 10"), stated="true"))
    assert [(one.k, one.n, one.value) for one in the_figures(session)] == [(9, 10, Decimal(90))]


def test_the_same_bytes_again_change_nothing(session: Database, tmp_path: Path) -> None:
    path = an_ascof_file(tmp_path, [*NORTHMERE, *a_year(1, 8, 1)])
    first, before = load_outside(path), counts(session)
    again = load_outside(path.rename(tmp_path / "other.csv"))
    assert (first.already_loaded, again.already_loaded) == (False, True)
    assert counts(session) == before


def test_a_dry_run_counts_and_stores_nothing(session: Database, tmp_path: Path) -> None:
    before = counts(session)
    loaded = load_outside(an_ascof_file(tmp_path, [*NORTHMERE, *a_year(1, 8, 1)]), dry_run=True)
    assert (loaded.stored, counts(session)) == (1, before)


def test_each_series_leaves_a_line_in_the_history(session: Database) -> None:
    load_outside(EXAMPLE)
    events = session.scalars(select(Event).where(Event.kind == "outside_figures_loaded")).all()
    series = session.scalars(select(OutsideSeries.id)).all()
    assert sorted(event.record_id for event in events) == sorted(series)


def test_the_command_gives_an_account_for_programs(app: Flask, session: Database, tmp_path: Path) -> None:
    path = an_ascof_file(tmp_path, [*NORTHMERE, *a_year(1, 8, 1)], [*SOUTHMERE, *MARKED])
    answer = app.test_cli_runner().invoke(args=["market", "outside", "load", str(path), "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.output)
    assert told.pop("sha256") == session.scalars(select(OutsideSeries.sha256)).one()
    assert told == {
        "file_name": "ascof.csv",
        "layout": "ascof-6b",
        "already_loaded": False,
        "series": ["ASCOF 6b: residential services rated Good or Outstanding"],
        "rows_read": 2,
        "stored": 1,
        "set_aside": {"2023 to 2024: marked [x], not available": 1},
        "warnings": [],
        "dry_run": False,
    }


def test_the_command_gives_an_account_for_people(app: Flask, session: Database, tmp_path: Path) -> None:
    path = an_ascof_file(tmp_path, [*NORTHMERE, *a_year(1, 8, 1)], [*SOUTHMERE, *MARKED])
    command = ["market", "outside", "load", str(path)]
    assert app.test_cli_runner().invoke(args=command).output == (
        "Loaded ascof.csv: ASCOF 6b: residential services rated Good or Outstanding.\n"
        "2 rows read: 1 figure or claim stored, 1 set aside.\n"
        "Set aside: 1, 2023 to 2024: marked [x], not available.\n"
    )
    assert app.test_cli_runner().invoke(args=command).output == (
        "The very bytes of ascof.csv were loaded before: nothing was changed.\n"
    )
