"""`flask market share`: the share of an area, for people and for programs."""

from __future__ import annotations

import json

import click
from sqlalchemy import select

from quality.core.clock import today
from quality.core.database import db, only_reading
from quality.core.errors import Refused
from quality.market.areas.finding import find_area
from quality.market.figures.basis import Basis
from quality.market.figures.gathering import market as market_held
from quality.market.figures.rules import DEFAULT, RULES, find_rule
from quality.market.figures.scopes import Kind, Scope, find_kind
from quality.market.figures.share import Share, percent_words
from quality.ratings.cli import a_date, refuse
from quality.services.models import LocalAuthority
from quality.services.search import specialisms


@click.command("share")
@click.option(
    "--area", required=True, help="An ONS code, or a name as CQC spells it: E10000012, Essex, England."
)
@click.option("--as-at", help="The day to look back to, like 2026-06-30; today unless given.")
@click.option("--scope", default=Kind.ALL.value, help=f"One of {', '.join(kind.value for kind in Kind)}.")
@click.option("--rule", default=DEFAULT.name, help=f"One of {', '.join(rule.name for rule in RULES)}.")
@click.option(
    "--contracted-by", metavar="COUNCIL", default="", help="Only services that this council contracts."
)
@click.option("--specialism", default="", help="Only services with this specialism, as CQC names it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def share(*, area: str, as_at: str | None, as_json: bool, **chosen: str) -> None:
    """Show how many services of an area are rated Good or Outstanding, of how many, by which rule."""
    day = a_date(as_at) or today()
    with only_reading():
        try:
            held = market_held()
            held.check_day(day)
            wanted = Scope(
                find_kind(chosen["scope"]),
                _council(chosen["contracted_by"]),
                _specialism(chosen["specialism"]),
            )
            found = held.share(find_area(area, day), Basis(day, wanted, find_rule(chosen["rule"])))
        except Refused as refusal:
            refuse(refusal.sentence)
        told_on = held.told_on(day)
    if as_json:
        click.echo(json.dumps({**found.as_json(), "newest_edition": told_on.isoformat()}, ensure_ascii=False))
    else:
        click.echo(_in_words(found))


def _council(name: str) -> int | None:
    if not name:
        return None
    number = db.session.scalar(select(LocalAuthority.id).where(LocalAuthority.name == name.strip()))
    if number is None:
        raise Refused(f'"{name}" is no local authority that is held.')
    return number


def _specialism(name: str) -> str:
    wanted = name.strip().casefold()
    found = next((one for one in specialisms() if one.casefold() == wanted), "")
    if wanted and not found:
        raise Refused(f'"{name}" is no specialism that CQC’s data here name.')
    return found


def _in_words(share: Share) -> str:
    day = f"{share.basis.day.day} {share.basis.day:%B %Y}"
    lines = [
        f"{share.area.name}, as at {day}: {share.basis.scope.words}.",
        f"{share.basis.rule.title} ({share.basis.rule.key}).",
        _figure(share),
        f"Registered in this scope: {share.registered:,}.",
    ]
    left_out = [f"Left out, {fate.words}: {count:,}." for fate, count in share.left_out.items()]
    return "\n".join([*lines, *left_out])


def _figure(share: Share) -> str:
    if share.interval is None:
        return "Nobody counts by this rule, so there is no figure."
    low, high = (percent_words(round(end * 1000), 1000) for end in (share.interval.low, share.interval.high))
    what = "beds in services" if share.basis.rule.beds else "services"
    return (
        f"{share.k:,} of {share.n:,} {what} are rated Good or Outstanding: {share.words} "
        f"(95% interval {low} to {high})."
    )
