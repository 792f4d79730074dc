"""`flask services show`: a service with its ratings, now or as at a day."""

from __future__ import annotations

import json
from datetime import date

from flask import Flask

from tests.builders.cqc_files import BROOK_END, LARKFIELD
from tests.builders.registers import load_rows
from tests.databases import Database
from tests.editions.test_commands import run


def test_a_service_is_shown_with_its_ratings(app: Flask, session: Database) -> None:
    load_rows([LARKFIELD, {"Domain": "Safe", "Latest Rating": "Inadequate", "Inherited Rating (Y/N)": "Y"}])
    said = json.loads(run(app, "services", "show", "1-900000001", "--json").stdout)
    assert (said["cqc_id"], said["name"], said["local_authority"]) == (
        "1-900000001",
        "Larkfield House",
        "Northmere",
    )
    assert said["provider"] == {"cqc_id": "1-800000001", "name": "Larkfield Care Limited"}
    assert [(one["domain"], one["rating"], one["published_on"]) for one in said["ratings"]] == [
        ("Overall", "good", "2020-03-14"),
        ("Safe", "inadequate", "2020-03-14"),
    ]
    words = run(app, "services", "show", "1-900000001").stdout
    assert "Larkfield House (1-900000001)" in words
    assert "Overall, Safe: Inadequate (2020-03-14, inherited)" in words


def test_a_service_that_is_not_held_is_told(app: Flask, session: Database) -> None:
    answer = run(app, "services", "show", "1-900000099")
    assert (answer.exit_code, answer.stderr) == (2, 'No service with the CQC id "1-900000099" is held.\n')


def test_a_service_is_shown_as_it_was_on_a_day(app: Flask, session: Database) -> None:
    load_rows([LARKFIELD, BROOK_END], as_at=date(2025, 1, 31))
    renamed = {"Location Name": "Larkfield Lodge", "Latest Rating": "Inadequate"}
    load_rows([{**LARKFIELD, **renamed}, BROOK_END], as_at=date(2026, 1, 31))
    asked = ("services", "show", "1-900000001", "--json", "--as-at")
    before, after = (json.loads(run(app, *asked, day).stdout) for day in ("2025-12-01", "2026-02-01"))
    assert [(one["name"], one["ratings"][0]["rating"], one["as_at"]) for one in (before, after)] == [
        ("Larkfield House", "good", "2025-01-31"),
        ("Larkfield Lodge", "inadequate", "2026-01-31"),
    ]


def test_a_day_before_the_first_edition_is_told(app: Flask, session: Database) -> None:
    load_rows([LARKFIELD], as_at=date(2025, 1, 31))
    answer = run(app, "services", "show", "1-900000001", "--as-at", "2024-12-31")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr == "No edition of 2024-12-31 or before lists 1-900000001.\n"
