"""Providers, services and ratings for tests, all invented. Ratings are stored by loading a file such as CQC's."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from quality.core.clock import today
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import record
from quality.services.models import SOCIAL_CARE, Edition, LocalAuthority, Provider, Service
from tests.builders.cqc_files import Cell
from tests.builders.people import a_council
from tests.builders.registers import load_rows
from tests.databases import Database

_numbers = count(1)


def a_provider(session: Database, *, name: str = "", cqc_id: str = "") -> Provider:
    """A provider that runs no service yet."""
    number = next(_numbers)
    provider = Provider(cqc_id=cqc_id or f"1-80{number:07}", name=name or f"Invented Care {number} Limited")
    session.add(provider)
    session.flush()
    _told_of(session, "provider", provider.id)
    return provider


def a_service(
    session: Database,
    council: LocalAuthority | None = None,
    *,
    provider: Provider | str = "",
    edition: Edition | None = None,
    **facts: Any,
) -> Service:
    """A care home in the council's area that CQC has not rated; any of its facts can be given.

    Its provider is this one, or one of its own with this name. It is held from an edition on, or from before all.
    """
    number = next(_numbers)
    owner = a_provider(session, name=provider) if isinstance(provider, str) else provider
    cqc_id = facts.pop("cqc_id", f"1-90{number:07}")
    columns: dict[str, Any] = {
        "name": f"Invented House {number}",
        "provider_id": owner.id,
        "local_authority_id": (council or a_council(session)).id,
        "is_care_home": True,
        "location_type": SOCIAL_CARE,
        "primary_category": "Residential social care",
        "address_1": f"{number} Orchard Lane",
        "town": "Saltby",
        "postcode": "ZZ1 1AA",
        "url": f"http://www.cqc.org.uk/location/{cqc_id}",
        **facts,
    }
    service = Service(cqc_id=cqc_id, **columns)
    if edition is not None:
        service.from_edition_id, service.held_from = edition.id, edition.as_at
    session.add(service)
    session.flush()
    _told_of(session, "service", service.id)
    return service


def rated(
    session: Database,
    service: Service,
    rating: str = "Good",
    on: date | None = None,
    *,
    group: str = "Overall",
    domain: str = "Overall",
    **changes: Cell,
) -> Service:
    """The same service, with what CQC published of it by a file of one row, as at today."""
    published = on or (None if rating == "Not Rated" else today())
    load_rows([{**row_of(service, group, domain, rating, published), **changes}], part=True)
    session.refresh(service)
    return service


def row_of(service: Service, group: str, domain: str, word: str, published: date | None) -> dict[str, Cell]:
    """A row of *Latest ratings* by heading, with the facts of the service as they are."""
    return {
        "Location ID": service.cqc_id,
        "Location Name": service.name,
        "Care Home?": {True: "Y", False: "N", None: ""}[service.is_care_home],
        "Location Type": service.location_type,
        "Location Primary Inspection Category": service.primary_category,
        "Location Street Address": service.address_1,
        "Location Address Line 2": service.address_2,
        "Location City": service.town,
        "Location Post Code": service.postcode,
        "Location Local Authority": service.local_authority.name,
        "Location Region": service.local_authority.region,
        "URL": service.url,
        "Provider ID": service.provider.cqc_id,
        "Provider Name": service.provider.name,
        "Service / Population Group": group,
        "Domain": domain,
        "Latest Rating": word,
        "Publication Date": published or "",
    }


def _told_of(session: Database, subject: str, number: int) -> None:
    """Whatever is written has an event."""
    details = {"file_name": "register", "stored": 1}
    record(Kind.EDITION_LOADED, council=NATIONAL, about=(subject, number), by=None, details=details)
