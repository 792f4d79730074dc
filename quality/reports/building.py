"""From an approved audit to the snapshot of its report: the only place where rows become a report's plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from quality.audits.models import Audit, RecordKind, SpokenTo, Visit
from quality.audits.queries import visits_of
from quality.core.clock import local
from quality.core.pages import settings
from quality.findings.judging import judgement_of
from quality.findings.models import Finding
from quality.findings.models import FindingKind as RecordedKind
from quality.findings.queries import Recorded, recorded
from quality.frameworks.models import Question
from quality.frameworks.queries import rules_of
from quality.people.models import Person
from quality.photographs.models import Photograph
from quality.reports import snapshot as says
from quality.reports.rating_part import ratings_of
from quality.reports.wording import complaints, glossary, limits_of, next_steps
from quality.scoring import (
    NOT_JUDGED,
    DomainJudgement,
    Judged,
    Rules,
    StandardJudgement,
    band_range,
    rules_in_words,
)

NOT_DESCRIBED = "Not described yet"
"""What a draft says of a photograph before its words are written; an audit is not sent for review like that."""

_KINDS = {
    RecordedKind.MUST_IMPROVE: says.FindingKind.MUST_IMPROVE,
    RecordedKind.SHOULD_IMPROVE: says.FindingKind.IMPROVEMENT_NEEDED,
    RecordedKind.GOOD_PRACTICE: says.FindingKind.GOOD_PRACTICE,
}


def snapshot_of(audit: Audit, *, number: str, replaces: int, issued_at: datetime) -> says.Snapshot:
    """Everything the report of an audit says, or, of one that is not approved yet, its draft. Reads only.

    `replaces` is the version that this one replaces; 0 for the first.
    """
    found = recorded(audit)
    visits = visits_of(audit)
    judged, rules = judgement_of(audit, found), rules_of(found.framework)
    case = _case(audit, visits)
    cqc = ratings_of(audit)
    domains = tuple(_domain(domain, found, rules) for domain in judged.domains)
    findings = tuple(_finding(finding, found) for finding in _in_order(found.findings))
    photographs = tuple(_photograph(one) for one in found.photographs)
    return says.Snapshot(
        schema_version=says.SCHEMA_VERSION,
        number=number,
        issue=replaces + 1,
        issued_at=local(issued_at),
        council=says.Council(
            name=settings().council_name or audit.local_authority.name,
            colour=settings().council_colour,
            check_at=_where_to_check(settings().service_address),
        ),
        service=_service(audit),
        audit=case,
        cqc=cqc,
        judgement=_judgement(judged, rules),
        domains=domains,
        findings=findings,
        photographs=photographs,
        responses=(),
        plan=(),
        method=_method(found, rules),
        approved_by=_person(audit.approved_by) if audit.approved_by else None,
        approved_at=local(audit.approved_at) if audit.approved_at else None,
        corrects=_correction(audit, replaces),
        next_steps=next_steps(findings),
        limits=limits_of(visits, judged),
        complaints=complaints(settings().council_contact),
        glossary=glossary(),
        manifest=says.count(audit=case, cqc=cqc, domains=domains, findings=findings, photographs=photographs),
    )


def _where_to_check(service_address: str) -> str:
    return f"{service_address}/reports/verify" if service_address else ""


def _correction(audit: Audit, replaces: int) -> says.Correction | None:
    if not replaces or audit.correcting_by is None:
        return None
    return says.Correction(
        replaces=replaces, what_changed=audit.correcting, decided_by=_person(audit.correcting_by)
    )


def _service(audit: Audit) -> says.Service:
    service = audit.service
    return says.Service(
        name=service.name,
        address=service.address,
        cqc_id=service.cqc_id,
        cqc_url=f"https://www.cqc.org.uk/location/{service.cqc_id}",
        type_words=audit.service_type.words,
        provider_name=service.provider.name,
        local_authority=service.local_authority.name,
    )


def _case(audit: Audit, visits: list[Visit]) -> says.Audit:
    visitors = {visitor.person.id: visitor.person for visit in visits for visitor in visit.visitors}
    return says.Audit(
        reference=audit.reference,
        kind=audit.audit_type.words,
        announced=audit.announced,
        visited_on=tuple(visit.visited_on for visit in visits),
        visitors=tuple(_person(person) for person in visitors.values()),
        spoken_to=tuple(_spoken_to(visits)),
        sampled=tuple(_sampled(visits)),
    )


def _spoken_to(visits: list[Visit]) -> list[says.SpokenTo]:
    numbers: dict[SpokenTo, int] = {}
    for visit in visits:
        for group in visit.conversations:
            numbers[group.role] = numbers.get(group.role, 0) + group.number
    return [says.SpokenTo(role=role.words, number=numbers[role]) for role in SpokenTo if role in numbers]


def _sampled(visits: list[Visit]) -> list[says.Sampled]:
    """Records read, added up over the visits; how many there were is the most that any visit gave."""
    seen: dict[RecordKind, tuple[int, int | None]] = {}
    for sample in (sample for visit in visits for sample in visit.samples):
        before, of = seen.get(sample.kind, (0, None))
        all_of = max((one for one in (of, sample.out_of) if one is not None), default=None)
        seen[sample.kind] = (before + sample.seen, all_of)
    return [
        says.Sampled(kind=kind.words, seen=seen[kind][0], of=seen[kind][1])
        for kind in RecordKind
        if kind in seen
    ]


def _domain(domain: DomainJudgement, found: Recorded, rules: Rules) -> says.Domain:
    standards = tuple(_standard(standard, found, rules) for standard in domain.standards)
    return says.Domain(title=domain.title, judgement=_judgement(domain, rules), standards=standards)


def _standard(standard: StandardJudgement, found: Recorded, rules: Rules) -> says.Standard:
    by_code = {question.code: question for question in found.questions}
    answers = tuple(_answer(by_code[one.code], one.text, found) for one in standard.questions)
    return says.Standard(
        code=standard.code, title=standard.title, judgement=_judgement(standard, rules), answers=answers
    )


def _answer(question: Question, text: str, found: Recorded) -> says.Answer:
    answer = found.answers.get(question.id)
    return says.Answer(
        question_code=question.code,
        question=text,
        answer=answer.value.words if answer and answer.value else "Not answered",
        evidence=answer.evidence if answer else "",
        methods=tuple(answer.method_words) if answer else (),
        weight=question.weight,
        critical=question.critical,
        reason=(answer.why_not_applicable or None) if answer else None,
    )


def _judgement(judged: Judged, rules: Rules) -> says.Judgement:
    return says.Judgement(
        level=_level(judged, rules),
        score=None if judged.share is None else judged.score_words,
        coverage=judged.coverage.words,
        reasons=tuple(reason.sentence for reason in judged.trace),
    )


def _level(judged: Judged, rules: Rules) -> says.Level:
    if judged.level is None:
        return says.Level(place=None, words=NOT_JUDGED)
    return says.Level(place=len(rules.bands) - 1 - rules.rank(judged.level.code), words=judged.level.words)


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    """The most important first: by kind, then about a critical question, then by the nearest date."""
    kinds = list(RecordedKind)
    return sorted(
        findings,
        key=lambda one: (
            kinds.index(one.kind),
            not (one.question and one.question.critical),
            one.by_when or date.max,
        ),
    )


def _finding(finding: Finding, found: Recorded) -> says.Finding:
    return says.Finding(
        kind=_KINDS[finding.kind],
        title=finding.title,
        standard_code=finding.standard.code,
        standard_title=finding.standard.title,
        question_code=finding.question.code if finding.question else None,
        question=finding.question.text if finding.question else None,
        found=finding.found,
        evidence=tuple(_evidence(finding, found)),
        required=finding.must_happen or None,
        by_when=finding.by_when,
    )


def _evidence(finding: Finding, found: Recorded) -> Iterator[says.Evidence]:
    """What was noted to the question that the finding is about, with how it was come by."""
    answer = found.answers.get(finding.question.id) if finding.question else None
    if finding.question and answer and answer.evidence:
        yield says.Evidence(
            methods=tuple(answer.method_words), noted=answer.evidence, question_code=finding.question.code
        )


def _photograph(photograph: Photograph) -> says.Photograph:
    return says.Photograph(
        sha256=photograph.printed_sha256,
        width=photograph.width,
        height=photograph.height,
        caption=photograph.caption or NOT_DESCRIBED,
        shows=photograph.shows or NOT_DESCRIBED,
        standard_code=photograph.standard.code if photograph.standard else None,
        taken_on=photograph.taken_on,
    )


def _method(found: Recorded, rules: Rules) -> says.Method:
    framework = found.framework
    lowest_first = tuple(reversed(rules.bands))
    # The sentences about single bands stand in the table of bands already.
    meanings = {f"{band.words}: {band_range(band, rules)}. {band.meaning}" for band in rules.bands}
    return says.Method(
        framework_title=framework.title,
        framework_version=str(framework.version),
        framework_sha256=framework.sha256,
        scale=tuple(says.Step(words=step.value.words, meaning=step.meaning) for step in rules.scale.steps),
        bands=tuple(
            says.Step(words=band.words, meaning=f"{band_range(band, rules).capitalize()}. {band.meaning}")
            for band in lowest_first
        ),
        caps=tuple(sentence for sentence in rules_in_words(rules) if sentence not in meanings),
    )


def _person(person: Person) -> says.Person:
    roles = " and ".join(role.title for role in sorted(person.roles))
    return says.Person(name=person.name, role=person.job_title or roles)
