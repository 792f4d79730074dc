"""Planning an audit and changing the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from quality.audits.lifecycle import State
from quality.audits.locking import add_participant, check_version, lock_audit
from quality.audits.models import Audit, AuditType, ChosenBecause
from quality.audits.policies import check_can_change_plan
from quality.audits.queries import open_audit_of
from quality.audits.references import lock_counter, next_reference
from quality.audits.telling import tell_lead_of_plan
from quality.audits.wording import reason_words
from quality.core.clock import now, today
from quality.core.database import db
from quality.core.errors import Invalid, NotAllowed, Refused
from quality.frameworks.definition import ServiceType
from quality.frameworks.models import FrameworkVersion
from quality.frameworks.queries import newest_published
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.people.models import Person
from quality.people.permissions import Permission
from quality.services.models import LocalAuthority, Service

# A plan further away than this is a slip of the finger in the year.
FURTHEST = timedelta(days=366)


class OpenAuditExists(Refused):
    """The service has an open audit already; `reference` says which."""

    def __init__(self, service: Service, reference: str) -> None:
        super().__init__(
            f"{service.name} already has an open audit, {reference}. Finish or abandon that one first."
        )
        self.reference = reference


@dataclass(frozen=True)
class _Plan:
    """What an officer decides before a visit."""

    service_type: ServiceType
    audit_type: AuditType
    chosen_because: ChosenBecause
    chosen_note: str
    announced: bool
    planned_from: date
    planned_to: date
    lead: Person
    visiting: tuple[Person, ...]

    def columns(self) -> dict[str, Any]:
        """The plan as the audit's own columns."""
        return {
            "service_type": self.service_type,
            "audit_type": self.audit_type,
            "chosen_because": self.chosen_because,
            "chosen_note": self.chosen_note,
            "announced": self.announced,
            "planned_from": self.planned_from,
            "planned_to": self.planned_to,
            "lead_id": self.lead.id,
        }


def check_can_plan(service: Service, by: Person) -> FrameworkVersion:
    """The framework a new audit is made with. Raises NotAllowed or Refused when this service cannot be audited."""
    if not by.may(Permission.RECORD_AUDITS):
        raise NotAllowed("Only quality officers and managers can plan an audit.")
    if not service.is_social_care:
        raise Refused(
            f"{service.name} is not registered as adult social care, and only such services are audited."
        )
    framework = newest_published()
    if framework is None:
        raise Refused("No framework has been published yet, so there is nothing to audit against.")
    return framework


def plan_audit(
    *,
    service: Service,
    service_type: ServiceType,
    audit_type: AuditType,
    chosen_because: ChosenBecause,
    chosen_note: str,
    announced: bool,
    planned_from: date,
    planned_to: date,
    lead: Person,
    visiting: Sequence[Person],
    by: Person,
) -> Audit:
    """Plan an audit of a service by the framework published last, and number it.

    The same plan sent twice gives the same audit. Raises Invalid for a field, NotAllowed, Refused, or
    OpenAuditExists when another audit of the service is open.
    """
    why = chosen_because, chosen_note.strip()
    plan = _Plan(service_type, audit_type, *why, announced, planned_from, planned_to, lead, tuple(visiting))
    framework = check_can_plan(service, by)
    _check_plan(plan, by.local_authority_id, newcomers=(lead, *visiting))
    _check_reason(plan, may_be_unrecorded=False)
    council = db.session.get_one(LocalAuthority, by.local_authority_id)
    counter = lock_counter(council, "audit")
    # Only now, behind the lock, can no second audit of the service slip in.
    found = open_audit_of(service.id, by)
    if found is not None:
        if plan.columns() == {name: getattr(found, name) for name in plan.columns()}:
            return found
        raise OpenAuditExists(service, found.reference)
    return _make(plan, service, framework, next_reference(council, counter), by)


def change_plan(
    audit: Audit,
    *,
    version: int,
    service_type: ServiceType,
    audit_type: AuditType,
    chosen_because: ChosenBecause,
    chosen_note: str,
    announced: bool,
    planned_from: date,
    planned_to: date,
    lead: Person,
    visiting: Sequence[Person],
    by: Person,
) -> Audit:
    """Change the plan of an audit that is with the officers; `version` is the one the page was made from.

    An audit that was given a reason for being chosen keeps one. Somebody taken off the plan before the visit no longer
    takes part; later, whoever took part stays. Raises Moved, NotAllowed, Refused, or Invalid for a field.
    """
    why = chosen_because, chosen_note.strip()
    plan = _Plan(service_type, audit_type, *why, announced, planned_from, planned_to, lead, tuple(visiting))
    audit = lock_audit(audit.id)
    check_version(audit, version)
    check_can_change_plan(audit, by)
    already = {one.person_id for one in audit.participants}
    newcomers = [person for person in (lead, *visiting) if person.id not in already]
    _check_plan(plan, audit.local_authority_id, newcomers)
    _check_reason(plan, may_be_unrecorded=audit.chosen_because is ChosenBecause.NOT_RECORDED)
    before, reason_before = _shown(audit), reason_words(audit)
    for name, value in plan.columns().items():
        setattr(audit, name, value)
    audit.lead = lead
    if audit.state is State.PLANNED:
        audit.due_on = planned_to
        _leave_out(audit, stay={lead.id, by.id, *(person.id for person in visiting)})
    _take_part(audit, (lead, *visiting, by))
    if _shown(audit) != before:
        # Who takes part is stored beside the audit's row; the version has to tell of it all the same.
        flag_modified(audit, "planned_to")
        _record(Kind.AUDIT_PLAN_CHANGED, audit, by, {"before": before, "after": _shown(audit)})
    if reason_words(audit) != reason_before:
        _record(Kind.AUDIT_CHOSEN, audit, by, {"reason": reason_words(audit)})
    return audit


def _make(plan: _Plan, service: Service, framework: FrameworkVersion, reference: str, by: Person) -> Audit:
    audit = Audit(
        reference=reference,
        local_authority_id=by.local_authority_id,
        service=service,
        framework_version=framework,
        state=State.PLANNED,
        due_on=plan.planned_to,
        planned_at=now(),
        lead=plan.lead,
        **plan.columns(),
    )
    db.session.add(audit)
    _take_part(audit, (plan.lead, *plan.visiting, by))
    db.session.flush()
    _record(Kind.AUDIT_PLANNED, audit, by, {"reference": reference, "service": service.name, **_shown(audit)})
    _record(Kind.AUDIT_CHOSEN, audit, by, {"reason": reason_words(audit)})
    tell_lead_of_plan(audit, by)
    return audit


def _check_plan(plan: _Plan, council_id: int, newcomers: Sequence[Person]) -> None:
    if abs(plan.planned_from - today()) > FURTHEST:
        raise Invalid("planned_from", "The first day must be within a year of today")
    if plan.planned_to < plan.planned_from:
        raise Invalid("planned_to", "The last day must be the same as or after the first day")
    if plan.planned_to - plan.planned_from > FURTHEST:
        raise Invalid("planned_to", "The last day must be within a year of the first day")
    for person in newcomers:
        if (
            person.local_authority_id != council_id
            or not person.is_active
            or not person.may(Permission.RECORD_AUDITS)
        ):
            field = "lead" if person is plan.lead else "visiting"
            raise Invalid(
                field, f"{person.name} cannot take part: choose an officer or manager of your council"
            )


def _check_reason(plan: _Plan, *, may_be_unrecorded: bool) -> None:
    """A new audit has a reason; one planned before reasons were asked for may go on without."""
    reason = plan.chosen_because
    if reason is ChosenBecause.NOT_RECORDED and not may_be_unrecorded:
        raise Invalid("chosen_because", "Choose why this service was chosen")
    if reason is ChosenBecause.NOT_RECORDED and plan.chosen_note:
        raise Invalid("chosen_because", "Choose why this service was chosen, or empty the sentence about it")
    if reason is ChosenBecause.OTHER and not plan.chosen_note:
        raise Invalid("chosen_note", "Say in a sentence why this service was chosen")


def _take_part(audit: Audit, people: Sequence[Person]) -> None:
    for person in people:
        add_participant(audit, person)
    db.session.flush()


def _leave_out(audit: Audit, stay: set[int]) -> None:
    for one in [one for one in audit.participants if one.person_id not in stay]:
        db.session.delete(one)
    db.session.flush()
    db.session.expire(audit, ["participants"])


def _shown(audit: Audit) -> dict[str, Any]:
    return {
        "service_type": audit.service_type,
        "audit_type": audit.audit_type,
        "chosen_because": audit.chosen_because,
        "chosen_note": audit.chosen_note,
        "announced": audit.announced,
        "planned_from": audit.planned_from,
        "planned_to": audit.planned_to,
        "lead": audit.lead.name,
        "taking_part": sorted(one.person.name for one in audit.participants),
    }


def _record(kind: Kind, audit: Audit, by: Person, details: dict[str, Any]) -> None:
    record(kind, council=audit.local_authority_id, about=("audit", audit.id), by=by, details=details)
