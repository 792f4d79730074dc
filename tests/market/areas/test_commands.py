"""The commands for areas and lookups."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from quality.market.models import AreaSet
from tests.builders.people import a_council
from tests.builders.services import a_service
from tests.databases import Database
from tests.market.areas.files import directory, ranks
from tests.market.areas.test_sets import EXAMPLE

PLACE = {"pcds": "CM20 9ZZ", "lad25cd": "E07000073", "lsoa21cd": "E01021818"}


def test_an_area_is_shown_for_people_and_for_programs(app: Flask, session: Database) -> None:
    runner = app.test_cli_runner()
    said = runner.invoke(args=["market", "areas", "show", "dorset", "--as-at", "2026-07-01"])
    assert said.output == "Dorset (E06000059): authority.\nFrom 1 April 2019.\n"
    told = runner.invoke(args=["market", "areas", "show", "North East", "--as-at", "2026-07-01", "--json"])
    assert json.loads(told.output)["code"] == "E12000001"
    assert len(json.loads(told.output)["authorities"]) == 12


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("Cumbria", "--as-at", "2026-07-01"), "Cumbria (E10000006) existed until 31 March 2023."),
        (("Nowhere",), "There is no area called “Nowhere”."),
        (("Essex", "--as-at", "yesterday"), '--as-at is "yesterday", which is not a date like 2026-06-30.'),
    ],
)
def test_an_area_that_is_not_there_ends_the_command_with_a_sentence(
    app: Flask, session: Database, arguments: tuple[str, ...], sentence: str
) -> None:
    ended = app.test_cli_runner().invoke(args=["market", "areas", "show", *arguments])
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.startswith(sentence)


def test_the_areas_of_a_council_are_loaded(app: Flask, session: Database) -> None:
    a_council(session, "Essex", "ESX")
    runner = app.test_cli_runner()
    told = runner.invoke(args=["market", "areas", "load", str(EXAMPLE), "--json"])
    assert (told.exit_code, len(json.loads(told.output)["added"])) == (0, 5)
    said = runner.invoke(args=["market", "areas", "load", str(EXAMPLE)])
    assert said.output.startswith("The areas of Essex:\nAs before: Mid Essex, West Essex")
    assert session.query(AreaSet).count() == 5


def test_a_file_of_areas_that_is_unfit_ends_the_command_with_a_sentence(
    app: Flask, session: Database, tmp_path: Path
) -> None:
    ended = app.test_cli_runner().invoke(args=["market", "areas", "load", str(EXAMPLE)])
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr == "areas-essex.toml: “council” is “Essex”, and no council of that name works here.\n"


def test_lookups_are_loaded(app: Flask, session: Database, tmp_path: Path) -> None:
    a_service(session, postcode="CM20 9ZZ")
    a_service(session, postcode="ZZ1 1AA")
    runner, path = app.test_cli_runner(), directory(tmp_path / "ONSPD.csv", PLACE)
    said = runner.invoke(args=["market", "lookup", "load", str(path), "--name", "August 2026"])
    assert said.output == (
        "Loaded August 2026: 1 row read, 1 postcode of services placed.\n"
        "1 postcode of services not in the file: ZZ1 1AA.\n"
    )
    told = json.loads(runner.invoke(args=["market", "lookup", "load", str(path), "--json"]).output)
    assert (told["name"], told["stored"], told["lacking"]) == ("ONSPD", 1, ["ZZ1 1AA"])


def test_deprivation_is_loaded(app: Flask, session: Database, tmp_path: Path) -> None:
    path, runner = ranks(tmp_path / "imd.csv", ("E01021818", 12)), app.test_cli_runner()
    told = runner.invoke(args=["market", "deprivation", "load", str(path), "--edition", "2025", "--json"])
    assert json.loads(told.output)["published"] == "2025-10-30"
    said = runner.invoke(args=["market", "deprivation", "load", str(path), "--edition", "2025"])
    assert (
        said.output == "Loaded English indices of deprivation 2025 from imd.csv: 1 neighbourhood of 2021.\n"
    )
    ended = runner.invoke(
        args=["market", "deprivation", "load", str(path), "--edition", "2025", "--published", "May"]
    )
    assert (ended.exit_code, ended.stderr) == (
        2,
        '--published is "May", which is not a date like 2025-10-30.\n',
    )
