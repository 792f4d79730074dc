"""From an audit's rows to the plain facts that its letters say. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.audits.queries import visits_of
from quality.core.clock import today
from quality.core.pages import settings
from quality.findings.queries import asked
from quality.frameworks.definition import ServiceType
from quality.letters.kinds import Standing
from quality.letters.letter import Council, Signatory
from quality.people.models import Person
from quality.reports.models import Report
from quality.reports.queries import report_of
from quality.reports.snapshot import Snapshot

__all__ = ["Case", "Outcome", "case_of", "notices_of", "outcome_of", "standing_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """What letters say of an audit. `others` take part for the council beside the lead; `looks_at` are the domains."""

    reference: str
    state: State
    council: Council
    service_name: str
    address: tuple[str, ...]
    provider_name: str
    service_type: ServiceType
    kind_words: str
    planned_from: date
    planned_to: date
    visited_on: tuple[date, ...]
    lead: Signatory
    others: tuple[Signatory, ...]
    looks_at: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """The issued report that letters tell of."""

    report: Snapshot
    dated: int


def case_of(audit: Audit) -> Case:
    """The facts of an audit as they stand."""
    service = audit.service
    others = [one.person for one in audit.participants if one.person_id != audit.lead_id]
    return Case(
        reference=audit.reference,
        state=audit.state,
        council=Council(
            name=settings().council_name or audit.local_authority.name,
            colour=settings().council_colour,
            contact=settings().council_contact,
        ),
        service_name=service.name,
        address=tuple(
            part for part in (service.address_1, service.address_2, service.town, service.postcode) if part
        ),
        provider_name=service.provider.name,
        service_type=audit.service_type,
        kind_words=audit.audit_type.words,
        planned_from=audit.planned_from,
        planned_to=audit.planned_to,
        visited_on=tuple(visit.visited_on for visit in visits_of(audit)),
        lead=_signatory(audit.lead),
        others=tuple(_signatory(person) for person in others),
        looks_at=tuple(dict.fromkeys(standard.domain_title for standard, _ in asked(audit)[1])),
    )


def outcome_of(audit: Audit) -> Outcome | None:
    """The newest version of an audit's report, if it is issued."""
    newest: Report | None = report_of(audit)
    if newest is None or newest.issued_at is None:
        return None
    said = Snapshot.from_json(newest.snapshot)
    return Outcome(report=said, dated=sum(1 for finding in said.findings if finding.by_when))


def standing_of(audit: Audit, outcome: Outcome | None) -> Standing:
    """What decides which letters are right."""
    return Standing(
        state=audit.state,
        announced=audit.announced,
        has_begun=audit.planned_from < today(),
        is_over=audit.planned_to < today(),
        is_issued=outcome is not None,
        dated=outcome.dated if outcome else 0,
    )


def notices_of(audit: Audit, outcome: Outcome | None) -> tuple[str, ...]:
    """What the writer of a letter should know about its addressee and its signature, a sentence each."""
    service, now_runs = audit.service, audit.service.provider.name
    told = outcome.report.service.provider_name if outcome else now_runs
    return tuple(
        sentence
        for sentence, holds in (
            (
                f"{service.name} is no longer registered, as far as CQC has told us.",
                not service.is_registered,
            ),
            (
                f"{audit.lead.name}, who signs, can no longer sign in to this service.",
                not audit.lead.is_active,
            ),
            (
                f"The report was issued to {told}, and letters about it go there. {now_runs} runs the service now.",
                told != now_runs,
            ),
        )
        if holds
    )


def _signatory(person: Person) -> Signatory:
    roles = " and ".join(role.title for role in sorted(person.roles))
    return Signatory(name=person.name, job_title=person.job_title or roles, email=person.email)
