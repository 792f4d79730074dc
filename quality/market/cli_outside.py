"""`flask market outside`: loading what others published."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from quality.core.database import db
from quality.core.pages import plural
from quality.market.outside.loading import OutsideLoad, load_outside
from quality.market.outside.told import OutsideFileError

outside = AppGroup(
    "outside", help="Figures that others published, shown beside ours and never mixed with them."
)


@outside.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check and count everything, and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def load(file: Path, *, dry_run: bool, as_json: bool) -> None:
    """Load figures that others published from FILE: ASCOF 6b or LG Inform as CSV, or a TOML file of claims."""
    try:
        loaded = load_outside(file, dry_run=dry_run)
    except OutsideFileError as error:
        db.session.rollback()
        click.echo(error.sentence, err=True)
        sys.exit(2)
    db.session.commit()
    shown = {**loaded.as_json(), "dry_run": dry_run}
    click.echo(json.dumps(shown, ensure_ascii=False) if as_json else _said(loaded, dry_run=dry_run))


def _said(loaded: OutsideLoad, *, dry_run: bool) -> str:
    if loaded.already_loaded:
        return f"The very bytes of {loaded.file_name} were loaded before: nothing was changed."
    begun = "Nothing was stored: this was a dry run of" if dry_run else "Loaded"
    lines = [
        f"{begun} {loaded.file_name}: {'; '.join(loaded.series)}.",
        f"{plural(loaded.rows_read, 'row')} read: {plural(loaded.stored, 'figure or claim', 'figures and claims')} "
        f"stored, {sum(loaded.set_aside.values()):,} set aside.",
        *(f"Set aside: {count:,}, {reason}." for reason, count in loaded.set_aside.items()),
        *(f"Please note: {warning}" for warning in loaded.warnings),
    ]
    return "\n".join(lines)
