"""`flask cqc results`: loading results of organisations as a whole."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from quality.core.database import db
from quality.core.pages import day, plural
from quality.cqc import CqcFileError
from quality.ratings.results import ResultsLoad, load_results


@click.command("results")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check and count everything, and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_appcontext
def results(file: Path, dry_run: bool, as_json: bool) -> None:
    """Load results of organisations as a whole from FILE, a TOML file as docs/ratings.md describes it."""
    try:
        loaded = load_results(file, dry_run=dry_run)
    except CqcFileError as error:
        db.session.rollback()
        click.echo(error.sentence, err=True)
        sys.exit(2)
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    said = json.dumps(_as_json(loaded, dry_run), ensure_ascii=False) if as_json else _said(loaded, dry_run)
    click.echo(said)


def _as_json(loaded: ResultsLoad, dry_run: bool) -> dict[str, Any]:
    return {
        "edition": loaded.edition.id if loaded.edition else None,
        "already_loaded": loaded.already_loaded,
        "dry_run": dry_run,
        "kind": "organisation_results",
        "file_name": loaded.file_name,
        "as_at": loaded.as_at.isoformat(),
        "sha256": loaded.sha256,
        "rows_read": loaded.rows_read,
        "stored": loaded.stored,
        "merged": loaded.merged,
        "set_aside": loaded.set_aside,
        "warnings": loaded.warnings,
    }


def _said(loaded: ResultsLoad, dry_run: bool) -> str:
    if loaded.already_loaded:
        number = f", as edition {loaded.edition.id}" if loaded.edition else ""
        return f"These very bytes were loaded before{number}: nothing was changed."
    begun = (
        "Nothing was stored: this was a dry run of" if dry_run else f"Loaded edition {_number(loaded)} from"
    )
    lines = [
        f"{begun} {loaded.file_name}, as at {day(loaded.as_at)}.",
        f"{plural(loaded.rows_read, 'result')} read: {loaded.stored:,} stored, {loaded.merged:,} merged, "
        f"{sum(loaded.set_aside.values()):,} set aside.",
        *(f"Set aside: {count:,}, {reason}." for reason, count in loaded.set_aside.items()),
        *(f"Note: {warning}" for warning in loaded.warnings),
    ]
    return "\n".join(lines)


def _number(loaded: ResultsLoad) -> int:
    return loaded.edition.id if loaded.edition else 0
