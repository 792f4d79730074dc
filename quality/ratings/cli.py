"""Commands for CQC's data: loading a file, and showing one service."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup

from quality.core.database import db, only_reading
from quality.core.pages import day, plural
from quality.cqc import CqcFileError
from quality.ratings.loading import LoadResult, load_latest_ratings
from quality.ratings.models import Rating
from quality.ratings.queries import current_ratings
from quality.services.models import Service
from quality.services.queries import edition_of, find_service

cqc = AppGroup("cqc", help="CQC's data: load what CQC publishes.")
services = AppGroup("services", help="The services that are held.")


@cqc.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-at", help="The day the file speaks of, like 2026-06-30, where it does not say so itself.")
@click.option("--dry-run", is_flag=True, help="Check and count everything, and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def load(file: Path, as_at: str | None, dry_run: bool, as_json: bool) -> None:
    """Load CQC's Latest ratings (its sheet of locations) from FILE: CSV, CSV.GZ, XLSX or ODS."""
    try:
        result = load_latest_ratings(file, as_at=_date(as_at), dry_run=dry_run, progress=_progress())
    except CqcFileError as error:
        db.session.rollback()
        _clear_progress()
        _refuse(error.sentence)
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    _clear_progress()
    click.echo(
        json.dumps(_load_as_json(result, dry_run), ensure_ascii=False) if as_json else _said(result, dry_run)
    )


@services.command("show")
@click.argument("location_id")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(location_id: str, as_json: bool) -> None:
    """Show the service with CQC's LOCATION_ID, with its ratings."""
    with only_reading():
        service = find_service(location_id)
        if service is None:
            _refuse(f'No service with the CQC id "{location_id}" is held.')
        shown = _service_as_json(service)
    click.echo(json.dumps(shown, ensure_ascii=False) if as_json else _service_in_words(shown))


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        _refuse(f'--as-at is "{text}", which is not a date like 2026-06-30.')


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)


def _progress() -> Any:
    if not sys.stderr.isatty():
        return None
    return lambda rows: click.echo(f"\rRead {rows:,} rows …", nl=False, err=True)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)


def _load_as_json(result: LoadResult, dry_run: bool) -> dict[str, Any]:
    return {
        "edition": result.edition.id if result.edition else None,
        "already_loaded": result.already_loaded,
        "dry_run": dry_run,
        "kind": result.kind,
        "file_name": result.file_name,
        "as_at": result.as_at.isoformat(),
        "sha256": result.sha256,
        "rows_read": result.rows_read,
        "stored": result.stored,
        "merged": result.merged,
        "set_aside": result.set_aside,
        "warnings": result.warnings,
        "new": result.new,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "services": result.services,
        "providers": result.providers,
    }


def _said(result: LoadResult, dry_run: bool) -> str:
    if result.already_loaded and result.edition:
        return (
            f"These very bytes were loaded before, as edition {result.edition.id} "
            f"({result.file_name}, as at {day(result.as_at)}): nothing was changed."
        )
    begun = (
        "Nothing was stored: this was a dry run of" if dry_run else f"Loaded edition {_number(result)} from"
    )
    lines = [
        f"{begun} {result.file_name}, as at {day(result.as_at)}.",
        f"{plural(result.rows_read, 'row')} read: {result.stored:,} stored ({result.new:,} new, "
        f"{result.changed:,} changed, {result.unchanged:,} as before), {result.merged:,} merged, "
        f"{sum(result.set_aside.values()):,} set aside.",
        *(f"Set aside: {count:,}, {reason}." for reason, count in result.set_aside.items()),
        f"{plural(result.services, 'service')} of {plural(result.providers, 'provider')}.",
        *(f"Please note: {warning}" for warning in result.warnings),
    ]
    return "\n".join(lines)


def _number(result: LoadResult) -> int | str:
    return result.edition.id if result.edition else ""


def _service_as_json(service: Service) -> dict[str, Any]:
    edition = edition_of(service)
    return {
        "cqc_id": service.cqc_id,
        "name": service.name,
        "provider": {"cqc_id": service.provider.cqc_id, "name": service.provider.name},
        "local_authority": service.local_authority.name,
        "region": service.local_authority.region,
        "care_home": service.is_care_home,
        "type": service.location_type,
        "primary_category": service.primary_category,
        "address": service.address,
        "url": service.url,
        "as_at": edition.as_at.isoformat() if edition else None,
        "ratings": [_rating(rating) for group in current_ratings(service.id) for rating in group.ratings],
    }


def _rating(rating: Rating) -> dict[str, Any]:
    return {
        "service_group": rating.service_group,
        "domain": rating.domain,
        "rating": rating.word.value,
        "published_text": rating.published_text,
        "published_on": rating.published_on.isoformat() if rating.published_on else None,
        "inherited": rating.inherited,
        "from_edition": rating.from_edition_id,
    }


def _service_in_words(shown: dict[str, Any]) -> str:
    lines = [
        f"{shown['name']} ({shown['cqc_id']})",
        f"{shown['provider']['name']} ({shown['provider']['cqc_id']})",
        f"{shown['address']}; {shown['local_authority']}, {shown['region']}",
        f"{shown['primary_category']}; as at {shown['as_at'] or 'no edition'}",
    ]
    for rating in shown["ratings"]:
        inherited = ", inherited" if rating["inherited"] else ""
        published = rating["published_on"] or "no date"
        lines.append(
            f"  {rating['service_group']}, {rating['domain']}: {rating['published_text']} ({published}{inherited})"
        )
    return "\n".join(lines)
