"""Findings: written, changed by one person at a time, and removed without being forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.core.clock import today
from quality.core.errors import Invalid, Moved
from quality.findings import queries
from quality.findings.models import Finding, FindingKind
from quality.findings.operations import add_finding, change_finding, remove_finding
from quality.findings.writing import FindingText
from quality.history.kinds import Kind
from quality.history.queries import timeline
from quality.people.models import Person
from tests.builders.audits import an_audit
from tests.builders.findings import a_finding, an_audit_in_review
from tests.databases import Database


def text_of(finding: Finding) -> FindingText:
    return FindingText(
        kind=finding.kind,
        standard_code=finding.standard.code,
        question_code=finding.question.code if finding.question else "",
        title=finding.title,
        found=finding.found,
        must_happen=finding.must_happen,
        by_when=finding.by_when,
    )


def change(
    audit: Audit, finding: Finding, *, version: int | None = None, by: Person | None = None, **new: Any
) -> Finding:
    return change_finding(
        audit_id=audit.id,
        finding_id=finding.id,
        version=finding.version if version is None else version,
        text=replace(text_of(finding), **new),
        by=by or audit.lead,
    )


def test_a_finding_stands_at_its_standard_and_its_question(audit: Audit) -> None:
    finding = a_finding(audit, "3.3.1")
    assert finding.standard.code == "3.3"
    assert finding.question is not None
    assert finding.question.code == "3.3.1"


def test_a_finding_can_be_about_a_whole_standard(audit: Audit) -> None:
    assert a_finding(audit, "3.3").question is None


def test_a_finding_with_only_a_title_is_saved(audit: Audit) -> None:
    finding = a_finding(audit, found="", must_happen="", by_when=None)
    assert queries.findings_of(audit) == [finding]


def test_a_finding_needs_a_title(audit: Audit) -> None:
    with pytest.raises(Invalid) as refusal:
        a_finding(audit, title="")
    assert (refusal.value.field, refusal.value.sentence) == ("title", "Enter a title for the finding")


@pytest.mark.parametrize(
    "asked", [{"must_happen": "Do more of it."}, {"by_when": today() + timedelta(days=9)}]
)
def test_good_practice_asks_for_nothing(audit: Audit, asked: dict[str, Any]) -> None:
    nothing: dict[str, Any] = {"must_happen": "", "by_when": None}
    with pytest.raises(Invalid, match="Good practice asks for nothing"):
        a_finding(audit, kind=FindingKind.GOOD_PRACTICE, **{**nothing, **asked})


def test_the_same_form_sent_twice_makes_one_finding(audit: Audit) -> None:
    text = text_of(a_finding(audit))
    first, second = (
        add_finding(audit_id=audit.id, form_key="the same form", text=text, by=audit.lead) for _ in range(2)
    )
    assert first is second
    assert len(queries.findings_of(audit)) == 2


def test_findings_are_listed_most_important_first_then_as_the_framework_orders_them(audit: Audit) -> None:
    good = a_finding(audit, "1.1.1", kind=FindingKind.GOOD_PRACTICE, must_happen="", by_when=None)
    later = a_finding(audit, "3.3.1")
    should = a_finding(audit, "1.1.1", kind=FindingKind.SHOULD_IMPROVE)
    earlier = a_finding(audit, "1.2.1")
    assert queries.findings_of(audit) == [earlier, later, should, good]


def test_a_change_leaves_before_and_after_in_the_history(audit: Audit) -> None:
    finding = change(audit, a_finding(audit), title="Medicine records have many gaps")
    newest = timeline("audit", audit.id)[0]
    assert newest.kind is Kind.FINDING_CHANGED
    assert newest.details["before"]["title"] == "Medicine records have gaps"
    assert newest.details["after"]["title"] == finding.title


def test_saving_a_finding_as_it_is_leaves_no_event(audit: Audit) -> None:
    finding = a_finding(audit)
    before = len(timeline("audit", audit.id))
    change(audit, finding)
    assert len(timeline("audit", audit.id)) == before


def test_the_second_of_two_changes_is_told_who_was_first(audit: Audit, colleague: Person) -> None:
    finding = a_finding(audit)
    version = finding.version
    change(audit, finding, found="Twelve of forty.", by=colleague)
    with pytest.raises(Moved, match="Ruth Bellamy changed this finding since you opened the page"):
        change(audit, finding, version=version, found="Nine of forty-one.")
    assert finding.found == "Twelve of forty."


def test_a_removed_finding_is_gone_from_the_audit_and_kept_in_the_history(audit: Audit) -> None:
    finding = a_finding(audit)
    remove_finding(audit_id=audit.id, finding_id=finding.id, version=finding.version, by=audit.lead)
    assert queries.findings_of(audit) == []
    newest = timeline("audit", audit.id)[0]
    assert newest.kind is Kind.FINDING_REMOVED
    assert newest.details["before"]["found"] == "Nine of forty records of one week were not signed."


def test_a_finding_that_somebody_removed_cannot_be_changed(audit: Audit, colleague: Person) -> None:
    finding = a_finding(audit)
    remove_finding(audit_id=audit.id, finding_id=finding.id, version=finding.version, by=colleague)
    with pytest.raises(Moved, match="removed this finding"):
        change(audit, finding, found="More.")


def test_a_finding_of_one_audit_cannot_be_changed_through_another(session: Database, audit: Audit) -> None:
    finding = a_finding(audit)
    other = an_audit(session, at=State.VISITING, lead=audit.lead, council=audit.local_authority)
    with pytest.raises(Moved):
        remove_finding(audit_id=other.id, finding_id=finding.id, version=finding.version, by=audit.lead)
    assert queries.findings_of(audit) == [finding]


def test_no_finding_is_written_once_the_audit_is_in_review(session: Database) -> None:
    with pytest.raises(Moved):
        a_finding(an_audit_in_review(session))
