"""`flask cqc sync` as somebody at the command line meets it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask

from quality.editions import syncing
from tests.databases import Database
from tests.editions.syncs import asking, held, some_places
from tests.servers.cqc_api import OUTAGE, CqcApi, serving


@pytest.fixture
def api(app: Flask, session: Database) -> Iterator[CqcApi]:
    with serving(some_places(2)) as running, asking(app, running):
        yield running


def test_it_says_what_was_loaded(app: Flask, api: CqcApi) -> None:
    result = app.test_cli_runner().invoke(args=["cqc", "sync", "--everything"])
    assert (result.exit_code, result.stdout) == (0, "2 locations and 1 provider loaded.\n")
    assert len(held()) == 2


def test_it_says_what_was_set_aside(app: Flask, api: CqcApi) -> None:
    api.locations["1-900000002"]["careHome"] = "Maybe"
    result = app.test_cli_runner().invoke(args=["cqc", "sync", "--everything"])
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first.startswith(
        "1 location and 1 provider loaded. CQC sent 1 reply that cannot be used, set aside:"
    )
    assert second.startswith("Please note: The reply about location 1-900000002 was set aside.")
    assert '"careHome" is "Maybe"' in second


def test_it_tells_a_program_what_was_set_aside(app: Flask, api: CqcApi) -> None:
    api.locations["1-900000002"]["careHome"] = "Maybe"
    result = app.test_cli_runner().invoke(args=["cqc", "sync", "--everything", "--json"])
    told = json.loads(result.stdout)
    assert (told["rows_read"], told["stored"], told["merged"]) == (2, 1, 0)
    assert told["set_aside"] == {"reply about a location that cannot be used": 1}
    assert "1-900000002 was set aside" in told["warnings"][0]


def test_it_tells_a_program_what_was_loaded(app: Flask, api: CqcApi) -> None:
    result = app.test_cli_runner().invoke(args=["cqc", "sync", "--everything", "--json"])
    told = json.loads(result.stdout)
    assert (told["state"], told["kind"], told["rows_read"]) == ("done", "api", 2)


def test_an_outage_is_told_and_the_next_run_goes_on(app: Flask, api: CqcApi) -> None:
    api.go_wrong("/locations/1-900000002", OUTAGE)
    runner = app.test_cli_runner()
    result = runner.invoke(args=["cqc", "sync", "--everything"])
    assert result.exit_code == 2
    assert "CQC's gateway turns every request away" in result.stderr
    result = runner.invoke(args=["cqc", "sync"])
    assert result.exit_code == 0
    assert "Going on with the sync that was not finished." in result.stderr
    assert api.count("/locations/1-900000001") == 1


def test_an_unfinished_sync_is_not_mixed_with_another(app: Flask, api: CqcApi) -> None:
    syncing.begin(everything=True)
    runner = app.test_cli_runner()
    result = runner.invoke(args=["cqc", "sync", "--since", "2026-01-01"])
    assert result.exit_code == 2
    assert "add --afresh" in result.stderr
    result = runner.invoke(args=["cqc", "sync", "--everything", "--afresh"])
    assert result.exit_code == 0, result.stderr


def test_a_day_is_the_start_of_that_day_in_england(app: Flask, api: CqcApi) -> None:
    api.changed = {"location": ["1-900000001"]}
    result = app.test_cli_runner().invoke(args=["cqc", "sync", "--everything", "--since", "2026-07-01"])
    assert result.exit_code == 0, result.stderr
    assert "startTimestamp=2026-06-30T23%3A00%3A00Z" in api.asked[0]
    assert list(held()) == ["1-900000001"]


def test_a_wrong_key_is_told(app: Flask, session: Database) -> None:
    with serving(some_places(1)) as api, asking(app, api, key="another"):
        result = app.test_cli_runner().invoke(args=["cqc", "sync", "--everything"])
    assert result.exit_code == 2
    assert "CQC's API does not accept the key." in result.stderr


def test_without_a_key_nothing_is_begun(app: Flask, session: Database) -> None:
    result = app.test_cli_runner().invoke(args=["cqc", "sync", "--everything"])
    assert result.exit_code == 2
    assert "There is no key for CQC's API." in result.stderr
    assert syncing.unfinished() is None


def test_without_a_council_it_says_what_to_do(app: Flask, api: CqcApi) -> None:
    result = app.test_cli_runner().invoke(args=["cqc", "sync"])
    assert result.exit_code == 2
    assert "No council is set up here" in result.stderr
