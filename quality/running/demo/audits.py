"""Invented audits in every state of the lifecycle, each walked there by the operations that people use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import Audit, AuditType, ChosenBecause, RecordKind, SpokenTo
from quality.audits.operations import move, plan_audit, record_visit
from quality.core.clock import now, supposing, today
from quality.core.database import db
from quality.findings.merging import TypedAnswer
from quality.findings.models import FindingKind, Method
from quality.findings.operations import add_finding, save_answers, send_for_review
from quality.findings.queries import asked
from quality.findings.writing import FindingText
from quality.frameworks.definition import ServiceType
from quality.messages.operations import mark_read
from quality.messages.queries import unread
from quality.people.models import Person
from quality.photographs.operations import PhotographText, add_photographs, describe_photograph
from quality.printing.pdf import prepare_photograph
from quality.reports.operations import finish_report, number_report, pictures_of
from quality.reports.render import report_pdf
from quality.reports.snapshot import Snapshot
from quality.running.demo import texts
from quality.running.demo.drawings import drawn
from quality.running.demo.people import person
from quality.scoring import AnswerValue
from quality.services.models import Service

Special = Mapping[str, tuple[AnswerValue, str]]

_BY_PROGRAMME = AuditType.ROUTINE, ChosenBecause.PROGRAMME, ""
# Why the others were chosen.
_CHOSEN = {
    "Larkfield House": (
        AuditType.RESPONSIVE,
        ChosenBecause.CONCERN,
        "Two safeguarding alerts about falls at night within a month.",
    ),
    "Fenway Grange": (AuditType.ROUTINE, ChosenBecause.CQC, ""),
    "Tideway Homecare Northmere": (
        AuditType.RESPONSIVE,
        ChosenBecause.CONCERN,
        "Families told the council of late and missed calls.",
    ),
    "Tideway Supported Living": (AuditType.ROUTINE, ChosenBecause.SAMPLE, ""),
    "Open Door Care": (AuditType.ROUTINE, ChosenBecause.CHANGE, "It has not been audited before."),
}

_CALLS_LATE: Special = {
    "4.2.2": (
        AnswerValue.MOSTLY,
        "The call log of one week: eleven of forty visits began more than half an hour late.",
    ),
    "4.2.3": (AnswerValue.PARTLY, "Rotas leave five minutes between visits that lie three miles apart."),
}


def make_audits() -> None:
    """One audit or more in every state, with a past that lies in the past."""
    good = texts.LARKFIELD_FINDINGS[-2:]
    _published("Larkfield at Home", ServiceType.HOMECARE, days_ago=120, special={}, findings=())
    _published("Larkfield House", ServiceType.CARE_HOME, days_ago=40, photographs=texts.LARKFIELD_PHOTOGRAPHS)
    _abandoned("Kingfisher Lodge", ServiceType.CARE_HOME, lead="daniel", days_ago=30)
    _in_review("Fenway Grange", ServiceType.CARE_HOME_NURSING, "daniel", (21, 12), special=texts.FENWAY)
    _in_review(
        "Bramble Cottage", ServiceType.CARE_HOME, "amara", (12, 4), special=texts.BRAMBLE, findings=good[:1]
    )
    _in_review(
        "Tideway Supported Living",
        ServiceType.SUPPORTED_LIVING,
        "ruth",
        (9, 1),
        special=texts.SUPPORTED,
        findings=(),
    )
    _returned("Tideway Homecare Northmere", ServiceType.HOMECARE, lead="amara", days_ago=16)
    begun = _visiting("Willow Court", ServiceType.CARE_HOME, lead="amara", days_ago=1, standards=6)
    with supposing(_ago(1)):
        _photograph(begun, person("amara"), texts.WILLOW_PHOTOGRAPHS)
    _planned("St Botolph's House", ServiceType.CARE_HOME_NURSING, lead="amara", days_ahead=9)
    _planned("Open Door Care", ServiceType.HOMECARE, lead="daniel", days_ahead=20)
    _read_old_notices("amara")


def _read_old_notices(key: str) -> None:
    """Somebody who works here has read what is older than a fortnight."""
    by = person(key)
    for notice in unread(by.id):
        if notice.sent_at < _ago(14):
            with supposing(notice.sent_at + timedelta(hours=3)):
                mark_read(notice, by)


def _ago(days: float) -> datetime:
    return now() - timedelta(days=days)


def _plan(name: str, service_type: ServiceType, lead: str, days_from_now: int) -> Audit:
    service = db.session.scalars(select(Service).where(Service.name == name)).one()
    by = person(lead)
    audit_type, because, note = _CHOSEN.get(name, _BY_PROGRAMME)
    return plan_audit(
        service=service,
        service_type=service_type,
        audit_type=audit_type,
        chosen_because=because,
        chosen_note=note,
        announced=True,
        planned_from=today() + timedelta(days=days_from_now),
        planned_to=today() + timedelta(days=days_from_now + 1),
        lead=by,
        visiting=[by],
        by=by,
    )


def _planned(name: str, service_type: ServiceType, *, lead: str, days_ahead: int) -> None:
    with supposing(_ago(3)):
        _plan(name, service_type, lead, days_ahead + 3)


def _visiting(
    name: str,
    service_type: ServiceType,
    *,
    lead: str,
    days_ago: int,
    standards: int = 99,
    special: Special | None = None,
) -> Audit:
    """Planned a fortnight before the visit, visited, and answered as far as so many standards."""
    with supposing(_ago(days_ago + 14)):
        audit = _plan(name, service_type, lead, 14)
    by = person(lead)
    with supposing(_ago(days_ago)):
        move(audit.id, MoveName.START_VISIT, by=by, version=audit.version)
        _visit(audit, by)
        _answer(audit, by, standards, special or {})
    return audit


def _visit(audit: Audit, by: Person) -> None:
    spoken_to = {SpokenTo.PEOPLE: 6, SpokenTo.RELATIVES: 2, SpokenTo.MANAGER: 1, SpokenTo.CARE_STAFF: 4}
    read = {
        RecordKind.CARE_PLANS: (5, 31),
        RecordKind.MEDICINE_RECORDS: (8, 31),
        RecordKind.STAFF_FILES: (3, None),
    }
    record_visit(
        audit_id=audit.id,
        form_key=f"demo-visit-{audit.id}",
        visited_on=today(),
        visitors=[by],
        conversations=spoken_to,
        samples=read,
        notes="Arrived at 9:30, fed back to the manager before leaving.",
        by=by,
    )


def _answer(audit: Audit, by: Person, standards: int, special: Special) -> None:
    place = 0
    for standard, questions in asked(audit)[1][:standards]:
        typed = {}
        for question in questions:
            methods, words = texts.evidence_of_good(place)
            value = AnswerValue.MET
            if question.code in special:
                value, words = special[question.code]
                methods = (Method.OBSERVATION, Method.PROCESSES)
            typed[question.id] = TypedAnswer(value, words, methods)
            place += 1
        save_answers(audit_id=audit.id, standard_code=standard.code, typed=typed, by=by)


def _send(audit: Audit, by: Person) -> None:
    move(audit.id, MoveName.START_WRITE_UP, by=by, version=audit.version)
    send_for_review(audit.id, by=by, version=audit.version)


def _in_review(
    name: str,
    service_type: ServiceType,
    lead: str,
    days: tuple[int, int],
    *,
    special: Special,
    findings: tuple[texts.FindingRow, ...] = texts.FENWAY_FINDINGS,
) -> Audit:
    """Visited and sent so many days ago."""
    visited, sent = days
    audit = _visiting(name, service_type, lead=lead, days_ago=visited, special=special)
    with supposing(_ago(sent)):
        _write_findings(audit, person(lead), findings)
        _send(audit, person(lead))
    return audit


def _returned(name: str, service_type: ServiceType, *, lead: str, days_ago: int) -> None:
    audit = _in_review(name, service_type, lead, (days_ago, 7), special=_CALLS_LATE, findings=())
    with supposing(_ago(2)):
        move(audit.id, MoveName.RETURN, by=person("ruth"), version=audit.version, reason=texts.RETURNED)


def _abandoned(name: str, service_type: ServiceType, *, lead: str, days_ago: int) -> None:
    with supposing(_ago(days_ago)):
        audit = _plan(name, service_type, lead, 20)
    with supposing(_ago(days_ago - 5)):
        move(audit.id, MoveName.ABANDON, by=person(lead), version=audit.version, reason=texts.ABANDONED)


def _published(
    name: str,
    service_type: ServiceType,
    *,
    days_ago: int,
    special: Special = texts.LARKFIELD,
    findings: tuple[texts.FindingRow, ...] = texts.LARKFIELD_FINDINGS,
    photographs: tuple[texts.PhotographRow, ...] = (),
) -> None:
    audit = _visiting(name, service_type, lead="amara", days_ago=days_ago, special=special)
    by = person("amara")
    with supposing(_ago(days_ago - 6)):
        _write_findings(audit, by, findings)
        _photograph(audit, by, photographs)
        _send(audit, by)
    with supposing(_ago(days_ago - 9)):
        move(audit.id, MoveName.APPROVE, by=person("ruth"), version=audit.version)
        assert audit.state is State.PUBLISHED  # noqa: S101 -- Only then is there a report to issue.
        report = number_report(audit.id)
        said = Snapshot.from_json(report.snapshot)
        finish_report(report.id, report_pdf(said, pictures_of(said)))


def _photograph(audit: Audit, by: Person, rows: tuple[texts.PhotographRow, ...]) -> None:
    files = [prepare_photograph(drawn(shapes)) for shapes, *_ in rows]
    added = add_photographs(audit_id=audit.id, files=files, by=by).new
    for photograph, (_, caption, shows, standard) in zip(added, rows, strict=True):
        text = PhotographText(caption, shows, standard, audit.visits[0].visited_on)
        describe_photograph(
            audit_id=audit.id, number=photograph.number, version=photograph.version, text=text, by=by
        )


def _write_findings(audit: Audit, by: Person, findings: tuple[texts.FindingRow, ...]) -> None:
    asked_codes = {question.code for _, questions in asked(audit)[1] for question in questions}
    for place, (kind, standard, question, title, found, must_happen, days) in enumerate(findings):
        text = FindingText(
            kind=FindingKind(kind),
            standard_code=standard,
            question_code=question if question in asked_codes else "",
            title=title,
            found=found,
            must_happen=must_happen,
            by_when=today() + days + timedelta(days=14) if days else None,
        )
        add_finding(audit_id=audit.id, form_key=f"demo-finding-{audit.id}-{place}", text=text, by=by)
