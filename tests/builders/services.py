"""Providers, services and ratings for tests, all invented: they are stored as CQC's files are."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from quality.core.clock import now, today
from quality.editions.loading import load_file
from quality.editions.result import LoadResult
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import record
from quality.services.models import SOCIAL_CARE, Edition, EditionKind, LocalAuthority, Provider, Service
from quality.services.placing import Register, place
from tests.builders.cqc_files import Cell, a_row, latest_ratings_rows, write_csv
from tests.builders.people import a_council
from tests.databases import Database

_numbers = count(1)
_NAMES = ("Larkfield House", "Willow Court", "Brook End Homecare", "Fenway Grange", "Harbour View")


def a_provider(session: Database, *, name: str | None = None, cqc_id: str | None = None) -> Provider:
    """A provider that runs no service yet."""
    number = next(_numbers)
    cqc_id = cqc_id or f"1-80{number:07}"
    facts = {"name": name or f"Invented Care {number} Limited", "brand_id": None, "brand_name": None}
    _place(session, Register(tuple(facts), (), {cqc_id: tuple(facts.values())}))
    return session.scalars(select(Provider).where(Provider.cqc_id == cqc_id)).one()


def a_service(
    session: Database,
    council: LocalAuthority | None = None,
    *,
    provider: Provider | None = None,
    **facts: Any,
) -> Service:
    """A care home in the council's area that CQC has not rated; any of its facts can be given."""
    number = next(_numbers)
    council, provider = council or a_council(session), provider or a_provider(session)
    cqc_id = facts.pop("cqc_id", f"1-90{number:07}")
    told: dict[str, Any] = {
        "name": _NAMES[number % len(_NAMES)],
        "is_care_home": True,
        "location_type": SOCIAL_CARE,
        "primary_category": "Residential social care",
        "address_1": f"{number} Orchard Lane",
        "town": "Saltby",
        "postcode": "ZZ1 1AA",
        "url": f"http://www.cqc.org.uk/location/{cqc_id}",
        "local_authority_id": council.name,
        "provider_id": provider.cqc_id,
        **facts,
    }
    regions: Counter[tuple[str, str | None]] = Counter({(told["local_authority_id"], council.region): 1})
    _place(session, Register((), tuple(told), {}, {cqc_id: tuple(told.values())}, regions))
    return session.scalars(select(Service).where(Service.cqc_id == cqc_id)).one()


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
    row = {
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
        "Latest Rating": rating,
        "Publication Date": on or ("" if rating == "Not Rated" else today()),
        **changes,
    }
    load_rows([row], part=True)
    session.refresh(service)
    return service


def load_rows(
    rows: Sequence[Mapping[str, Cell]],
    *,
    as_at: date | None = None,
    name: str = "ratings.csv",
    **options: Any,
) -> LoadResult:
    """Load a file of these rows, each Larkfield House rated Good but for what is given by heading."""
    with TemporaryDirectory() as folder:
        table = [latest_ratings_rows()[0], *(a_row(row) for row in rows)]
        options.setdefault("confirm", lambda movement: True)
        return load_file(write_csv(Path(folder) / name, table), as_at=as_at or today(), **options)


def _place(session: Database, register: Register) -> None:
    number = next(_numbers)
    edition = Edition(
        kind=EditionKind.DIRECTORY,
        file_name=f"invented-{number}.csv",
        sha256=hashlib.sha256(f"invented {number}".encode()).hexdigest(),
        as_at=today(),
        loaded_at=now(),
        rows_read=0,
        stored=0,
        merged=0,
        set_aside={},
        warnings=[],
        is_part=True,
    )
    session.add(edition)
    session.flush()
    place(register, edition)
    about, details = ("edition", edition.id), {"file_name": edition.file_name, "stored": 0}
    record(Kind.EDITION_LOADED, council=NATIONAL, about=about, by=None, details=details)
