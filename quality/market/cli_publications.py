"""`flask market publications`: what was published, and whether every figure can still be counted again."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from flask.cli import AppGroup

from quality.core.database import only_reading
from quality.market.models.publications import Publication
from quality.market.publications.queries import published
from quality.market.publications.snapshot import Role, Snapshot
from quality.market.publications.telling import percent
from quality.market.publications.verifying import Checked, verify
from quality.ratings.cli import refuse

publications = AppGroup("publications", help="Published editions of the market.")
_COUNCIL = click.option(
    "--council", "code", default="", help="The council's code; needed where there are several."
)


@publications.command("list")
@_COUNCIL
def list_publications(code: str) -> None:
    """List what is published, newest first."""
    with only_reading():
        for one in published(code):
            council = one.local_authority.council_code
            click.echo(
                f"{council} {one.number}: {one.title}, as at {one.as_at}, SHA-256 {one.snapshot_sha256}"
            )


@publications.command("show")
@click.argument("number", type=int)
@_COUNCIL
@click.option("--json", "as_json", is_flag=True, help="Print the snapshot whose SHA-256 was published.")
def show(number: int, code: str, *, as_json: bool) -> None:
    """Show publication NUMBER: its council's figures, or all of it as JSON."""
    with only_reading():
        one = _find(number, code)
    text = one.snapshot or ""
    if as_json:
        click.echo(text)
        return
    said = Snapshot.from_json(text)
    click.echo(f"{said.title}, number {said.number} of {said.council}, as at {said.as_at}.")
    click.echo(f"{said.rule.title} ({said.rule.key}). SHA-256 {one.snapshot_sha256}.")
    for scope in said.scopes:
        for figure in scope.of(Role.OWN, Role.REGION, Role.ENGLAND):
            of = "" if figure.k is None else f" ({figure.k:,} of {figure.n:,})"
            click.echo(f"{scope.words}, {figure.area_name}: {percent(figure)}{of}.")


@publications.command("verify")
@click.argument("number", type=int, required=False)
@_COUNCIL
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a publication.")
def verify_publications(number: int | None, code: str, *, as_json: bool) -> None:
    """Check hashes, and count and word again; publication NUMBER, or all. Exit status 1 where something differs.

    A file that was loaded since is named and does not by itself make the status 1: a figure that differs does.
    """
    with only_reading():
        some = published(code) if number is None else [_find(number, code)]
        checked = [verify(one) for one in some]
    for found in checked:
        click.echo(json.dumps({**asdict(found), "holds": found.holds}) if as_json else _in_words(found))
    if not all(found.holds for found in checked):
        raise SystemExit(1)


def _in_words(found: Checked) -> str:
    lines = [f"{found.council_code} {found.number}: {'holds' if found.holds else 'DIFFERS'}."]
    lines += [f"  {fault}" for fault in found.faults]
    for line in found.lines:
        what = ", ".join(part for part in (line.scope, line.role, line.area) if part)
        end = "" if line.published.endswith(".") else "."
        said = f"DIFFERS: {line.fault}" if line.fault else "The same."
        lines.append(f"  {what}: {line.published}{end} {said}")
    lines += [f"  Loaded since, about its day or before: {one}." for one in found.loaded_since]
    return "\n".join(lines)


def _find(number: int, code: str) -> Publication:
    found = [one for one in published(code) if one.number == number]
    if not found:
        refuse(f"There is no publication number {number}.")
    if len(found) > 1:
        refuse(f"Several councils have a publication number {number}. Say whose with --council.")
    return found[0]
