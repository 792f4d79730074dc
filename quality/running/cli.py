"""Commands that run the service: prepare, doctor, demo, work."""

from __future__ import annotations

import os

import click
from flask import Flask
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError

from quality.core.database import db
from quality.core.jobs import try_again
from quality.core.pages import plural, settings
from quality.people.permissions import Role
from quality.ratings.frameworks.operations import seed
from quality.running import demo as demo_council
from quality.running.doctor import Check, Finding, examine, is_fit
from quality.running.worker import work_until_stopped

_MARKS = {Finding.GOOD: "ok  ", Finding.NOTE: "note", Finding.BAD: "BAD "}


def install(app: Flask) -> None:
    """Add the commands to the app."""
    for command in (prepare, doctor, demo, work):
        app.cli.add_command(command)


@click.command()
@click.option("--host", default="127.0.0.1", help="Where the server would listen.")
@with_appcontext
def doctor(host: str) -> None:
    """Say what this machine and these settings give, and what to do. Exit status 1 if the service cannot start."""
    checks = examine(host)
    _print_checks(checks)
    if not is_fit(checks):
        raise SystemExit(1)


@click.command()
@click.option(
    "--if-empty", is_flag=True, help="Do nothing, and do not complain, where there are people already."
)
@with_appcontext
def demo(if_empty: bool) -> None:
    """Fill an empty database with an invented council: people, services, audits in every state."""
    if not demo_council.is_empty():
        if if_empty:
            return
        raise click.UsageError(
            "The database already holds people; the demo council is only made in an empty one."
        )
    click.echo("Inventing a council", err=True)
    for words, step in demo_council.STEPS:
        click.echo(f"  {words}", err=True)
        step()
    db.session.commit()


@click.command()
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000)
@click.pass_context
@with_appcontext
def prepare(context: click.Context, host: str, port: int) -> None:
    """Everything a start needs in one process: migrate, fill an empty database, ask the doctor, say who may enter."""
    _migrate()
    seed()
    db.session.commit()
    context.invoke(demo, if_empty=True)
    checks = examine(host)
    _print_checks([check for check in checks if check.finding is not Finding.GOOD])
    if not is_fit(checks):
        raise SystemExit(1)
    click.echo(f"\n  http://{host}:{port}/\n")
    for person, role in demo_council.accounts():
        click.echo(f"  {Role(role).title:<18} {person.email:<34} {demo_council.PASSWORD}")
    click.echo("")


@click.command()
@click.option("--again", is_flag=True, help="First take up the jobs that failed for good.")
@click.option(
    "--at-once",
    type=click.IntRange(1, 64),
    help="How many jobs at once, each with a printing process. Without it: the setting PRINT_PROCESSES.",
)
@with_appcontext
def work(again: bool, at_once: int | None) -> None:
    """Do queued jobs, such as drawing up reports, until stopped."""
    if again:
        click.echo(f"{plural(try_again(), 'job')} will be tried again.")
    work_until_stopped(at_once or settings().print_processes or os.cpu_count() or 1)


def _migrate() -> None:
    """Bring the database up to date; one that cannot be reached is the doctor's to explain."""
    try:
        upgrade()
    except OperationalError:
        db.session.remove()
        _print_checks([check for check in examine() if check.finding is Finding.BAD])
        raise SystemExit(1) from None


def _print_checks(checks: list[Check]) -> None:
    for check in checks:
        click.echo(f"  {_MARKS[check.finding]}  {check.subject}: {check.sentence}")
        if check.advice:
            click.echo(f"        {check.advice}")
