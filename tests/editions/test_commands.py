"""`flask cqc load`: what it prints, how it ends, and that bad input changes nothing."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from quality.core.clock import today
from quality.core.database import Base
from quality.cqc.limits import Limits
from tests.builders.cqc_files import (
    BROOK_END,
    LARKFIELD,
    a_row,
    latest_ratings_rows,
    write_csv,
    write_csv_gz,
    write_ods,
    write_xlsx,
)
from tests.builders.registers import load_rows
from tests.databases import Database

DAY = ["--as-at", "2026-06-30"]


def run(app: Flask, *words: str) -> Any:
    """Run a command as at the command line."""
    return app.test_cli_runner().invoke(args=list(words))


def counts(session: Database) -> dict[str, int]:
    """How many rows every table has."""
    return {
        name: session.scalar(select(func.count()).select_from(table)) or 0
        for name, table in Base.metadata.tables.items()
    }


@pytest.mark.parametrize("write", [write_csv, write_csv_gz, write_xlsx, write_ods])
def test_every_format_is_loaded_alike(
    app: Flask, session: Database, tmp_path: Path, write: Callable[..., Path]
) -> None:
    path = write(tmp_path / "01_January_2026_Latest_ratings", latest_ratings_rows())
    answer = run(app, "cqc", "load", str(path), "--json")
    assert answer.exit_code == 0, answer.output
    said = json.loads(answer.stdout)
    assert said["kind"] == "latest_ratings_locations"
    assert said["as_at"] == "2026-01-01"
    assert len(said["sha256"]) == 64
    assert (said["rows_read"], said["stored"], said["merged"], said["set_aside"]) == (12, 12, 0, {})
    assert said["warnings"] == []
    assert said["edition"] is not None
    assert said["already_loaded"] is False


def test_the_command_says_what_became_of_the_rows(app: Flask, session: Database, tmp_path: Path) -> None:
    rows = [*latest_ratings_rows(), a_row(LARKFIELD), a_row({**BROOK_END, "Latest Rating": "Inadequate"})]
    answer = run(app, "cqc", "load", str(write_csv(tmp_path / "ratings.csv", rows)), *DAY)
    assert answer.exit_code == 0, answer.output
    assert "ratings.csv, as at 30 June 2026." in answer.stdout
    assert "14 rows read: 11 stored, 1 merged, 2 set aside." in answer.stdout
    assert "Set aside: 2, two different ratings of one thing and date." in answer.stdout
    assert "2 services of 2 providers: 2 new, 0 changed, 0 gone." in answer.stdout
    assert "ratings: 11 new, 0 rated again, 0 as before, 0 ended." in answer.stdout


def test_the_same_bytes_again_are_told_and_change_nothing(
    app: Flask, session: Database, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "ratings.csv", latest_ratings_rows())
    assert run(app, "cqc", "load", str(path), *DAY).exit_code == 0
    before = counts(session)
    again = run(app, "cqc", "load", str(path), *DAY)
    assert again.exit_code == 0
    assert "were loaded before" in again.stdout
    assert "nothing was changed" in again.stdout
    assert json.loads(run(app, "cqc", "load", str(path), *DAY, "--json").stdout)["already_loaded"] is True
    assert counts(session) == before


def test_a_dry_run_says_so_and_stores_nothing(app: Flask, session: Database, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ratings.csv", latest_ratings_rows())
    before = counts(session)
    answer = run(app, "cqc", "load", str(path), *DAY, "--dry-run")
    assert answer.exit_code == 0
    assert "Nothing was stored" in answer.stdout
    assert counts(session) == before
    said = json.loads(run(app, "cqc", "load", str(path), *DAY, "--dry-run", "--json").stdout)
    assert (said["edition"], said["dry_run"], said["stored"]) == (None, True, 12)


def _not_cqcs(folder: Path) -> Path:
    return write_csv(folder / "file.csv", [["Name", "Colour"], ["Larkfield House", "green"]])


def _empty(folder: Path) -> Path:
    path = folder / "file.csv"
    path.touch()
    return path


def _truncated(folder: Path) -> Path:
    path = write_csv_gz(folder / "file.csv.gz", latest_ratings_rows())
    path.write_bytes(path.read_bytes()[:-40])
    return path


def _cut_row(folder: Path) -> Path:
    path = write_csv(folder / "file.csv", latest_ratings_rows())
    path.write_bytes(path.read_bytes()[:-60])
    return path


def _without(heading: str, instead: str | None) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        rows = latest_ratings_rows()
        place = rows[0].index(heading)
        for row in rows:
            row[place : place + 1] = [instead if row is rows[0] else row[place]] if instead else []
        return write_csv(folder / "file.csv", rows)

    return make


def _with(heading: str, value: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        rows = latest_ratings_rows()
        rows[5][rows[0].index(heading)] = value
        return write_csv(folder / "file.csv", rows)

    return make


def _bomb(folder: Path) -> Path:
    path = write_ods(folder / "file.ods", latest_ratings_rows())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("more.xml", bytes(40_000_000))
    return path


def _packed_bomb(folder: Path) -> Path:
    text = write_csv(folder / "file.csv", latest_ratings_rows()).read_bytes()
    path = folder / "file.csv.gz"
    path.write_bytes(gzip.compress(text + text.splitlines(keepends=True)[-1] * 150_000))
    return path


def _macros(folder: Path) -> Path:
    path = write_xlsx(folder / "file.xlsx", latest_ratings_rows())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"program")
    return path


def _too_large(folder: Path) -> Path:
    path = folder / "file.csv"
    with path.open("wb") as file:
        file.truncate(Limits().file_bytes + 1)
    return path


def _disagreeing(folder: Path) -> Path:
    rows = [
        *latest_ratings_rows(),
        a_row({"Service / Population Group": "Homecare", "Location Name": "Other"}),
    ]
    return write_csv(folder / "file.csv", rows)


BAD: dict[str, tuple[Callable[[Path], Path], tuple[str, ...]]] = {
    "missing": (lambda folder: folder / "nowhere.csv", ("nowhere.csv",)),
    "not one of CQC's": (_not_cqcs, ("Location ID",)),
    "empty": (_empty, ("empty",)),
    "truncated archive": (_truncated, ("cut off",)),
    "truncated row": (_cut_row, ("row 13",)),
    "missing heading": (_without("Latest Rating", None), ("Latest Rating",)),
    "renamed heading": (
        _without("Publication Date", "Published Date"),
        ("Publication Date", "Published Date"),
    ),
    "unknown rating": (_with("Latest Rating", "Splendid"), ("row 6", "Latest Rating", "Splendid")),
    "unknown domain": (_with("Domain", "Cheerful"), ("row 6", "Domain", "Cheerful")),
    "impossible date": (_with("Publication Date", "31/02/2020"), ("row 6", "Publication Date", "31/02/2020")),
    "missing id": (_with("Location ID", ""), ("row 6", "Location ID")),
    "disagreeing rows": (_disagreeing, ("Rows 2 and 14", "Location Name")),
    "zip bomb": (_bomb, ("unpacks",)),
    "gzip bomb": (_packed_bomb, ("unpacks",)),
    "macros": (_macros, ("macros",)),
    "too large": (_too_large, ("MB",)),
}


@pytest.mark.parametrize("fault", BAD)
def test_bad_input_gets_one_sentence_and_changes_nothing(
    app: Flask, session: Database, tmp_path: Path, fault: str
) -> None:
    load_rows([{**BROOK_END, "Latest Rating": "Outstanding"}], as_at=date(2020, 6, 1))
    session.commit()
    before = counts(session)
    make, named = BAD[fault]
    answer = run(app, "cqc", "load", str(make(tmp_path)), *DAY)
    assert answer.exit_code == 2, answer.output
    assert answer.stdout == ""
    sentence = answer.stderr.removesuffix("\n")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    for words in named:
        assert words.casefold() in sentence.casefold(), sentence
    assert counts(session) == before


def test_a_date_that_is_none_is_refused(app: Flask, session: Database, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ratings.csv", latest_ratings_rows())
    answer = run(app, "cqc", "load", str(path), "--as-at", "30 June")
    assert (answer.exit_code, answer.stderr) == (
        2,
        '--as-at is "30 June", which is not a date like 2026-06-30.\n',
    )


def test_a_day_to_come_is_refused(app: Flask, session: Database, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ratings.csv", latest_ratings_rows())
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert run(app, "cqc", "load", str(path), "--as-at", tomorrow).exit_code == 2


def test_a_file_without_its_day_asks_for_it(app: Flask, session: Database, tmp_path: Path) -> None:
    answer = run(app, "cqc", "load", str(write_csv(tmp_path / "ratings.csv", latest_ratings_rows())))
    assert answer.exit_code == 2
    assert "--as-at 2026-06-30" in answer.stderr
