"""Which services a council contracts, as its own team notes it. CQC does not know."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from quality.core.clock import now
from quality.core.database import db
from quality.core.errors import Invalid, Refused
from quality.core.paging import PAGE_SIZE, Page, offset, page_of
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.people.models import Person
from quality.services.models import Contract, LocalAuthority, Service

MOST_IDS = 500
# People paste a column of a spreadsheet, or a list with commas.
_BETWEEN = re.compile(r"[\s,;|]+")
_LONGEST_ID = 20


@dataclass(frozen=True)
class Noted:
    """A service that the council contracts, when that was noted, and by whom: none for somebody at the command line."""

    service: Service
    noted_at: datetime
    noted_by: str | None


@dataclass(frozen=True)
class Checked:
    """What a list of CQC ids names: services to note, services noted already, and ids of no service that is held."""

    new: list[Service] = field(default_factory=list)
    noted: list[Service] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def contracted_services(council: int, page: int = 1) -> Page[Noted]:
    """The services that a council contracts, by name."""
    noted = (
        select(Service, Contract.noted_at, Person.name)
        .join(Contract, Contract.service_id == Service.id)
        .join(Service.provider)
        .join(Service.local_authority)
        .outerjoin(Person, Person.id == Contract.noted_by_id)
        .where(Contract.local_authority_id == council)
        .options(contains_eager(Service.provider), contains_eager(Service.local_authority))
        .order_by(func.lower(Service.name), Service.id)
    )
    rows = db.session.execute(noted.offset(offset(page)).limit(PAGE_SIZE + 1))
    return page_of([Noted(*row) for row in rows], max(page, 1))


def count_contracts(council: int) -> int:
    """How many services a council contracts."""
    counted = select(func.count()).select_from(Contract).where(Contract.local_authority_id == council)
    return db.session.scalars(counted).one()


def read_ids(text: str) -> list[str]:
    """The CQC ids in a text, each once, in capitals. Invalid when there is none, or more than 500."""
    ids = list(dict.fromkeys(one.upper() for one in _BETWEEN.split(text.replace("\0", " ")) if one))
    if not ids:
        raise Invalid("ids", "Enter at least one CQC location ID, like 1-123456789")
    if len(ids) > MOST_IDS:
        raise Invalid("ids", f"Enter {MOST_IDS} CQC location IDs or fewer at once; you entered {len(ids):,}")
    return ids


def check_ids(ids: Sequence[str], council: int) -> Checked:
    """What these CQC ids name, in the order in which they were given."""
    services = {service.cqc_id: service for service in db.session.scalars(_named(ids))}
    noted = set(db.session.scalars(_noted([one.id for one in services.values()], council)))
    checked = Checked()
    for cqc_id in ids:
        service = services.get(cqc_id)
        if service is None:
            checked.unknown.append(cqc_id[: _LONGEST_ID * 2])
        else:
            (checked.noted if service.id in noted else checked.new).append(service)
    return checked


def note_contracts(ids: Sequence[str], *, by: Person) -> list[Service]:
    """Note that the person's council contracts these services; those noted already stay as they are.

    Gives those that are new. Refused where an id names no service that is held.
    """
    council = by.local_authority_id
    _lock(council)
    checked = check_ids(ids, council)
    if checked.unknown:
        raise Refused(f"No service with the CQC location ID {checked.unknown[0]} is held. Nothing was noted.")
    for service in checked.new:
        db.session.add(
            Contract(local_authority_id=council, service_id=service.id, noted_at=now(), noted_by_id=by.id)
        )
        record(
            Kind.CONTRACT_NOTED, council=council, about=("service", service.id), by=by, details=_told(service)
        )
    return checked.new


def end_contract(service: Service, *, by: Person) -> bool:
    """Note that the person's council no longer contracts a service. False where it was not noted as contracted."""
    council = by.local_authority_id
    _lock(council)
    contract = db.session.get(Contract, (council, service.id))
    if contract is None:
        return False
    db.session.delete(contract)
    record(Kind.CONTRACT_ENDED, council=council, about=("service", service.id), by=by, details=_told(service))
    return True


def is_contracted(service: Service, council: int) -> bool:
    """True while it is noted that the council contracts the service."""
    return db.session.get(Contract, (council, service.id)) is not None


def _told(service: Service) -> dict[str, str]:
    return {"name": service.name, "cqc_id": service.cqc_id}


def _named(ids: Collection[str]) -> Select[Service]:
    return (
        select(Service)
        .join(Service.provider)
        .join(Service.local_authority)
        .where(Service.cqc_id.in_([one for one in ids if len(one) <= _LONGEST_ID]))
        .options(contains_eager(Service.provider), contains_eager(Service.local_authority))
    )


def _noted(numbers: Collection[int], council: int) -> Select[int]:
    return select(Contract.service_id).where(
        Contract.local_authority_id == council, Contract.service_id.in_(numbers)
    )


def _lock(council: int) -> None:
    """Let one person at a time change what a council contracts: two lists may name the same service."""
    db.session.execute(select(LocalAuthority.id).where(LocalAuthority.id == council).with_for_update())
