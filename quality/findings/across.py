"""What a council found across the services of one provider."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.core.database import db
from quality.findings.models import Finding, FindingKind
from quality.frameworks.models import Standard
from quality.people.models import Person
from quality.people.permissions import Permission
from quality.services.models import Service


@dataclass(frozen=True)
class StandardFindings:
    """A standard, how many findings ask for improvement in it, and in how many services."""

    code: str
    title: str
    must_improve: int
    should_improve: int
    services: int


def findings_by_standard(provider_id: int, person: Person) -> list[StandardFindings]:
    """The findings of the council's published audits of a provider's services that ask for improvement, by standard.

    Standards with findings only, those with most services first. None for people who may not see audits. One query.
    """
    if not person.may(Permission.READ_AUDITS):
        return []
    must, should = (
        func.sum(case((Finding.kind == kind, 1), else_=0))
        for kind in (FindingKind.MUST_IMPROVE, FindingKind.SHOULD_IMPROVE)
    )
    services = func.count(func.distinct(Audit.service_id))
    counts = (
        select(Standard.code, Standard.title, must, should, services)
        .join(Finding, Finding.standard_id == Standard.id)
        .join(Audit, Audit.id == Finding.audit_id)
        .join(Service, Service.id == Audit.service_id)
        .where(
            Service.provider_id == provider_id,
            Audit.local_authority_id == person.local_authority_id,
            Audit.state == State.PUBLISHED,
            Finding.kind != FindingKind.GOOD_PRACTICE,
        )
        .group_by(Standard.code, Standard.title)
        .order_by(services.desc(), must.desc(), Standard.code)
    )
    return [StandardFindings(*row) for row in db.session.execute(counts)]
