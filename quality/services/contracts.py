"""Which services a council contracts and on which days, as its own team notes it. CQC does not know."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager

from quality.core.clock import now, today
from quality.core.database import db
from quality.core.errors import Refused
from quality.core.paging import PAGE_SIZE, Page, offset, page_of
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.people.models import Person
from quality.services.contract_lines import MOST_IDS, UNDATED, Days, Line, read_lines
from quality.services.models import Contract, LocalAuthority, Service

__all__ = [
    "MOST_IDS",
    "UNDATED",
    "Checked",
    "Counts",
    "Days",
    "Line",
    "Named",
    "Noted",
    "change_days",
    "check_lines",
    "contract_of",
    "contracted_services",
    "count_contracts",
    "days_of",
    "end_contract",
    "is_contracted",
    "note_contracts",
    "put_back",
    "read_lines",
    "remove_contract",
    "undated_on",
]

_LONGEST_ID = 20


@dataclass(frozen=True)
class Noted:
    """A service that the council contracts, on which days, when that was last noted, and by whom.

    Nobody is named where it was somebody at the command line.
    """

    service: Service
    contract: Contract
    noted_by: str | None

    @property
    def days(self) -> Days:
        """From when to when."""
        return days_of(self.contract)


@dataclass(frozen=True)
class Counts:
    """How many contracts a council has noted that have not ended, and that have; `undated` have no first day."""

    going_on: int
    ended: int
    undated: int


@dataclass(frozen=True)
class Named:
    """A service that a list names, its days as they will be noted, and as they are (none where it is not noted)."""

    service: Service
    days: Days
    before: Days | None = None


@dataclass(frozen=True)
class Checked:
    """What a list names: services to note, services whose days change, services noted already, ids of none held."""

    new: list[Named] = field(default_factory=list)
    changed: list[Named] = field(default_factory=list)
    noted: list[Named] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def to_note(self) -> list[Named]:
        """What confirming it will note."""
        return [*self.new, *self.changed]

    @property
    def lines(self) -> list[Line]:
        """The same as a list, to be sent with the confirmation."""
        return [Line(one.service.cqc_id, one.days) for one in self.to_note]


def contracted_services(council: int, page: int = 1, *, ended: bool = False) -> Page[Noted]:
    """The services that a council contracts or will contract, by name; or those whose contract has ended."""
    noted = (
        select(Service, Contract, Person.name)
        .join(Contract, Contract.service_id == Service.id)
        .join(Service.provider)
        .join(Service.local_authority)
        .outerjoin(Person, Person.id == Contract.noted_by_id)
        .where(Contract.local_authority_id == council, _has_ended() if ended else ~_has_ended())
        .options(contains_eager(Service.provider), contains_eager(Service.local_authority))
        .order_by(func.lower(Service.name), Service.id)
    )
    rows = db.session.execute(noted.offset(offset(page)).limit(PAGE_SIZE + 1))
    return page_of([Noted(*row) for row in rows], max(page, 1))


def count_contracts(council: int) -> Counts:
    """How many contracts a council has noted."""
    counted = select(
        func.count().filter(~_has_ended()),
        func.count().filter(_has_ended()),
        func.count().filter(Contract.starts_on.is_(None)),
    ).where(Contract.local_authority_id == council)
    return Counts(*db.session.execute(counted.select_from(Contract)).one())


def undated_on(council: int, day: date) -> int:
    """How many of the contracts that count on a day have no first day: they may have begun after it."""
    counted = select(func.count()).where(
        Contract.local_authority_id == council, Contract.starts_on.is_(None), Contract.on(day)
    )
    return db.session.scalars(counted.select_from(Contract)).one()


def check_lines(lines: Sequence[Line], council: int) -> Checked:
    """What these lines name, in the order in which they were given."""
    services = {
        service.cqc_id: service for service in db.session.scalars(_named([one.cqc_id for one in lines]))
    }
    held = _held([one.id for one in services.values()], council)
    checked = Checked()
    for line in lines:
        service = services.get(line.cqc_id)
        if service is None:
            checked.unknown.append(line.cqc_id[: _LONGEST_ID * 2])
        elif service.id not in held:
            checked.new.append(Named(service, line.days or UNDATED))
        else:
            before = held[service.id]
            # Noted again without days, a contract that had ended goes on.
            days = line.days or (before if _goes_on(before) else Days(before.starts_on))
            (checked.noted if days == before else checked.changed).append(Named(service, days, before))
    return checked


def note_contracts(lines: Sequence[Line], *, by: Person) -> list[Service]:
    """Note that the person's council contracts these services; those noted already get the days that are given.

    Gives those that are new or changed. Refused where an id names no service that is held.
    """
    council = by.local_authority_id
    _lock(council)
    checked = check_lines(lines, council)
    if checked.unknown:
        raise Refused(f"No service with the CQC location ID {checked.unknown[0]} is held. Nothing was noted.")
    for named in checked.to_note:
        _note(named.service, named.days, by)
    return [named.service for named in checked.to_note]


def change_days(service: Service, days: Days, *, by: Person) -> bool:
    """Note from and to which day a contracted service is. False where nothing changed, or it is not noted at all.

    Invalid where the last day is before the first.
    """
    days.check()
    _lock(by.local_authority_id)
    contract = contract_of(service, by.local_authority_id)
    if contract is None or days_of(contract) == days:
        return False
    _note(service, days, by)
    return True


def end_contract(service: Service, *, by: Person) -> Days | None:
    """Note that the person's council contracts a service no longer; figures of earlier days go on counting it.

    Its last day was yesterday; a contract that began today or later was none. Gives the days it had, so that
    `put_back` can undo it; none where it is not contracted.
    """
    council = by.local_authority_id
    _lock(council)
    contract = contract_of(service, council)
    if contract is None or not _goes_on(before := days_of(contract)):
        return None
    yesterday = today() - timedelta(days=1)
    if before.starts_on is not None and before.starts_on > yesterday:
        db.session.delete(contract)
    else:
        contract.ends_on, contract.noted_at, contract.noted_by_id = yesterday, now(), by.id
    _record(Kind.CONTRACT_ENDED, service, by)
    return before


def put_back(service: Service, days: Days, *, by: Person) -> None:
    """Note that the person's council contracts a service on these days, whatever was noted of it."""
    _lock(by.local_authority_id)
    _note(service, days.check(), by)


def remove_contract(service: Service, *, by: Person) -> bool:
    """Take back the note that a service is or was contracted. False where there is none."""
    _lock(by.local_authority_id)
    contract = contract_of(service, by.local_authority_id)
    if contract is None:
        return False
    db.session.delete(contract)
    _record(Kind.CONTRACT_REMOVED, service, by)
    return True


def contract_of(service: Service, council: int) -> Contract | None:
    """What is noted of a council's contract of a service, on whatever days."""
    return db.session.get(Contract, (council, service.id))


def is_contracted(service: Service, council: int, day: date | None = None) -> bool:
    """True where it is noted that the council contracts the service on a day; today unless another is named."""
    contract = contract_of(service, council)
    return contract is not None and days_of(contract).has(day or today())


def days_of(contract: Contract) -> Days:
    """From when to when a contract is."""
    return Days(contract.starts_on, contract.ends_on)


def _goes_on(days: Days) -> bool:
    return days.ends_on is None or days.ends_on >= today()


def _has_ended() -> ColumnElement[bool]:
    # Never empty, so that its opposite can be asked for.
    return ~or_(Contract.ends_on.is_(None), Contract.ends_on >= today())


def _note(service: Service, days: Days, by: Person) -> None:
    found = contract_of(service, by.local_authority_id)
    contract = found or Contract(local_authority_id=by.local_authority_id, service_id=service.id)
    contract.noted_at, contract.noted_by_id = now(), by.id
    contract.starts_on, contract.ends_on = days.starts_on, days.ends_on
    if found is None:
        db.session.add(contract)
    if found is None and days == UNDATED:
        _record(Kind.CONTRACT_NOTED, service, by)
    else:
        _record(Kind.CONTRACT_DATED, service, by, days=days.words)


def _record(kind: Kind, service: Service, by: Person, **more: str) -> None:
    record(
        kind,
        council=by.local_authority_id,
        about=("service", service.id),
        by=by,
        details={"name": service.name, "cqc_id": service.cqc_id, **more},
    )


def _named(ids: Collection[str]) -> Select[Service]:
    return (
        select(Service)
        .join(Service.provider)
        .join(Service.local_authority)
        .where(Service.cqc_id.in_([one for one in ids if len(one) <= _LONGEST_ID]))
        .options(contains_eager(Service.provider), contains_eager(Service.local_authority))
    )


def _held(numbers: Collection[int], council: int) -> dict[int, Days]:
    """The days of these services' contracts, by the number of the service."""
    contracts = select(Contract).where(
        Contract.local_authority_id == council, Contract.service_id.in_(numbers)
    )
    return {one.service_id: days_of(one) for one in db.session.scalars(contracts)}


def _lock(council: int) -> None:
    """Let one person at a time change what a council contracts: two lists may name the same service."""
    db.session.execute(select(LocalAuthority.id).where(LocalAuthority.id == council).with_for_update())
