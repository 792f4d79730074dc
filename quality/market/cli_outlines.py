"""`flask market outline load`: the outlines that maps are drawn on."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from quality.core.database import db
from quality.core.errors import Refused
from quality.market.areas.outlines import load_outlines
from quality.ratings.cli import refuse

outline = AppGroup("outline", help="Outlines of areas, for maps.")

_ONS = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data "
    "© Crown copyright and database right"
)


@outline.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--source", default=_ONS, help="Whose outlines they are, under which licence; ONS's words unless given."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def load(file: Path, *, source: str, as_json: bool) -> None:
    """Keep the outlines of areas in FILE, GeoJSON in longitude and latitude (WGS 84).

    ONS's Open Geography portal has them; choose “ultra generalised” boundaries (BUC). Areas are known by their codes.
    """
    try:
        loaded = load_outlines(file, source=source)
    except Refused as refusal:
        db.session.rollback()
        refuse(refusal.sentence)
    db.session.commit()
    if as_json:
        click.echo(json.dumps({"stored": loaded.stored, "set_aside": loaded.set_aside}, ensure_ascii=False))
        return
    click.echo(f"Outlines kept: {', '.join(loaded.stored)}.")
    if loaded.set_aside:
        click.echo(f"Set aside, since they name no area that is known here: {', '.join(loaded.set_aside)}.")
