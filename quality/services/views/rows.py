"""Services as the rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from quality.core.clock import today
from quality.core.csv_files import Value
from quality.ratings.queries import Standing, overall_of_all
from quality.services.search import FoundService, types_of

_HEADINGS = (
    "CQC location ID",
    "Service",
    "CQC provider ID",
    "Provider",
    "Local authority",
    "Region",
    "Service types",
    "CQC primary category",
    "Sector",
    "Care home",
    "Beds",
    "Dormant",
    "Address",
    "Town",
    "County",
    "Postcode",
    "Registered on",
    "Registration ended on",
    "Not in CQC's list since",
    "Second registration of CQC location ID",
    "CQC overall rating",
    "CQC overall rating (code)",
    "Rating published on",
    "CQC ratings by service",
)


def headings(council: str) -> tuple[str, ...]:
    """What the columns are called; the code of a rating stands beside its words."""
    return (*_HEADINGS, f"Contracted by {council}", "As at")


def rows(found: Iterable[list[FoundService]], as_at: date | None) -> Iterator[tuple[Value, ...]]:
    """A row for each service, with how it stood by CQC's ratings on the day asked for, or stands today."""
    day = as_at or today()
    for some in found:
        types = types_of({service.trait_set_id for service in some})
        standings = overall_of_all([service.id for service in some], as_at)
        for service in some:
            named = "; ".join(types.get(service.trait_set_id, []))
            contracted = (service.is_contracted, day)
            yield (*_facts(service, named), *ratings(standings[service.id]), *contracted)


def _facts(service: FoundService, types: str) -> tuple[Value, ...]:
    return (
        service.cqc_id,
        service.name,
        service.provider_cqc_id,
        service.provider,
        service.authority,
        service.region,
        types,
        service.primary_category,
        service.location_type,
        service.is_care_home,
        service.beds,
        service.is_dormant,
        ", ".join(part for part in (service.address_1, service.address_2) if part),
        service.town,
        service.county,
        service.postcode,
        service.registered_on,
        service.ended_on,
        service.gone_on,
        service.primary_cqc_id if service.is_left_out else None,
    )


def ratings(standing: Standing) -> tuple[Value, ...]:
    """How a service stands: in words, as a code, since when, and for each of its services where CQC rates those."""
    if standing.is_by_service:
        named = "; ".join(
            f"{one.service_group}: {one.word.words}" + (f" ({one.published_on})" if one.published_on else "")
            for one in standing.by_group
        )
        return "Rated by service", "by_service", None, named
    word = standing.word
    return word.words if word else "No rating held", word.value if word else "none", standing.published_on, ""
