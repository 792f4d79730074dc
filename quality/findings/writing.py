"""Writing findings: statements that the provider must see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from quality.audits.models import Audit
from quality.audits.operations import lock_for_recording
from quality.core.clock import now
from quality.core.database import db
from quality.core.errors import Invalid, Moved, Refused
from quality.findings import queries
from quality.findings.models import Finding, FindingKind
from quality.frameworks.models import Question, Standard
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.people.models import Person


@dataclass(frozen=True)
class FindingText:
    """What is typed about a finding. Only the title is needed to save it; the rest can follow before review."""

    kind: FindingKind
    standard_code: str
    question_code: str
    title: str
    found: str
    must_happen: str
    by_when: date | None


def add_finding(*, audit_id: int, form_key: str, text: FindingText, by: Person) -> Finding:
    """Add a finding. The same form sent twice makes one. Raises Invalid, Moved or NotAllowed."""
    audit = lock_for_recording(audit_id, by=by)
    made = select(Finding).where(Finding.audit_id == audit.id, Finding.form_key == form_key)
    finding = db.session.scalar(made)
    if finding is None:
        finding = Finding(audit_id=audit.id, form_key=form_key, written_by=by, written_at=now())
        _fill(finding, audit, text)
        db.session.add(finding)
        _record(Kind.FINDING_ADDED, audit, finding, by, after=_shown(finding))
    return finding


def change_finding(*, audit_id: int, finding_id: int, version: int, text: FindingText, by: Person) -> Finding:
    """Change a finding. Raises Moved when somebody changed or removed it since the page was made."""
    audit = lock_for_recording(audit_id, by=by)
    finding = _fresh(audit, finding_id, version)
    before = _shown(finding)
    _fill(finding, audit, text)
    if _shown(finding) != before:
        finding.written_by, finding.written_at = by, now()
        _record(Kind.FINDING_CHANGED, audit, finding, by, before=before, after=_shown(finding))
    return finding


def remove_finding(*, audit_id: int, finding_id: int, version: int, by: Person) -> None:
    """Remove a finding; the history keeps every word of it. Raises Moved when somebody changed it meanwhile."""
    audit = lock_for_recording(audit_id, by=by)
    finding = _fresh(audit, finding_id, version)
    before = _shown(finding)
    db.session.delete(finding)
    _record(Kind.FINDING_REMOVED, audit, finding, by, before=before)


def _fresh(audit: Audit, finding_id: int, version: int) -> Finding:
    """The finding as it is now that its audit is locked."""
    found = select(Finding).where(Finding.audit_id == audit.id, Finding.id == finding_id)
    finding = db.session.scalar(found.execution_options(populate_existing=True))
    if finding is None:
        raise Moved("Somebody removed this finding since you opened the page, so your change was not made.")
    if finding.version != version:
        raise Moved(
            f"{finding.written_by.name} changed this finding since you opened the page, so your change was not made."
        )
    return finding


def _fill(finding: Finding, audit: Audit, text: FindingText) -> None:
    standard, question = _place(audit, text)
    if not text.title:
        raise Invalid("title", "Enter a title for the finding")
    if text.kind is FindingKind.GOOD_PRACTICE and text.by_when is not None:
        raise Invalid("by_when", "Good practice asks for nothing, so leave the date empty")
    if text.kind is FindingKind.GOOD_PRACTICE and text.must_happen:
        raise Invalid(
            "must_happen", "Good practice asks for nothing: choose another kind, or leave this empty"
        )
    finding.kind, finding.title, finding.found = text.kind, text.title, text.found
    finding.standard, finding.question = standard, question
    finding.must_happen, finding.by_when = text.must_happen, text.by_when


def _place(audit: Audit, text: FindingText) -> tuple[Standard, Question | None]:
    for standard, questions in queries.asked(audit)[1]:
        if standard.code == text.standard_code:
            question = next((each for each in questions if each.code == text.question_code), None)
            if text.question_code and question is None:
                raise Invalid("question", f"Choose a question of standard {standard.code}")
            return standard, question
    raise Refused(f"There is no standard {text.standard_code} in this audit.")


def _shown(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "standard": finding.standard.code,
        "question": finding.question.code if finding.question else "",
        "title": finding.title,
        "found": finding.found,
        "must_happen": finding.must_happen,
        "by_when": finding.by_when,
    }


def _record(kind: Kind, audit: Audit, finding: Finding, by: Person, **changed: Any) -> None:
    db.session.flush()
    details = {"title": finding.title, "finding": finding.id, **changed}
    record(kind, council=audit.local_authority_id, about=("audit", audit.id), by=by, details=details)
