"""`flask market share`: one object or a few sentences; on bad input one sentence, exit status 2 and nothing else."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from quality.core.clock import today
from quality.services.queries import find_service
from tests.builders.people import a_council
from tests.builders.register import contracted
from tests.builders.registers import load_register, load_rows
from tests.databases import Database
from tests.market.figures.test_rules import home, registered

DAY = date(2021, 2, 1)
FIELDS = {"area", "as_at", "scope", "rule", "k", "n", "share", "low", "high", "left_out", "newest_edition"}
CUMBRIA = {"Location Local Authority": "Cumbria", "Location Region": "North West"}


@pytest.fixture
def held(session: Database) -> None:
    """Two homes in Northmere and one in Cumbria, as at a day of 2021."""
    load_register(DAY, registered(1), registered(2), registered(3) | CUMBRIA)
    rated = [home(1), home(2, Latest_Rating="Not Rated"), home(3) | CUMBRIA]
    load_rows(rated, as_at=DAY)


def share(app: Flask, *words: str) -> Result:
    """Run the command."""
    return app.test_cli_runner().invoke(args=["market", "share", *words])


def told(app: Flask, *words: str) -> dict[str, Any]:
    """What the command prints for programs."""
    answer = share(app, *words, "--json")
    assert answer.exit_code == 0, answer.output
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


@pytest.mark.usefixtures("held")
def test_it_prints_one_object_with_every_field(app: Flask) -> None:
    found = told(app, "--area", "Northmere", "--as-at", "2021-02-01")
    assert found.keys() >= FIELDS
    assert (found["k"], found["n"], found["left_out"]["not_rated"]) == (1, 1, 1)
    assert told(app, "--area", "northmere")["as_at"] == today().isoformat()


@pytest.mark.usefixtures("held")
def test_in_words_it_says_of_how_many_and_why_others_were_left_out(app: Flask) -> None:
    words = share(app, "--area", "Northmere", "--as-at", "2021-02-01").stdout
    assert "1 of 1 services are rated Good or Outstanding: 100.0%" in words
    assert "Left out, not rated: 1." in words


@pytest.mark.usefixtures("held")
def test_where_nobody_counts_there_is_no_share(app: Flask) -> None:
    found = told(app, "--area", "Northmere", "--scope", "shared-lives")
    assert (found["n"], found["share"], found["low"], found["high"]) == (0, None, None, None)
    assert "there is no figure" in share(app, "--area", "Northmere", "--scope", "shared-lives").stdout


@pytest.mark.usefixtures("held")
def test_it_counts_what_a_council_contracts_and_a_specialism(app: Flask, session: Database) -> None:
    council, service = a_council(session), find_service("1-900000001")
    assert service is not None
    contracted(session, service, council.id)
    assert told(app, "--area", "Northmere", "--contracted-by", "Northmere")["registered"] == 1
    assert told(app, "--area", "Northmere", "--specialism", "Dementia")["registered"] == 2


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--area Nowhere", "There is no area called “Nowhere”"),
        ("--area Cumberland --as-at 2021-02-01", "Before it there was Cumbria"),
        ("--area E06000063 --as-at 2021-02-01", "existed since 1 April 2023"),
        ("--area Northmere --as-at 2021-01-31", "Ask as at 1 February 2021"),
        (f"--area Northmere --as-at {today().year + 1}-01-01", "has not come yet"),
        ("--area Northmere --as-at 2021-02-30", "which is not a date"),
        ("--area Northmere --scope hospitals", "is no scope. There are: all"),
        ("--area Northmere --rule best", "is no rule. There are: rated"),
        ("--area Northmere --contracted-by Nobody", "is no local authority that is held"),
        ("--area Northmere --specialism Wizardry", "is no specialism"),
    ],
)
def test_bad_input_gets_one_sentence_and_status_2(app: Flask, words: str, sentence: str) -> None:
    answer = share(app, *words.split())
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert sentence in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_before_the_first_file_it_says_so(app: Flask, session: Database) -> None:
    answer = share(app, "--area", "England")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "No file of CQC’s has been loaded yet" in answer.stderr
