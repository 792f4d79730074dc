"""The group of commands for CQC's data, and the command that shows one service."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any, NoReturn

import click
from flask.cli import AppGroup

from quality.core.database import only_reading
from quality.ratings.comparability import framework_of
from quality.ratings.models import Rating
from quality.ratings.queries import current_ratings
from quality.services.as_at import edition_of, version_on
from quality.services.models import Service, ServiceVersion
from quality.services.queries import find_service

cqc = AppGroup("cqc", help="CQC's data: load what CQC publishes.")
services = AppGroup("services", help="The services that are held.")


@services.command("show")
@click.argument("location_id")
@click.option("--as-at", help="The day to look back to, like 2026-06-30; today unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(location_id: str, as_at: str | None, as_json: bool) -> None:
    """Show the service with CQC's LOCATION_ID, with its ratings by framework and element."""
    day = a_date(as_at)
    with only_reading():
        service = find_service(location_id)
        if service is None:
            refuse(f'No service with the CQC id "{location_id}" is held.')
        shown = _service_as_json(service, day)
    click.echo(json.dumps(shown, ensure_ascii=False) if as_json else _service_in_words(shown))


def a_date(text: str | None) -> date | None:
    """The day that --as-at gives; none when it is not given. Ends the command when it is no date."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(f'--as-at is "{text}", which is not a date like 2026-06-30.')


def refuse(sentence: str) -> NoReturn:
    """End the command: the input was bad, and this says how."""
    click.echo(sentence, err=True)
    sys.exit(2)


def _service_as_json(service: Service, day: date | None) -> dict[str, Any]:
    facts = version_on(service, day)
    if facts is None:
        refuse(f"No edition of {day} or before lists {service.cqc_id}.")
    edition = edition_of(facts)
    return {
        "cqc_id": service.cqc_id,
        **_facts(facts),
        "asked_as_at": day.isoformat() if day else None,
        "as_at": edition.as_at.isoformat() if edition else None,
        "ratings": [_rating(one) for group in current_ratings(service.id, day) for one in group.ratings],
    }


def _facts(facts: Service | ServiceVersion) -> dict[str, Any]:
    address = (facts.address_1, facts.address_2, facts.town, facts.postcode)
    return {
        "name": facts.name,
        "provider": {"cqc_id": facts.provider.cqc_id, "name": facts.provider.name},
        "local_authority": facts.local_authority.name,
        "region": facts.local_authority.region,
        "care_home": facts.is_care_home,
        "type": facts.location_type,
        "primary_category": facts.primary_category,
        "address": ", ".join(part for part in address if part),
        "url": facts.url,
        "beds": facts.beds,
        "dormant": facts.is_dormant,
        "registered_on": _iso(facts.registered_on),
        "ended_on": _iso(facts.ended_on),
        "listed_no_longer_from": _iso(facts.held_to) if isinstance(facts, Service) else None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _rating(rating: Rating) -> dict[str, Any]:
    return {
        "service_group": rating.service_group,
        "domain": rating.domain,
        "rating": rating.word.value,
        "published_text": rating.published_text,
        "published_on": _iso(rating.published_on),
        "framework": framework_of(rating)[0],
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
