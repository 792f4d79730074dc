"""A database full of invented audits, written by the bulk path that CQC's files are stored by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from quality.audits.lifecycle import State
from quality.audits.models import Audit, Participant
from quality.core.clock import now, today
from quality.core.database import db
from quality.cqc.words import RatingWord
from quality.frameworks.definition import ServiceType
from quality.people.permissions import Role
from quality.ratings.models import OVERALL, Rating
from quality.services.bulk import insert_rows
from quality.services.models import SOCIAL_CARE, Service
from tests.builders.audits import a_framework
from tests.builders.people import a_council, a_person
from tests.builders.services import a_provider

MANAGER = "manager@northmere.example"
OFFICERS = 20
# Of ten audits of a service one is open, and every other open one waits for review.
AUDITS_OF_A_SERVICE = 10
_RATINGS = (
    RatingWord.GOOD,
    RatingWord.GOOD,
    RatingWord.GOOD,
    RatingWord.OUTSTANDING,
    RatingWord.REQUIRES_IMPROVEMENT,
    RatingWord.INADEQUATE,
)
_TYPES = tuple(ServiceType)


def fill(audits: int) -> None:
    """Write so many audits of a tenth as many services to the current app's empty database, and commit."""
    council, provider = a_council(db.session), a_provider(db.session)
    manager = a_person(db.session, Role.MANAGER, council=council, email=MANAGER)
    officers = [a_person(db.session, council=council).id for _ in range(OFFICERS)]
    edition_id = db.session.execute(text("SELECT max(id) FROM edition")).scalar_one()
    services = range(1, audits // AUDITS_OF_A_SERVICE + 1)
    _insert(Service, (_service(one, provider.id, council.id) for one in services))
    _insert(Rating, (_rating(one, edition_id) for one in services))
    ours = {"local_authority_id": council.id, "framework_version_id": a_framework().id}
    numbers = range(1, audits + 1)
    _insert(
        Audit, ({**_audit(one, officers[one * 7 // 5 % OFFICERS], manager.id), **ours} for one in numbers)
    )
    _insert(Participant, _participants(numbers, officers))
    db.session.commit()
    if db.session.get_bind().dialect.name == "postgresql":
        # A running PostgreSQL does this by itself, soon after so many rows have changed.
        db.session.execute(text("ANALYZE"))
        db.session.commit()


def _insert(table: type[Any], rows: Iterator[dict[str, Any]]) -> None:
    first = next(rows)
    insert_rows(table, tuple(first), (tuple(row.values()) for row in _again(first, rows)))


def _again(first: dict[str, Any], rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    for row in rows:
        yield {name: row[name] for name in first}


def _service(number: int, provider_id: int, council_id: int) -> dict[str, Any]:
    return {
        "id": number,
        "cqc_id": f"1-5{number:07}",
        "name": f"Invented House {number}",
        "provider_id": provider_id,
        "local_authority_id": council_id,
        "is_care_home": 1,
        "location_type": SOCIAL_CARE,
        "primary_category": "Residential social care",
        "address_1": f"{number} Orchard Lane",
        "address_2": "",
        "town": "Saltby",
        "postcode": "ZZ1 1AA",
        "url": "",
    }


def _rating(service: int, edition_id: int) -> dict[str, Any]:
    word = _RATINGS[service % len(_RATINGS)]
    return {
        "service_id": service,
        "service_group": OVERALL,
        "domain": OVERALL,
        "word": word.value,
        "published_text": word.words,
        "published_on": "2025-05-06",
        "report_type": "",
        "from_edition_id": edition_id,
        "held_from": "2025-06-01",
    }


def _audit(number: int, lead_id: int, manager_id: int) -> dict[str, Any]:
    """The newest audit of each service is the open one; deadlines lie around today."""
    service, age = divmod(number - 1, AUDITS_OF_A_SERVICE)
    state = (
        State.PUBLISHED if age else State.IN_REVIEW if service // len(_TYPES) % 2 == 0 else State.WRITING_UP
    )
    sent, approved = state is not State.WRITING_UP, state is State.PUBLISHED
    moment = now().isoformat()
    return {
        "id": number,
        "reference": f"NMR-2026-{number:06}",
        "service_id": service + 1,
        "service_type": _TYPES[service % len(_TYPES)].value,
        "audit_type": "routine",
        "announced": 0,
        "planned_from": today().isoformat(),
        "planned_to": today().isoformat(),
        "lead_id": lead_id,
        "state": state.value,
        "due_on": None if approved else (today() + timedelta(days=number * 7919 % 40 - 20)).isoformat(),
        "planned_at": moment,
        "sent_by_id": lead_id if sent else None,
        "sent_at": moment if sent else None,
        "reason": "",
        "approved_by_id": manager_id if approved else None,
        "approved_at": moment if approved else None,
        "version": 4,
        "local_authority_id": 0,
        "framework_version_id": 0,
    }


def _participants(numbers: range, officers: list[int]) -> Iterator[dict[str, Any]]:
    moment = now().isoformat()
    for number in numbers:
        for place in (number, number + 1):
            yield {"audit_id": number, "person_id": officers[place % OFFICERS], "since": moment}
