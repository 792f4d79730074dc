"""What a load would move: `--dry-run` says it, `--yes` and `--part` answer it; and `flask cqc names`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from quality.editions.models import NamesChoice
from quality.history.models import Event
from quality.ratings.models import Rating
from tests.builders.cqc_files import BROOK_END, LARKFIELD, a_row, latest_ratings_rows, write_csv
from tests.builders.registers import load_rows
from tests.databases import Database
from tests.editions.test_commands import DAY, counts, run

HOMES = [{**LARKFIELD, "Location ID": f"1-{950_000_000 + number}"} for number in range(20)]
BEFORE = date(2026, 5, 31)


def half_of_them(folder: Path) -> str:
    """A file that leaves out ten of the twenty homes."""
    rows = [latest_ratings_rows()[0], *(a_row(home) for home in HOMES[10:])]
    return str(write_csv(folder / "ratings.csv", rows))


def standing(session: Database) -> int:
    """How many ratings hold still."""
    return session.scalar(select(func.count(Rating.id)).where(Rating.held_to.is_(None))) or 0


def test_a_load_that_moves_much_is_refused_with_what_can_be_done(
    app: Flask, session: Database, tmp_path: Path
) -> None:
    load_rows(HOMES, as_at=BEFORE)
    session.commit()
    before = counts(session)
    answer = run(app, "cqc", "load", half_of_them(tmp_path), *DAY)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "Of 20 services held, 10 are not in it" in answer.stderr
    assert "Nothing was changed." in answer.stderr
    assert "--yes" in answer.stderr
    assert "--part" in answer.stderr
    assert counts(session) == before


def test_yes_loads_it_all_the_same(app: Flask, session: Database, tmp_path: Path) -> None:
    load_rows(HOMES, as_at=BEFORE)
    answer = run(app, "cqc", "load", half_of_them(tmp_path), *DAY, "--yes")
    assert answer.exit_code == 0, answer.output
    assert "ratings: 0 new, 0 rated again, 10 as before, 10 ended." in answer.stdout
    assert standing(session) == 10


def test_a_part_leaves_what_it_does_not_list(app: Flask, session: Database, tmp_path: Path) -> None:
    load_rows(HOMES, as_at=BEFORE)
    answer = run(app, "cqc", "load", half_of_them(tmp_path), *DAY, "--part")
    assert answer.exit_code == 0, answer.output
    assert "ratings: 0 new, 0 rated again, 10 as before, 0 ended." in answer.stdout
    assert standing(session) == 20


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    app: Flask, session: Database, tmp_path: Path
) -> None:
    load_rows([LARKFIELD, BROOK_END], as_at=BEFORE)
    session.commit()
    before = counts(session)
    changed = {**LARKFIELD, "Location Name": "Larkfield Lodge", "Latest Rating": "Inadequate"}
    new = {**LARKFIELD, "Location ID": "1-900000003"}
    rows = [latest_ratings_rows()[0], a_row(changed), a_row(new)]
    path = str(write_csv(tmp_path / "ratings.csv", rows))
    words = run(app, "cqc", "load", path, *DAY, "--dry-run").stdout
    assert "Nothing was stored: this was a dry run of ratings.csv, as at 30 June 2026." in words
    assert "Would be: 2 services of 1 provider: 1 new, 1 changed, 0 gone." in words
    assert "Would be: ratings: 1 new, 1 rated again, 0 as before, 1 ended." in words
    said = json.loads(run(app, "cqc", "load", path, *DAY, "--dry-run", "--json").stdout)
    assert (said["services_new"], said["services_changed"], said["changed"], said["ended"]) == (1, 1, 1, 1)
    assert counts(session) == before


def test_no_names_are_kept_until_somebody_decides_it(app: Flask, session: Database) -> None:
    assert run(app, "cqc", "names").stdout == "No names of people are kept: nobody has decided otherwise.\n"


def test_a_decision_on_names_needs_its_reason(app: Flask, session: Database) -> None:
    answer = run(app, "cqc", "names", "--keep")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "--reason" in answer.stderr
    assert session.scalar(select(func.count(NamesChoice.id))) == 0


def test_a_decision_on_names_is_told_with_its_reason_and_recorded(app: Flask, session: Database) -> None:
    kept = run(app, "cqc", "names", "--keep", "--reason", "Assessed on 3 June")
    assert kept.exit_code == 0, kept.output
    assert kept.stdout.startswith("Names of people are kept, as was decided on ")
    assert kept.stdout.endswith(": Assessed on 3 June\n")
    forgotten = run(app, "cqc", "names", "--forget", "--reason", "No longer needed")
    assert forgotten.stdout.startswith("Names of people are not kept")
    kinds = session.scalars(select(Event.kind).order_by(Event.id)).all()
    assert kinds[-2:] == ["names_kept", "names_forgotten"]
