"""Audits in any state, brought there by the operations the service itself uses."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from itertools import count
from typing import Any

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import Audit, AuditType, ChosenBecause, RecordKind, SpokenTo, Visit
from quality.audits.operations import move, plan_audit, record_visit
from quality.core.clock import today
from quality.frameworks.definition import DATA, FrameworkDefinition, ServiceType, read_definition
from quality.frameworks.models import FrameworkVersion
from quality.frameworks.operations import publish
from quality.people.models import Person
from quality.people.permissions import Role
from quality.services.models import LocalAuthority, Service
from tests.builders.people import a_council, a_person
from tests.builders.services import a_service
from tests.databases import Database

# The way to each state. Being returned is a state too, as far as a test cares.
WAYS: dict[State, tuple[MoveName, ...]] = {
    State.PLANNED: (),
    State.VISITING: (MoveName.START_VISIT,),
    State.WRITING_UP: (MoveName.START_VISIT, MoveName.START_WRITE_UP),
    State.IN_REVIEW: (MoveName.START_VISIT, MoveName.START_WRITE_UP, MoveName.SEND_FOR_REVIEW),
    State.PUBLISHED: (
        MoveName.START_VISIT,
        MoveName.START_WRITE_UP,
        MoveName.SEND_FOR_REVIEW,
        MoveName.APPROVE,
    ),
    State.ABANDONED: (MoveName.ABANDON,),
}
_keys = count(1)


@lru_cache(maxsize=1)
def our_framework() -> FrameworkDefinition:
    """The framework that comes with the product."""
    return read_definition(DATA / "provider-quality-v1")


def a_framework() -> FrameworkVersion:
    """The product's own framework, published; the same one however often it is asked for."""
    return publish(our_framework())


def an_officer(session: Database, council: LocalAuthority, **more: Any) -> Person:
    """A quality officer of this council."""
    return a_person(session, Role.QUALITY_OFFICER, council=council, **more)


def a_manager(session: Database, council: LocalAuthority, **more: Any) -> Person:
    """A manager of this council."""
    return a_person(session, Role.MANAGER, council=council, **more)


def a_plan(lead: Person, **changes: Any) -> dict[str, Any]:
    """A plan as the planning operations take it: a routine, unannounced audit from today on."""
    return {
        "service_type": ServiceType.CARE_HOME,
        "audit_type": AuditType.ROUTINE,
        "chosen_because": ChosenBecause.PROGRAMME,
        "chosen_note": "",
        "announced": False,
        "planned_from": today(),
        "planned_to": today() + timedelta(days=7),
        "lead": lead,
        "visiting": [],
        **changes,
    }


def an_audit(
    session: Database,
    at: State = State.IN_REVIEW,
    *,
    council: LocalAuthority | None = None,
    service: Service | None = None,
    lead: Person | None = None,
    by: Person | None = None,
    manager: Person | None = None,
    **plan: Any,
) -> Audit:
    """An audit brought to the state `at` by its lead, and by a manager where it takes one.

    What it needs is made unless it is given. Whether it is complete is not asked on the way.
    """
    a_framework()
    if council is None:
        council = session.get_one(LocalAuthority, lead.local_authority_id) if lead else a_council(session)
    lead = lead or an_officer(session, council)
    service = service or a_service(session, council)
    audit = plan_audit(service=service, by=by or lead, **a_plan(lead, **plan))
    for name in WAYS[at]:
        actor = lead
        if name is MoveName.APPROVE:
            actor = manager or a_manager(session, council)
        go(audit, name, actor, reason="The service closed." if name is MoveName.ABANDON else "")
    return audit


def go(audit: Audit, name: MoveName, by: Person, reason: str = "") -> Audit:
    """Make a move from a page that is up to date."""
    return move(audit.id, name, by=by, version=audit.version, reason=reason)


def a_visit(audit: Audit, by: Person | None = None, **changes: Any) -> Visit:
    """A visit of today, recorded by the lead unless somebody else is named."""
    by = by or audit.lead
    typed: dict[str, Any] = {
        "form_key": f"visit-form-{next(_keys)}",
        "visited_on": today(),
        "visitors": [by],
        "conversations": {SpokenTo.PEOPLE: 4, SpokenTo.MANAGER: 1},
        "samples": {RecordKind.CARE_PLANS: (3, 24), RecordKind.ROTAS: (2, None)},
        "notes": "Arrived at nine, welcomed by the deputy.",
        **changes,
    }
    return record_visit(audit_id=audit.id, by=by, **typed)


def planned_before_reasons(session: Database, lead: Person) -> Audit:
    """An audit as the database holds it from the time when nobody was asked why a service was chosen."""
    audit = an_audit(session, State.PLANNED, lead=lead)
    audit.chosen_because = ChosenBecause.NOT_RECORDED
    session.flush()
    return audit
