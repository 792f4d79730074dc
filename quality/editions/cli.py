"""Commands for loading what CQC publishes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from quality.core.database import db
from quality.core.errors import Invalid
from quality.core.pages import day, plural
from quality.cqc import CqcFileError
from quality.editions import names as names_of_people
from quality.editions.loading import load_file
from quality.editions.result import LoadResult, Movement
from quality.ratings.cli import a_date, cqc, refuse


@cqc.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-at", help="The day the file speaks of, like 2026-06-30, where it does not say so itself.")
@click.option(
    "--dry-run", is_flag=True, help="Check and count everything, say what would change, store nothing."
)
@click.option("--part", is_flag=True, help="The file is only a part: what it leaves out stays as it was.")
@click.option("--yes", is_flag=True, help="Load it however much it moves.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def load(file: Path, *, as_at: str | None, dry_run: bool, part: bool, yes: bool, as_json: bool) -> None:
    """Load one of CQC's files from FILE: CSV, CSV.GZ, XLSX, ODS, or a ZIP of one.

    Its register (active locations), Latest ratings, directory, or deactivated locations: told by the headings. Or a
    TAR.GZ or ZIP of saved replies of its API.
    """
    try:
        result = load_file(
            file,
            as_at=a_date(as_at),
            dry_run=dry_run,
            part=part,
            confirm=_confirm(yes=yes),
            progress=_progress(),
        )
    except CqcFileError as error:
        db.session.rollback()
        _clear_progress()
        refuse(error.sentence)
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    _clear_progress()
    shown = {**result.as_json(), "dry_run": dry_run}
    click.echo(json.dumps(shown, ensure_ascii=False) if as_json else said(result, dry_run=dry_run))


@cqc.command("names")
@click.option(
    "--keep/--forget", default=None, help="Keep names from the next load on, or erase them and keep none."
)
@click.option("--reason", default="", help="Why: it is kept with the decision.")
def names(keep: bool | None, reason: str) -> None:
    """Say, or decide, whether names of registered managers and nominated individuals are kept."""
    if keep is not None:
        try:
            names_of_people.decide(keep=keep, reason=reason)
        except Invalid:
            db.session.rollback()
            refuse(
                'Give the reason with --reason: it is kept with the decision, like --reason "DPIA 12 of 2026".'
            )
        db.session.commit()
    decided = names_of_people.choice()
    if decided is None:
        click.echo("No names of people are kept: nobody has decided otherwise.")
    else:
        kept = "are kept" if decided.are_kept else "are not kept"
        click.echo(f"Names of people {kept}, as was decided on {day(decided.decided_at)}: {decided.reason}")


def _confirm(*, yes: bool) -> Callable[[Movement], bool]:
    def confirm(movement: Movement) -> bool:
        if yes or not sys.stdin.isatty():
            return yes
        _clear_progress()
        return click.confirm(f"{movement.sentence}\nLoad it all the same?", err=True)

    return confirm


def _progress() -> Any:
    if not sys.stderr.isatty():
        return None
    return lambda rows: click.echo(f"\rRead {rows:,} rows …", nl=False, err=True)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)


def said(result: LoadResult, *, dry_run: bool) -> str:
    """What a load did, in lines for a person."""
    if result.already_loaded and result.edition:
        return (
            f"These very bytes were loaded before, as edition {result.edition.id} "
            f"({result.file_name}, as at {day(result.as_at)}): nothing was changed."
        )
    number = result.edition.id if result.edition else ""
    begun = "Nothing was stored: this was a dry run of" if dry_run else f"Loaded edition {number} from"
    effects, would = result.effects, "Would be: " if dry_run else ""
    lines = [
        f"{begun} {result.file_name}, as at {day(result.as_at)}.",
        f"{plural(result.rows_read, 'row')} read: {result.stored:,} stored, {result.merged:,} merged, "
        f"{sum(result.set_aside.values()):,} set aside.",
        *(f"Set aside: {count:,}, {reason}." for reason, count in result.set_aside.items()),
        f"{would}{plural(effects['services'], 'service')} of {plural(effects['providers'], 'provider')}: "
        f"{effects['services_new']:,} new, {effects['services_changed']:,} changed, {effects['services_gone']:,} gone.",
        f"{would}ratings: {effects['new']:,} new, {effects['changed']:,} rated again, "
        f"{effects['unchanged']:,} as before, {effects['ended']:,} ended.",
        *(f"Please note: {warning}" for warning in result.warnings),
        *(
            ["Please note: it moves so much that the load itself would stop and ask."]
            if result.would_ask
            else []
        ),
    ]
    return "\n".join(lines)
