"""Notices about an audit: whoever has the next step is told, and the lead of what was decided."""

from __future__ import annotations

from quality.audits.lifecycle import Move, MoveName
from quality.audits.models import Audit
from quality.audits.policies import took_part
from quality.core.pages import day
from quality.messages.operations import notify, withdraw
from quality.people.models import Person
from quality.people.permissions import Permission
from quality.people.queries import staff_who_may


def tell_lead_of_plan(audit: Audit, by: Person) -> None:
    """Tell the lead about an audit that somebody else planned for them."""
    text = (
        f"{by.name} planned an audit of {audit.service.name} that you lead, from {day(audit.planned_from)}."
    )
    _tell([audit.lead], audit, by, key="planned", subject=f"You lead audit {audit.reference}", text=text)


def tell_of_move(audit: Audit, move: Move, by: Person) -> None:
    """Tell those whom a move concerns: reviewers of an audit sent, the lead of what else was decided."""
    service, reference = audit.service.name, audit.reference
    managers = staff_who_may(Permission.REVIEW_AUDITS, audit.local_authority_id)
    # What these people were told before is no longer how things stand.
    told = {*(one.person_id for one in audit.participants), *(manager.id for manager in managers)}
    withdraw(told, key_begins=f"audit-{audit.id}-")
    if move.name is MoveName.SEND_FOR_REVIEW:
        free = [person for person in managers if not took_part(audit, person)]
        text = f"{by.name} sent the audit of {service} for review. It is due by {day(audit.due_on)}."
        _tell(free, audit, by, key=move.name, subject=f"Audit {reference} is waiting for review", text=text)
    elif move.name is MoveName.RETURN:
        text = f"{by.name} returned the audit of {service}: “{audit.reason}”"
        _tell([audit.lead], audit, by, key=move.name, subject=f"Audit {reference} was returned", text=text)
    elif move.name is MoveName.APPROVE:
        text = f"{by.name} approved the audit of {service}. Its report is being drawn up."
        _tell([audit.lead], audit, by, key=move.name, subject=f"Audit {reference} was approved", text=text)
    elif move.name is MoveName.CORRECT:
        text = f"{by.name} began to correct the report of {service}: “{audit.reason}”"
        _tell(
            [audit.lead],
            audit,
            by,
            key=move.name,
            subject=f"The report of {reference} is corrected",
            text=text,
        )
    elif move.name is MoveName.ABANDON:
        text = f"{by.name} abandoned the audit of {service}: “{audit.reason}”"
        _tell([audit.lead], audit, by, key=move.name, subject=f"Audit {reference} was abandoned", text=text)


def _tell(people: list[Person], audit: Audit, by: Person, *, key: str, subject: str, text: str) -> None:
    # The version makes each sending of the same audit a notice of its own, and each sending one notice only.
    notify(
        [person.id for person in people if person.id != by.id],
        key=f"audit-{audit.id}-{audit.version}-{key}",
        subject=subject,
        text=text,
        path=f"/audits/{audit.reference}",
    )
