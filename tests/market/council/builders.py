"""Issued audits on days of the past, and plain ones that no database holds. All invented."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import Audit, AuditType, ChosenBecause
from quality.core.clock import supposing
from quality.findings.operations import send_for_review
from quality.frameworks.definition import ServiceType
from quality.market.council.issued import IssuedAudit, Level
from quality.reports.operations import finish_report, number_report
from quality.scoring import AnswerValue
from quality.services.models import LocalAuthority, Service
from tests.builders.audits import a_manager, a_visit, an_audit, an_officer, go
from tests.builders.editions import noon
from tests.builders.findings import a_finding, answered
from tests.databases import Database

PAGES = ("improvement", "beside-cqc", "how-long", "pack", "committee")
LEVELS = ("Strong", "Sound", "Needs work", "Serious concern")
_numbers = count(1)


def an_issued_audit(
    session: Database,
    council: LocalAuthority,
    service: Service,
    on: date,
    *,
    everything: AnswerValue = AnswerValue.MET,
    findings: tuple[dict[str, Any], ...] = (),
    visited: date | None = None,
    answers: dict[str, AnswerValue] | None = None,
    **plan: Any,
) -> Audit:
    """An audit visited, sent and issued on a day (or visited on an earlier one), with these answers and findings."""
    lead = an_officer(session, council)
    visited = visited or on
    with supposing(noon(visited)):
        audit = an_audit(session, at=State.WRITING_UP, council=council, service=service, lead=lead, **plan)
        a_visit(audit)
        answered(session, audit, everything, **(answers or {}))
        for finding in findings:
            a_finding(audit, **finding)
        send_for_review(audit.id, by=lead, version=audit.version)
    with supposing(noon(on)):
        go(audit, MoveName.APPROVE, a_manager(session, council))
        finish_report(number_report(audit.id).id, b"%PDF-1.7 issued")
    session.flush()
    return audit


def a_plain_audit(on: date, level: str | None, service_id: int = 1, **changes: Any) -> IssuedAudit:
    """An audit judged so and issued on a day, as plain data; without a level it was not judged."""
    rank = LEVELS.index(level) if level else None
    number = next(_numbers)
    facts: dict[str, Any] = {
        "id": number,
        "reference": f"NMR-2026-{number:04}",
        "report": f"R-NMR-2026-{number:04}",
        "service_id": service_id,
        "service": f"Invented House {service_id}",
        "cqc_id": f"1-90{service_id:07}",
        "provider_id": 1,
        "provider": "Invented Care Limited",
        "brand_id": None,
        "brand": None,
        "service_type": ServiceType.CARE_HOME,
        "audit_type": AuditType.ROUTINE,
        "chosen_because": ChosenBecause.PROGRAMME,
        "chosen_note": "",
        "announced": False,
        "framework_version_id": 1,
        "visited_on": on - timedelta(days=9),
        "issued_on": on,
        "levels": LEVELS,
        "overall": Level(level or "Not judged", rank, None if rank is None else rank <= 1),
        "standards": {},
        **changes,
    }
    return IssuedAudit(**facts)
