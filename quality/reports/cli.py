"""Commands about reports: verify a file, take a report's bytes out, and have old reports made in other forms."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from quality.core.database import db, only_reading
from quality.core.pages import plural
from quality.evidence.storage import StorageError
from quality.printing.seal import SealFound, seal_of
from quality.reports.models import Report
from quality.reports.operations import ask_for_variants, pdf_of
from quality.reports.queries import without_variants
from quality.reports.verifying import Verdict, verify_bytes

group = AppGroup("reports", help="Verify a report, write one to a file, or have its other forms made.")


@group.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Say whether FILE is a report as this service issued it, byte for byte.

    Exit status 1 when it is not, and 3 when it is, but a newer version has replaced it.
    """
    with only_reading(), file.open("rb") as opened:
        found = verify_bytes(opened)
    if seal := seal_of(file.read_bytes()):
        click.echo(_seal_words(seal))
    if found.report is None:
        click.echo("Unknown: no report was issued with exactly these bytes.")
        raise SystemExit(1)
    word = "Superseded" if found.verdict is Verdict.SUPERSEDED else "Genuine"
    click.echo(f"{word}: {found.name}, issued {found.report.issued_at:%d %B %Y}, SHA-256 {found.sha256}.")
    if found.verdict is Verdict.SUPERSEDED:
        click.echo("A newer version has replaced it since.")
        raise SystemExit(3)


def _seal_words(seal: SealFound) -> str:
    """What the file's seal says, which can be read without our records: whose it is, and whether the file is whole."""
    if seal.whole:
        return f"Sealed by {seal.name}, whole. Whether that is truly their certificate, a PDF reader can say."
    return f"Sealed by {seal.name}, and changed since."


@group.command("render")
@click.argument("number")
@click.option("--out", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
def render(number: str, out: Path) -> None:
    """Write the issued bytes of report NUMBER to a file."""
    with only_reading():
        report = db.session.scalar(
            select(Report).where(Report.number == number, Report.issued_at.is_not(None))
        )
    if report is None:
        raise click.UsageError(f"There is no issued report {number}.")
    try:
        out.write_bytes(pdf_of(report))
    except (OSError, StorageError) as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"Wrote {out} ({report.pdf_bytes:,} bytes, SHA-256 {report.pdf_sha256}).")


@group.command("forms")
def forms() -> None:
    """Have large print and easy read made of every issued report that lacks one; `flask work` makes them."""
    lacking = without_variants()
    for report in lacking:
        ask_for_variants(report)
    db.session.commit()
    click.echo(f"{plural(len(lacking), 'report')} asked for. flask work makes them, one after the other.")
