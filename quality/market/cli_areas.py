"""`flask market areas`, `lookup` and `deprivation`: a council's own areas, and what tells where services lie."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from quality.core.clock import today
from quality.core.database import db, only_reading
from quality.core.errors import Refused
from quality.core.pages import day as in_words
from quality.core.pages import plural
from quality.market.areas.deprivation import PUBLISHED, load_deprivation
from quality.market.areas.finding import find_area
from quality.market.areas.kinds import Area
from quality.market.areas.membership import authorities_in
from quality.market.areas.postcodes import LookupLoad, load_postcodes
from quality.market.areas.sets_loading import SetsLoad, load_sets
from quality.market.models import Lookup
from quality.ratings.cli import a_date, refuse

areas = AppGroup("areas", help="Areas by ONS codes, and those a council names itself.")
lookup = AppGroup("lookup", help="Where the postcodes of services lie.")
deprivation = AppGroup("deprivation", help="How deprived neighbourhoods are.")
_FILE = click.argument("file", type=click.Path(path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@areas.command("load")
@_FILE
@_JSON
def load_areas(file: Path, *, as_json: bool) -> None:
    """Keep the areas that a council names itself in FILE, a TOML file as docs/areas.md describes it."""
    with _all_or_nothing():
        loaded = load_sets(file)
    shown = {
        "council": loaded.council,
        "added": loaded.added,
        "changed": loaded.changed,
        "unchanged": loaded.unchanged,
    }
    click.echo(json.dumps(shown, ensure_ascii=False) if as_json else _sets_said(loaded))


@areas.command("show")
@click.argument("area")
@click.option("--as-at", help="The day to look back to, like 2026-06-30; today unless given.")
@_JSON
def show_area(area: str, as_at: str | None, *, as_json: bool) -> None:
    """Show what AREA is on a day: an ONS code, a name as CQC spells it, an id of CQC's, or a council's own key."""
    on = a_date(as_at) or today()
    with only_reading():
        try:
            found = find_area(area, on)
        except Refused as refusal:
            refuse(refusal.sentence)
        names = authorities_in(found, on)
    click.echo(json.dumps(_as_json(found, on, names), ensure_ascii=False) if as_json else _said(found, names))


@lookup.command("load")
@_FILE
@click.option("--name", default="", help="What to call it; the name of the file unless given.")
@_JSON
def load_lookup(file: Path, name: str, *, as_json: bool) -> None:
    """Load the ONS Postcode Directory from FILE, a CSV or the ZIP as ONS publishes it, in place of the one before.

    It is on the Open Geography portal, under the Open Government Licence v3.0. Only postcodes of services are kept, so
    load it again when there are new services.
    """
    with _all_or_nothing():
        loaded = load_postcodes(file, name=name)
    if as_json:
        shown = {**_lookup_as_json(loaded.lookup), "lacking": loaded.lacking, "warnings": loaded.warnings}
        click.echo(json.dumps(shown, ensure_ascii=False))
    else:
        click.echo(_places_said(loaded))


@deprivation.command("load")
@_FILE
@click.option(
    "--edition", type=int, required=True, help="The year of the English indices of deprivation: 2025."
)
@click.option("--published", help=f"The day of publication; known for {', '.join(map(str, PUBLISHED))}.")
@_JSON
def load_indices(file: Path, edition: int, published: str | None, *, as_json: bool) -> None:
    """Load how neighbourhoods rank in the Index of Multiple Deprivation from FILE, File 1 or File 7 saved as CSV."""
    with _all_or_nothing():
        loaded = load_deprivation(file, edition=edition, published=_published(published))
    said = f"Loaded {loaded.name} from {loaded.file_name}: {plural(loaded.stored, 'neighbourhood')} of {loaded.census}."
    click.echo(json.dumps(_lookup_as_json(loaded), ensure_ascii=False) if as_json else said)


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    try:
        yield
    except Refused as refusal:
        db.session.rollback()
        refuse(refusal.sentence)
    db.session.commit()


def _published(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        refuse(f'--published is "{text}", which is not a date like 2025-10-30.')


def _sets_said(loaded: SetsLoad) -> str:
    told = (("Added", loaded.added), ("Changed", loaded.changed), ("As before", loaded.unchanged))
    return "\n".join(
        [
            f"The areas of {loaded.council}:",
            *(f"{words}: {', '.join(names)}." for words, names in told if names),
        ]
    )


def _places_said(loaded: LookupLoad) -> str:
    held = loaded.lookup
    lacking = plural(len(loaded.lacking), "postcode")
    lines = [
        f"Loaded {held.name}: {plural(held.rows, 'row')} read, {plural(held.stored, 'postcode')} of services placed.",
        *(
            [f"{lacking} of services not in the file: {', '.join(loaded.lacking[:10])}."]
            if loaded.lacking
            else []
        ),
        *(f"Please note: {warning}" for warning in loaded.warnings),
    ]
    return "\n".join(lines)


def _lookup_as_json(held: Lookup) -> dict[str, Any]:
    return {
        "lookup": held.id,
        "kind": held.kind.value,
        "name": held.name,
        "file_name": held.file_name,
        "sha256": held.sha256,
        "rows_read": held.rows,
        "stored": held.stored,
        "census": held.census,
        "published": held.told_on.isoformat() if held.told_on else None,
    }


def _as_json(area: Area, as_at: date, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "code": area.code,
        "name": area.name,
        "kind": area.kind.value,
        "as_at": as_at.isoformat(),
        "valid_from": area.valid_from.isoformat() if area.valid_from else None,
        "gone_on": area.valid_to.isoformat() if area.valid_to else None,
        "members": list(area.members),
        "authorities": list(names),
    }


def _said(area: Area, names: tuple[str, ...]) -> str:
    lines = [f"{area.words}: {area.kind.value}."]
    if area.valid_from:
        lines.append(f"From {in_words(area.valid_from)}.")
    if area.members:
        lines.append(f"Members: {', '.join(area.members)}.")
    if names and names != (area.name,):
        lines.append(f"Local authorities: {'; '.join(names)}.")
    return "\n".join(lines)
