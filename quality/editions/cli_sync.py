"""The command that syncs with CQC's API."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

import click

from quality.core.clock import LONDON
from quality.core.database import db
from quality.core.errors import Refused
from quality.editions import syncing
from quality.editions.models import SyncState
from quality.editions.syncing import Outcome, Progress
from quality.ratings.cli import a_date, cqc, refuse


@cqc.command("sync")
@click.option(
    "--since", help="Fetch what changed since this day, like 2026-06-30, whatever was fetched before."
)
@click.option(
    "--everything", is_flag=True, help="All England, not only the areas of the councils that work here."
)
@click.option("--afresh", is_flag=True, help="Give up the sync that is not finished, and begin another.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def sync(since: str | None, everything: bool, afresh: bool, as_json: bool) -> None:
    """Fetch from CQC's API what changed since the last sync, or everything the first time, and load it.

    Interrupted at any point, it goes on where it stopped when it is started again.
    """
    try:
        client = syncing.client_of_settings()
        sync_id = _begin_or_go_on(a_date(since), everything=everything, afresh=afresh)
    except Refused as refused:
        db.session.rollback()
        refuse(refused.sentence)
    with _bar() as report:
        outcome = syncing.go_on(sync_id, client, report=report)
    if as_json:
        click.echo(json.dumps(_as_json(sync_id, outcome), ensure_ascii=False))
    elif outcome.state == SyncState.DONE:
        click.echo(outcome.message)
        for warning in outcome.result.warnings if outcome.result else ():
            click.echo(f"Please note: {warning}")
    if outcome.state != SyncState.DONE:
        refuse(outcome.message)


def _begin_or_go_on(since: date | None, *, everything: bool, afresh: bool) -> int:
    if afresh:
        syncing.give_up()
    before = syncing.unfinished()
    if before is not None and (since or everything):
        raise Refused(
            "A sync is not finished: go on with it without --since and --everything, or add --afresh to give it up."
        )
    moment = datetime.combine(since, time.min, LONDON).astimezone(UTC) if since else None
    sync_id = (before or syncing.begin(since=moment, everything=everything)).id
    db.session.commit()
    if before is not None:
        click.echo("Going on with the sync that was not finished.", err=True)
    return sync_id


@contextmanager
def _bar() -> Iterator[syncing.Report]:
    """A bar in the terminal, which shows nothing where there is none."""
    with click.progressbar(
        length=1, label="Listing", file=sys.stderr, show_pos=True, hidden=not sys.stderr.isatty()
    ) as bar:

        def report(progress: Progress) -> None:
            bar.label = progress.state.value.capitalize()
            bar.length = max(progress.wanted, 1)
            bar.update(progress.fetched - bar.pos)

        yield report


def _as_json(sync_id: int, outcome: Outcome) -> dict[str, object]:
    loaded = outcome.result.as_json() if outcome.result else {}
    return {"sync": sync_id, "state": outcome.state.value, "message": outcome.message, **loaded}
