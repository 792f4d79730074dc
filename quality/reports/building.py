"""From an approved audit to the snapshot of its report: the only place where rows become a report's plain data."""

from __future__ import annotations

from datetime import datetime

from quality.audits.models import Audit, RecordKind, SpokenTo, Visit
from quality.audits.queries import pinned_ratings, rated_since, visits_of
from quality.core.clock import local
from quality.core.pages import settings
from quality.cqc import RatingWord
from quality.findings.judging import judgement_of
from quality.findings.models import Answer, Finding
from quality.findings.models import FindingKind as RecordedKind
from quality.findings.queries import Recorded, recorded
from quality.frameworks.queries import rules_of
from quality.people.models import Person
from quality.ratings.models import Rating
from quality.reports import pinned
from quality.reports import snapshot as says
from quality.reports.wording import limits_of, next_steps
from quality.scoring import (
    NOT_JUDGED,
    DomainJudgement,
    Judged,
    Rules,
    StandardJudgement,
    band_range,
    rules_in_words,
)
from quality.services.models import EditionKind

_KINDS = {
    RecordedKind.MUST_IMPROVE: says.FindingKind.MUST_IMPROVE,
    RecordedKind.SHOULD_IMPROVE: says.FindingKind.IMPROVEMENT_NEEDED,
    RecordedKind.GOOD_PRACTICE: says.FindingKind.GOOD_PRACTICE,
}


def snapshot_of(audit: Audit, *, number: str, issue: int, issued_at: datetime) -> says.Snapshot:
    """Everything the report of an approved audit says. Reads only; the audit must be published."""
    found = recorded(audit)
    visits = visits_of(audit)
    judged, rules = judgement_of(audit, found), rules_of(found.framework)
    case = _case(audit, visits)
    cqc = _cqc(audit)
    domains = tuple(_domain(domain, found, rules) for domain in judged.domains)
    findings = tuple(_finding(finding) for finding in found.findings)
    assert audit.approved_by is not None  # noqa: S101 -- A constraint holds it for a published audit.
    assert audit.approved_at is not None  # noqa: S101 -- The same.
    return says.Snapshot(
        schema_version=says.SCHEMA_VERSION,
        number=number,
        issue=issue,
        issued_at=local(issued_at),
        council=says.Council(
            name=settings().council_name or audit.local_authority.name, colour=settings().council_colour
        ),
        service=_service(audit),
        audit=case,
        cqc=cqc,
        judgement=_judgement(judged, rules),
        domains=domains,
        findings=findings,
        method=_method(found, rules),
        approved_by=_person(audit.approved_by),
        approved_at=local(audit.approved_at),
        next_steps=next_steps(findings),
        limits=limits_of(visits, judged),
        manifest=says.count(audit=case, cqc=cqc, domains=domains, findings=findings),
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


def _cqc(audit: Audit) -> pinned.PinnedRatings:
    ratings = pinned_ratings(audit)
    editions = {rating.from_edition.id: rating.from_edition for rating in ratings}
    assert audit.ratings_as_at is not None  # noqa: S101 -- It is set when the visit begins, before any approval.
    return pinned.PinnedRatings(
        as_at=audit.ratings_as_at,
        editions=tuple(
            pinned.Edition(
                file=one.file_name, kind=EditionKind(one.kind).words, as_at=one.as_at, sha256=one.sha256
            )
            for one in sorted(editions.values(), key=lambda one: (one.as_at, one.id))
        ),
        ratings=tuple(_rating(rating) for rating in ratings),
        newer=tuple(_rating(one.rating) for one in rated_since(audit)),
    )


def _rating(rating: Rating) -> pinned.Rating:
    return pinned.Rating(
        service_group=rating.service_group,
        domain=rating.domain,
        rating=rating.word.words,
        published_on=rating.published_on,
        inherited=bool(rating.inherited),
        not_rated_reason=None if rating.word.is_rating else _why_not_rated(rating.word),
    )


def _why_not_rated(word: RatingWord) -> str:
    if word is RatingWord.NOT_RATED:
        return "CQC rates the parts of this service, not the whole"
    return word.words


def _domain(domain: DomainJudgement, found: Recorded, rules: Rules) -> says.Domain:
    standards = tuple(_standard(standard, found, rules) for standard in domain.standards)
    return says.Domain(title=domain.title, judgement=_judgement(domain, rules), standards=standards)


def _standard(standard: StandardJudgement, found: Recorded, rules: Rules) -> says.Standard:
    ids = {question.code: question.id for question in found.questions}
    answers = tuple(
        _answer(one.code, one.text, found.answers.get(ids[one.code])) for one in standard.questions
    )
    return says.Standard(
        code=standard.code, title=standard.title, judgement=_judgement(standard, rules), answers=answers
    )


def _answer(code: str, text: str, answer: Answer | None) -> says.Answer:
    return says.Answer(
        question_code=code,
        question=text,
        answer=answer.value.words if answer and answer.value else "Not answered",
        evidence=answer.evidence if answer else "",
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


def _finding(finding: Finding) -> says.Finding:
    return says.Finding(
        kind=_KINDS[finding.kind],
        title=finding.title,
        standard_code=finding.standard.code,
        standard_title=finding.standard.title,
        question_code=finding.question.code if finding.question else None,
        question=finding.question.text if finding.question else None,
        found=finding.found,
        required=finding.must_happen or None,
        by_when=finding.by_when,
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
