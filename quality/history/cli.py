"""Commands about the history: verify the chains, and print their heads to be kept outside."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from quality.core.database import only_reading
from quality.history.queries import Verdict, verify_all

group = AppGroup("history", help="Verify the history, and print what to keep outside to anchor it.")


@group.command("verify")
@click.option(
    "--anchor", "anchors", multiple=True, metavar="COUNCIL:NUMBER:HASH", help="As printed by `history heads`."
)
def verify(anchors: tuple[str, ...]) -> None:
    """Follow every chain and name the first bad event of each. Exit status 1 when one is broken."""
    with only_reading():
        verdicts = verify_all(dict(_anchor(one) for one in anchors))
    for verdict in verdicts:
        _say(verdict)
    if not anchors:
        click.echo(
            "A cut of the newest events together with the head shows only against an anchor kept outside."
        )
    if any(verdict.fault for verdict in verdicts):
        raise SystemExit(1)


@group.command("heads")
def heads() -> None:
    """Print each chain's head, to be kept where nobody with this database can change it."""
    with only_reading():
        for verdict in verify_all():
            click.echo(f"{verdict.council}:{verdict.events}:{verdict.head_hash}")


def _say(verdict: Verdict) -> None:
    if verdict.fault:
        click.echo(f"Chain {verdict.council}: BROKEN at event {verdict.bad_number}. {verdict.fault}")
    else:
        click.echo(f"Chain {verdict.council}: {verdict.events} events hold. Head {verdict.head_hash}")


def _anchor(typed: str) -> tuple[int, tuple[int, str]]:
    try:
        council, number, head = typed.split(":")
        return int(council), (int(number), head)
    except ValueError:
        raise click.BadParameter(f"{typed!r} is not of the form COUNCIL:NUMBER:HASH.") from None
