"""`flask market areas list`, `remove` and `restore`: a council's own lists, as /market/lists shows them."""

from __future__ import annotations

import json
from typing import Any

import click
from sqlalchemy import select

from quality.core.database import db, only_reading
from quality.core.errors import Refused
from quality.core.pages import plural, short_day
from quality.market.areas.lists import Listed, as_details, definition_of, listed
from quality.market.areas.operations import remove_list, restore_list
from quality.ratings.cli import refuse
from quality.services.models import LocalAuthority

__all__ = ["list_areas", "remove_areas", "restore_areas"]

_COUNCIL = click.option(
    "--council", "code", default="", help="The council's code; needed where there are several."
)


@click.command("list")
@_COUNCIL
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def list_areas(code: str, *, as_json: bool) -> None:
    """List the areas that a council names itself, by name."""
    with only_reading():
        found = listed(_council(code))
        lists = [_as_json(each) for each in found]
        words = [_said(each) for each in found]
    said = "\n".join(words) or "There is no list yet."
    click.echo(json.dumps({"lists": lists}, ensure_ascii=False) if as_json else said)


@click.command("remove")
@click.argument("key")
@click.option("--reason", required=True, help="Why; the history keeps it.")
@_COUNCIL
def remove_areas(key: str, reason: str, code: str) -> None:
    """Remove the areas called KEY. The history keeps them, so that they can be put back."""
    council = _council(code)
    try:
        name = remove_list(key, None, reason, by=None, council_id=council)
    except Refused as refusal:
        db.session.rollback()
        refuse(refusal.sentence)
    db.session.commit()
    click.echo(f"Removed “{name}”. Put it back with: flask market areas restore {key}")


@click.command("restore")
@click.argument("key")
@_COUNCIL
def restore_areas(key: str, code: str) -> None:
    """Put the removed areas called KEY back as they were."""
    council = _council(code)
    try:
        one = restore_list(key, by=None, council_id=council)
    except Refused as refusal:
        db.session.rollback()
        refuse(refusal.sentence)
    db.session.commit()
    click.echo(f"Put “{one.name}” back: {plural(len(one.members), 'area')}.")


def _council(code: str) -> int:
    """The council of this code, or the only one that works here."""
    asked = select(LocalAuthority.id).where(LocalAuthority.council_code.is_not(None))
    if code:
        asked = asked.where(LocalAuthority.council_code == code.upper())
    found = list(db.session.scalars(asked))
    if not found:
        refuse(f"No council of the code “{code}” works here." if code else "No council works here yet.")
    if len(found) > 1:
        refuse("Several councils work here. Say whose areas with --council.")
    return found[0]


def _said(found: Listed) -> str:
    one = found.one
    by = f" by {found.noted_by}" if found.noted_by else ""
    return f"{one.key}: {one.name}, {one.kind.value}, {plural(len(one.members), 'area')}, {short_day(one.noted_at)}{by}"


def _as_json(found: Listed) -> dict[str, Any]:
    one = found.one
    return {
        **as_details(definition_of(one)),
        "noted_at": one.noted_at.isoformat(),
        "noted_by": found.noted_by,
        "used_by": [{"title": use.title, "number": use.number} for use in found.uses],
    }
