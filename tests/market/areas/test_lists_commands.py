"""The commands for a council's own lists."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask

from quality.market.areas.lists import history_of
from tests.builders.people import a_council
from tests.databases import Database
from tests.market.areas.test_sets import EXAMPLE

AREAS = ("market", "areas")


def test_lists_are_listed_removed_and_put_back(app: Flask, session: Database) -> None:
    council = a_council(session, "Essex", "ESX")
    runner = app.test_cli_runner()
    runner.invoke(args=[*AREAS, "load", str(EXAMPLE)])
    removed = runner.invoke(args=[*AREAS, "remove", "west", "--reason", "Drawn anew."])
    assert (removed.exit_code, removed.stdout.startswith("Removed “West Essex”.")) == (0, True)
    told = json.loads(runner.invoke(args=[*AREAS, "list", "--json"]).stdout)["lists"]
    assert [one["key"] for one in told] == ["example-neighbours", "mid", "south-east", "south-west"]
    assert told[0]["used_by"] == []
    back = runner.invoke(args=[*AREAS, "restore", "west", "--council", "esx"])
    assert back.stdout == "Put “West Essex” back: 3 areas.\n"
    assert "west: West Essex, quadrant, 3 areas" in runner.invoke(args=[*AREAS, "list"]).stdout
    assert [one.reason for one in history_of("west", council.id)] == ["", "Drawn anew.", ""]


def test_what_cannot_be_removed_or_put_back_ends_the_command_with_a_sentence(
    app: Flask, session: Database
) -> None:
    a_council(session, "Essex", "ESX")
    session.commit()
    runner = app.test_cli_runner()
    for arguments, sentence in (
        (("remove", "west", "--reason", "x"), "There is no such list."),
        (("restore", "west"), "There is no such removed list."),
        (("list", "--council", "NOPE"), "No council of the code “NOPE” works here."),
    ):
        ended = runner.invoke(args=[*AREAS, *arguments])
        assert (ended.exit_code, ended.stdout) == (2, "")
        assert ended.stderr.startswith(sentence)
    a_council(session, "Southmere", "SMR")
    ended = runner.invoke(args=[*AREAS, "list"])
    assert "Several councils work here." in ended.stderr


def test_a_file_that_gives_one_name_to_two_lists_is_refused(
    app: Flask, session: Database, tmp_path: Path
) -> None:
    council = a_council(session, "Essex", "ESX")
    runner = app.test_cli_runner()
    runner.invoke(args=[*AREAS, "load", str(EXAMPLE)])
    again = tmp_path / "again.toml"
    again.write_text(EXAMPLE.read_text(encoding="utf-8").replace('key = "west"', 'key = "far-west"'), "utf-8")
    ended = runner.invoke(args=[*AREAS, "load", str(again)])
    assert ended.exit_code == 2
    assert "two lists would have the name “west essex”" in ended.stderr
    assert history_of("far-west", council.id) == []
