"""`flask audits`: what there is, and the diagram of the lifecycle."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from quality.audits.diagram import PAPER, redrawn
from quality.audits.lifecycle import as_mermaid
from quality.audits.lists import all_audits
from quality.core.database import only_reading

commands = AppGroup("audits", help="Audits of services.")


@commands.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def list_audits(as_json: bool) -> None:
    """List every audit of every council in this database, in the order they were planned."""
    with only_reading():
        audits = all_audits()
    if as_json:
        click.echo(json.dumps({"audits": audits}, ensure_ascii=False, indent=2))
        return
    for audit in audits:
        due = f"due {audit['due_on']}" if audit["due_on"] else ""
        words = (
            audit["reference"],
            audit["state"],
            audit["location_id"],
            audit["service"],
            audit["lead"],
            due,
        )
        click.echo("\t".join(str(word) for word in words).rstrip())


@commands.command("lifecycle")
@click.option("--write", is_flag=True, help=f"Draw it anew in docs/{PAPER.name}.")
def lifecycle(write: bool) -> None:
    """Print the states of an audit and the moves between them as a Mermaid diagram."""
    if not write:
        click.echo(as_mermaid())
        return
    PAPER.write_text(redrawn(PAPER.read_text(encoding="utf-8")), encoding="utf-8")
    click.echo(f"Drawn in {PAPER}.")
