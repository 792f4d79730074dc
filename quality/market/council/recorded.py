"""What was recorded at the council's issued audits: their findings, and their answers below "met"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select

from quality.core.database import db
from quality.findings.models import Answer, Finding, FindingKind
from quality.market.council.crosswalk import Asked, Crosswalk, crosswalk_of
from quality.market.council.issued import IssuedAudit, issued_audits, issued_ids
from quality.scoring import AnswerValue

__all__ = ["BelowMet", "Found", "Recorded", "recorded_at"]

_BELOW_MET = (AnswerValue.MOSTLY, AnswerValue.PARTLY, AnswerValue.NOT_MET)


@dataclass(frozen=True, slots=True)
class Found:
    """One finding. `question_id` is none where it is about a standard as a whole."""

    audit_id: int
    kind: FindingKind
    title: str
    standard_id: int
    question_id: int | None

    @property
    def asks_for_improvement(self) -> bool:
        """True for all but good practice."""
        return self.kind is not FindingKind.GOOD_PRACTICE


@dataclass(frozen=True, slots=True)
class BelowMet:
    """One answer of mostly met, partly met or not met."""

    audit_id: int
    question_id: int
    value: AnswerValue


@dataclass(frozen=True)
class Recorded:
    """The issued audits of a council as at a day with what was recorded at them."""

    audits: tuple[IssuedAudit, ...]
    crosswalk: Crosswalk
    findings: tuple[Found, ...]
    below_met: tuple[BelowMet, ...]

    @cached_property
    def by_id(self) -> dict[int, IssuedAudit]:
        """The audits by their number."""
        return {audit.id: audit for audit in self.audits}

    @cached_property
    def below_met_of(self) -> dict[int, dict[int, AnswerValue]]:
        """The answers below met of each audit, by question."""
        found: dict[int, dict[int, AnswerValue]] = defaultdict(dict)
        for answer in self.below_met:
            found[answer.audit_id][answer.question_id] = answer.value
        return found

    def asked_at(self, audit: IssuedAudit) -> tuple[Asked, ...]:
        """The questions that were put to the audited service."""
        return self.crosswalk.put_to(audit.framework_version_id, audit.service_type)


def recorded_at(council: int, as_at: date, audits: tuple[IssuedAudit, ...] | None = None) -> Recorded:
    """What was recorded at a council's audits as at a day; pass `audits` where they are loaded. A few statements."""
    audits = issued_audits(council, as_at) if audits is None else audits
    ids = issued_ids(council, as_at)
    findings = (
        select(Finding.audit_id, Finding.kind, Finding.title, Finding.standard_id, Finding.question_id)
        .where(Finding.audit_id.in_(ids))
        .order_by(Finding.id)
    )
    answers = (
        select(Answer.audit_id, Answer.question_id, Answer.value)
        .where(Answer.audit_id.in_(ids), Answer.value.in_(_BELOW_MET))
        .order_by(Answer.id)
    )
    return Recorded(
        audits=audits,
        crosswalk=crosswalk_of(audit.framework_version_id for audit in audits),
        findings=tuple(Found(*row) for row in db.session.execute(findings)),
        below_met=tuple(
            BelowMet(audit_id, question_id, value)
            for audit_id, question_id, value in db.session.execute(answers)
            if value is not None
        ),
    )
